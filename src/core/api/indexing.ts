import type { EngineServices } from '#core/engine.ts';
import { MooringError } from '#shared/contract/error.ts';
import { api } from './base.ts';

export const indexingRouter = (_services: EngineServices) => ({
  scan: api.indexing.scan.handler(() => {
    throw new MooringError('NOT_SUPPORTED', 'Indexing is not available.');
  }),
});
