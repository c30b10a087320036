import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const entriesRouter = ({ entries, contents }: EngineServices) => ({
  list: api.entries.list.handler(({ input }) => entries.list(input)),
  sizes: api.entries.sizes.handler(({ input }) => entries.sizes(input)),
  get: api.entries.get.handler(({ input }) => entries.get(input.path)),
  details: api.entries.details.handler(({ input }) => contents.details(input.path)),
});
