import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const filesRouter = ({ files }: EngineServices) => ({
  planCopy: api.files.planCopy.handler(({ input }) => files.planCopy(input)),
  copy: api.files.copy.handler(async ({ input }) => ({ job: await files.copy(input) })),
});
