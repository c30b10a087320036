/**
 * How the desktop page gets its two ports: it posts `{ type: CONNECT_MESSAGE }` to its own window and receives on the
 * same window `{ type: PORTS_MESSAGE }` with `[engine, shell]`, each speaking oRPC. It may ask again after a port closed.
 * When files of another program are dropped on the window, preload posts `{ type: DROP_MESSAGE, paths }`: only preload is told where
 * they lie.
 *
 * Apart from the contract, so that preload, which needs these words alone, stays a few lines long.
 */
export const CONNECT_MESSAGE = 'mooring:connect';
export const PORTS_MESSAGE = 'mooring:ports';
export const DROP_MESSAGE = 'mooring:drop';
