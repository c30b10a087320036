import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const entriesRouter = ({ entries, contents }: EngineServices) => ({
  list: api.entries.list.handler(({ input }) => entries.list(input)),
  paths: api.entries.paths.handler(async ({ input }) => {
    const { items, nextCursor, totalCount } = await entries.list(input);
    return { paths: items.map(({ path }) => path), nextCursor, totalCount };
  }),
  find: api.entries.find.handler(async ({ input: { entry, typed, start, ...order } }) => ({
    index: await entries.find(entry === undefined ? { ...order, typed, start } : { ...order, entry }),
  })),
  missing: api.entries.missing.handler(async ({ input }) => ({ entries: await entries.missing(input) })),
  sizes: api.entries.sizes.handler(({ input }) => entries.sizes(input)),
  get: api.entries.get.handler(({ input }) => entries.get(input.path)),
  details: api.entries.details.handler(({ input }) => contents.details(input.path)),
});
