import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

/**
 * Without a look at each value of what leaves: a page of hits has thousands, made of columns and of what types say already. A test looks at them.
 * What comes in is looked at.
 */
const trusted = api.$config({ initialOutputValidationIndex: Number.NaN });
/** Of a call that its transport cannot take back. */
const NEVER = new AbortController().signal;

export const searchRouter = ({ search, savedSearches }: EngineServices) => ({
  query: trusted.search.query.handler(({ input, signal = NEVER }) => search.query(input, signal)),
  complete: api.search.complete.handler(({ input, signal = NEVER }) => search.complete(input, signal)),
  rebuild: api.search.rebuild.handler(({ input }) => ({ job: search.rebuild(input.library) })),
  check: api.search.check.handler(({ input, signal = NEVER }) => search.check(input.library, signal)),
  saved: {
    list: api.search.saved.list.handler(({ input }) => ({ items: savedSearches.list(input.library), nextCursor: null })),
    add: api.search.saved.add.handler(({ input }) => savedSearches.add(input)),
    update: api.search.saved.update.handler(({ input: { id, library, ...change } }) => savedSearches.update({ id, library }, change)),
    remove: api.search.saved.remove.handler(({ input }) => savedSearches.remove(input)),
  },
});
