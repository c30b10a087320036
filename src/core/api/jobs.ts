import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const jobsRouter = ({ jobs, actions }: EngineServices) => ({
  list: api.jobs.list.handler(({ input }) => jobs.list(input)),
  get: api.jobs.get.handler(({ input }) => jobs.get(input.id)),
  problems: api.jobs.problems.handler(({ input: { id, ...page } }) => jobs.problems(id, page)),
  log: api.jobs.log.handler(({ input: { id, ...page } }) => jobs.log(id, page)),
  kinds: api.jobs.kinds.handler(() => ({ items: jobs.kinds(), nextCursor: null })),
  dispatch: api.jobs.dispatch.handler(async ({ input: { name, input, library } }) => ({
    job: await jobs.dispatchByName(name, input, library),
  })),
  pause: api.jobs.pause.handler(({ input }) => jobs.pause(input.id)),
  resume: api.jobs.resume.handler(({ input }) => jobs.resume(input.id)),
  reorder: api.jobs.reorder.handler(({ input }) => ({ items: jobs.reorder(input.id, input.to), nextCursor: null })),
  cancel: api.jobs.cancel.handler(({ input }) => jobs.cancel(input.id)),
  retry: api.jobs.retry.handler(async ({ input }) => {
    const job = await jobs.retry(input.id);
    actions.retried(jobs.get(input.id), job);
    return { job };
  }),
  clearFinished: api.jobs.clearFinished.handler(async () => ({ cleared: await jobs.clearFinished() })),
});
