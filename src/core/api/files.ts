import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const filesRouter = ({ transfers, fileChanges }: EngineServices) => ({
  trashed: api.files.trashed.handler(({ input }) => fileChanges.trash.list(input)),
  report: api.files.report.handler(({ input }) => transfers.report(input)),
  limitSpeed: api.files.limitSpeed.handler(({ input: { job, bytesPerSecond } }) => {
    transfers.limitSpeed(job, bytesPerSecond);
    return { bytesPerSecond };
  }),
});
