import { type IncomingHttpHeaders, request } from 'node:http';
import { WebSocket } from 'ws';
import { makeTestDaemon, type TestDaemon } from '#test/instruments/test-daemon.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  json: unknown;
}

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Sent with the bearer token unless told otherwise. */
  token?: string | null;
}

/** A daemon with its local service, and requests to it exactly as written: no client library normalises paths or headers. */
export interface LocalService extends AsyncDisposable {
  daemon: TestDaemon;
  port: number;
  token: string;
  ask(path: string, options?: RequestOptions): Promise<Answer>;
  /** Status of a WebSocket's handshake (101 when it opened) and the socket. */
  openSocket(path: string, headers: Record<string, string>): Promise<{ status: number; socket: WebSocket }>;
}

export async function startLocalService(): Promise<LocalService> {
  const daemon = await makeTestDaemon();
  const started = await daemon.json<{ url: string }>(['start', '--http', '0']);
  const url = new URL(started.url);
  const port = Number(url.port);
  const token = url.searchParams.get('token') ?? '';
  return {
    daemon,
    port,
    token,
    ask: (path, options = {}) => ask(port, path, { token, ...options }),
    openSocket: (path, headers) => openSocket(port, path, headers),
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  };
}

function ask(port: number, path: string, { method = 'GET', headers = {}, body, token }: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, json: parse(text) });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function openSocket(port: number, path: string, headers: Record<string, string>): Promise<{ status: number; socket: WebSocket }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('error', () => undefined); // the status says it
    socket.once('open', () => resolve({ status: 101, socket }));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, socket });
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page.
    return undefined;
  }
}
