import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WsHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { CallContext } from '#core/api/base.ts';
import type { createRouter } from '#core/api/router.ts';
import type { Logger } from '#core/log/logger.ts';
import { rpcHandler } from './rpc-handler.ts';
import type { ServingState } from './rpc-interceptors.ts';

/** Largest request body and largest message of a client. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;
const CLOSE_GOING_AWAY = 1001;

export interface WebSocketRpcOptions {
  router: ReturnType<typeof createRouter>;
  transport: CallContext['transport'];
  state: ServingState;
  log: Logger;
  /** Answers the request itself and returns false when it must not become a WebSocket. */
  accept(request: IncomingMessage, socket: Duplex): boolean;
}

/** Speaks the contract on every WebSocket that `server` is asked for; returns what ends them all. */
export function serveWebSocketRpc(server: Server, options: WebSocketRpcOptions): () => Promise<void> {
  const handler = new WsHandler(rpcHandler(options.router, options.state, options.log));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    // A client that goes away at this moment is not our problem.
    socket.on('error', () => socket.destroy());
    if (!options.accept(request, socket)) return;
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', (error) => options.log.debug({ err: error }, 'A client connection ended with an error'));
      void handler.upgrade(withBackpressure(ws), { context: { transport: options.transport } });
    });
  });
  return async () => {
    for (const ws of sockets.clients) ws.close(CLOSE_GOING_AWAY, 'Mooring is shutting down');
    await Promise.all([...sockets.clients].map(closedOrTerminated));
  };
}

/**
 * `send` that ends when the bytes have left for the kernel. oRPC waits for it before it takes the next event, so a reader
 * that does not read leaves its events in the bus's bounded queue instead of in this process's memory.
 */
function withBackpressure(ws: WebSocket): WebSocket {
  const send = ws.send.bind(ws);
  ws.send = (data: Parameters<WebSocket['send']>[0]) =>
    new Promise<void>((resolve) => {
      // An error here means that the connection is gone, which 'close' tells the peer as well.
      if (ws.readyState === WebSocket.OPEN) send(data, () => resolve());
      else resolve();
    });
  return ws;
}

function closedOrTerminated(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => ws.terminate(), 500);
    ws.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (ws.readyState === WebSocket.CLOSED) {
      clearTimeout(timer);
      resolve();
    }
  });
}
