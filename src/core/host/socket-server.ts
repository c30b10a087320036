import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { MooringError } from '#shared/contract/error.ts';
import { type ContentRoute, isContentRequest } from './content-route.ts';
import { serveWebSocketRpc, type WebSocketRpcOptions } from './websocket-rpc.ts';

/** A server that can be closed in two steps: first no new connection, then none at all. */
export interface RunningServer {
  stopAccepting(): void;
  close(): Promise<void>;
}

export interface SocketServerOptions extends Omit<WebSocketRpcOptions, 'transport' | 'accept'> {
  content: ContentRoute;
}

/**
 * The contract over WebSocket on a Unix socket (0600) or a Windows pipe, and beside it the contents of files. Whoever may open the socket is the
 * user: there is no token here.
 * @throws DATA_FOLDER_IN_USE when a living process listens on that socket
 */
export async function startSocketServer(socketPath: string, options: SocketServerOptions): Promise<RunningServer> {
  await removeStaleSocket(socketPath);
  const server = createServer((request, response) => {
    if (isContentRequest(request)) return void options.content(request, response);
    response.writeHead(426, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ code: 'PROCEDURE_NOT_FOUND', message: 'This socket speaks WebSocket only.' }));
  });
  const closeSockets = serveWebSocketRpc(server, { ...options, transport: 'unix-socket', accept: () => true });
  server.listen(socketPath);
  await once(server, 'listening');
  if (process.platform !== 'win32') chmodSync(socketPath, 0o600);
  return {
    stopAccepting: () => void server.close(),
    close: async () => {
      server.close();
      await closeSockets();
      server.closeAllConnections();
    },
  };
}

/** A socket outlives the process that made it when that was killed. */
async function removeStaleSocket(socketPath: string): Promise<void> {
  if (process.platform === 'win32') return;
  if (await isListening(socketPath)) {
    throw new MooringError('DATA_FOLDER_IN_USE', `Another Mooring listens on ${socketPath}. Stop it, or choose another instance.`);
  }
  rmSync(socketPath, { force: true });
}

function isListening(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
