import type { EngineServices } from '#core/engine.ts';
import { actionsRouter } from './actions.ts';
import { api, toWireError } from './base.ts';
import { toCallError } from './call-error.ts';
import { configRouter } from './config.ts';
import { entriesRouter } from './entries.ts';
import { eventsRouter } from './events.ts';
import { filesRouter } from './files.ts';
import { indexingRouter } from './indexing.ts';
import { jobsRouter } from './jobs.ts';
import { librariesRouter } from './libraries.ts';
import { locationsRouter } from './locations.ts';
import { searchRouter } from './search.ts';
import { systemRouter } from './system.ts';
import { volumesRouter } from './volumes.ts';

/** The contract, implemented: every call is counted, and every error leaves as one of the closed list. */
export function createRouter(services: EngineServices) {
  const log = services.log.child({ component: 'api' });
  const guarded = api.use(async ({ next, path }) => {
    const procedure = path.join('.');
    const startedAt = performance.now();
    let hasFailed = true;
    try {
      const result = await next();
      hasFailed = false;
      return result;
    } catch (thrown) {
      const error = toCallError(thrown);
      if (error.code === 'INTERNAL') log.error({ err: thrown, procedure }, 'A call failed');
      else log.debug({ procedure, code: error.code }, error.message);
      throw toWireError(error);
    } finally {
      services.metrics.record(procedure, performance.now() - startedAt, hasFailed);
    }
  });
  return guarded.router({
    system: systemRouter(services),
    config: configRouter(services),
    libraries: librariesRouter(services),
    volumes: volumesRouter(services),
    locations: locationsRouter(services),
    indexing: indexingRouter(services),
    entries: entriesRouter(services),
    files: filesRouter(services),
    actions: actionsRouter(services),
    jobs: jobsRouter(services),
    search: searchRouter(services),
    events: eventsRouter(services),
  });
}
