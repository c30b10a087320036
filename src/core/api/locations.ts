import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const locationsRouter = ({ locations, recorded }: EngineServices) => ({
  list: api.locations.list.handler(async ({ input }) => ({ items: await locations.list(input), nextCursor: null })),
  get: api.locations.get.handler(({ input }) => locations.get(input)),
  add: api.locations.add.handler(({ input }) => recorded.locations.add(input)),
  update: api.locations.update.handler(({ input: { location, library, ...change } }) =>
    recorded.locations.update({ location, library }, change),
  ),
  rescan: api.locations.rescan.handler(({ input: { depth, ...ref } }) => locations.rescan(ref, depth)),
  pause: api.locations.pause.handler(({ input }) => locations.pause(input)),
  resume: api.locations.resume.handler(({ input }) => locations.resume(input)),
  remove: api.locations.remove.handler(({ input }) => recorded.locations.remove(input)),
});
