import type { EngineServices } from '#core/engine.ts';
import { MooringError } from '#shared/contract/error.ts';
import { api } from './base.ts';

export const filesRouter = ({ files, trash }: EngineServices) => ({
  trashed: api.files.trashed.handler(({ input }) => trash.list(input)),
  report: api.files.report.handler(() => notYet()),
  limitSpeed: api.files.limitSpeed.handler(() => notYet()),
  planCopy: api.files.planCopy.handler(({ input }) => files.planCopy(input)),
  copy: api.files.copy.handler(async ({ input }) => ({ job: await files.copy(input) })),
});

function notYet(): never {
  throw new MooringError('NOT_SUPPORTED', 'This cannot be asked yet.');
}
