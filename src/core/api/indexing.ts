import type { EngineServices } from '#core/engine.ts';
import { api } from './base.ts';

export const indexingRouter = ({ locations, ephemeral }: EngineServices) => ({
  scan: api.indexing.scan.handler(async ({ input: { persistence, scope, maxDepth, ...folder } }) => {
    const levels = scope === 'current' ? 0 : (maxDepth ?? null);
    if (persistence === 'ephemeral') return { job: await ephemeral.scan({ path: folder.path, depth: folder.depth, maxDepth: levels }) };
    return { job: await locations.scan({ ...folder, maxDepth: levels }) };
  }),
});
