import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const jobsRouter = ({ jobs }: EngineServices) => ({
  list: api.jobs.list.handler(({ input }) => jobs.list(input)),
  get: api.jobs.get.handler(({ input }) => jobs.get(input.id)),
  cancel: api.jobs.cancel.handler(({ input }) => jobs.cancel(input.id)),
});
