import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { createRouter } from '#core/api/router.ts';
import type { Logger } from '#core/log/logger.ts';
import { ERROR_STATUS, MooringError, toMooringError } from '#shared/contract/error.ts';
import { type ContentRoute, isContentRequest } from './content-route.ts';
import { cookieName, guardOrigin, guardRequest } from './http-guard.ts';
import { sendSignInPage, servePage, setSecurityHeaders } from './http-page.ts';
import { isToken } from './http-token.ts';
import { sendError, serveRestApi } from './rest-api.ts';
import type { ServingState } from './rpc-interceptors.ts';
import type { RunningServer } from './socket-server.ts';
import { serveWebSocketRpc } from './websocket-rpc.ts';

/** Path of the page's WebSocket. */
const RPC_PATH = '/rpc';
const COOKIE_LIFE_SECONDS = 365 * 24 * 3600;

export interface HttpServerOptions {
  router: ReturnType<typeof createRouter>;
  state: ServingState;
  log: Logger;
  version: string;
  /** 0: any free port. */
  port: number;
  token: string;
  pageDir: string;
  content: ContentRoute;
}

/**
 * The local service, on 127.0.0.1 only: the web page, its WebSocket at `/rpc`, the contents of files at `/content`, and REST under
 * `/api/v1`.
 * Nothing is answered without the token.
 * @throws CONFLICT when the port is taken
 */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningServer & { address: string }> {
  const service = { port: options.port, token: options.token };
  const page = servePage(options.pageDir);
  const rest = serveRestApi(options);

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      options.log.error({ err: error }, 'A request could not be answered');
      if (!response.headersSent) sendError(response, 500, toMooringError(error).toBody());
      else response.destroy();
    });
  });
  const closeSockets = serveWebSocketRpc(server, { ...options, transport: 'websocket', accept: acceptWebSocket });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(request, response);
    const isApi = /^\/api(?:\/|\?|$)/.test(request.url ?? '');
    try {
      if (!isApi && takeTokenFromAddress(request, response)) return;
      guardRequest(request, service);
    } catch (error) {
      return refuse(response, toMooringError(error), isApi);
    }
    if (isApi) await rest(request, response);
    else if (isContentRequest(request)) await options.content(request, response);
    else page(request, response);
  }

  /** `/?token=…` signs the browser in and leaves the address bar and the history without the token. */
  function takeTokenFromAddress(request: IncomingMessage, response: ServerResponse): boolean {
    const token = request.method === 'GET' && tokenInAddress(request.url);
    if (!token) return false;
    guardOrigin(request, service.port);
    if (!isToken(token, service.token))
      throw new MooringError(
        'UNAUTHORIZED',
        'The token in this address is not valid. Ask for the address again with `mooring status --token`.',
      );
    const cookie = `${cookieName(service.port)}=${service.token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_LIFE_SECONDS}`;
    response.writeHead(303, { location: '/', 'set-cookie': cookie });
    response.end();
    return true;
  }

  function acceptWebSocket(request: IncomingMessage, socket: Duplex): boolean {
    try {
      guardRequest(request, service);
      if ((request.url ?? '').split('?', 1)[0] === RPC_PATH) return true;
      throw new MooringError('PROCEDURE_NOT_FOUND', `The WebSocket is at ${RPC_PATH}.`);
    } catch (error) {
      refuseUpgrade(socket, toMooringError(error));
      return false;
    }
  }

  server.listen(options.port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, options.port);
  }
  service.port = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${service.port}`,
    stopAccepting: () => void server.close(),
    close: async () => {
      server.close();
      await closeSockets();
      server.closeAllConnections();
    },
  };
}

function tokenInAddress(url: string | undefined): string | null {
  if (!url?.startsWith('/?')) return null;
  return new URLSearchParams(url.slice(2)).get('token');
}

function refuse(response: ServerResponse, error: MooringError, isApi: boolean): void {
  if (error.code === 'UNAUTHORIZED' && !isApi) {
    sendSignInPage(response, error.message);
    return;
  }
  if (error.code === 'UNAUTHORIZED') response.setHeader('www-authenticate', 'Bearer');
  sendError(response, ERROR_STATUS[error.code], error.toBody());
}

function refuseUpgrade(socket: Duplex, error: MooringError): void {
  const status = ERROR_STATUS[error.code];
  const body = JSON.stringify(error.toBody());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function listenError(error: unknown, port: number): MooringError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return new MooringError(
      'CONFLICT',
      `Port ${port} is in use by another program. Choose another one with --http, or 0 for any free port.`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new MooringError('PERMISSION_DENIED', `Port ${port} may not be used by this user. Choose one above 1023.`, { cause: error });
  return new MooringError('IO_ERROR', `Mooring could not listen on port ${port} (${String(code)}).`, { cause: error });
}
