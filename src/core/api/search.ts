import { MooringError } from '#shared/contract/error.ts';
import { api } from './base.ts';

const refuse = (): never => {
  throw new MooringError('NOT_SUPPORTED', 'This library has no search index.');
};

export const searchRouter = () => ({
  query: api.search.query.handler(refuse),
  complete: api.search.complete.handler(refuse),
  rebuild: api.search.rebuild.handler(refuse),
  check: api.search.check.handler(refuse),
  saved: {
    list: api.search.saved.list.handler(refuse),
    add: api.search.saved.add.handler(refuse),
    update: api.search.saved.update.handler(refuse),
    remove: api.search.saved.remove.handler(refuse),
  },
});
