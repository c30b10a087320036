import type { EngineServices } from '#core/engine.ts';
import { MooringError } from '#shared/contract/error.ts';
import { api } from './base.ts';

export const indexingRouter = ({ locations }: EngineServices) => ({
  scan: api.indexing.scan.handler(async ({ input: { persistence, scope, maxDepth, ...folder } }) => {
    if (persistence === 'ephemeral') throw new MooringError('NOT_SUPPORTED', 'Folders cannot be indexed in memory.');
    return { job: await locations.scan({ ...folder, maxDepth: scope === 'current' ? 0 : (maxDepth ?? null) }) };
  }),
});
