/**
 * @file `GET /content?path=ADDRESS`: the bytes of a file, for the pictures, players and texts of the page. Offered on the Unix socket, where the
 * desktop's own scheme passes requests on, and over HTTP.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '#core/log/logger.ts';
import type { Content, Contents } from '#core/preview/contents.ts';
import { ERROR_STATUS, MooringError, toMooringError } from '#shared/contract/error.ts';
import { mediaKindOf } from '#shared/media-type.ts';
import { type ByteRange, parseByteRange } from './byte-range.ts';
import type { ServingState } from './rpc-interceptors.ts';

export const CONTENT_PATH = '/content';

/** So much is read at once. In between, the file is closed. */
const PIECE_BYTES = 512 * 1024;

/**
 * What a file gets besides its bytes. Opened as a page of its own, it runs nothing, loads nothing, and has an origin of its own: `sandbox`.
 * It is asked for anew each time, with the version that the browser has: what was on a drive is not shown after the drive has changed.
 */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-cache',
  'accept-ranges': 'bytes',
};

export interface ContentRouteOptions {
  contents: Contents;
  state: ServingState;
  log: Logger;
}

export type ContentRoute = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function isContentRequest({ url = '' }: IncomingMessage): boolean {
  return url === CONTENT_PATH || url.startsWith(`${CONTENT_PATH}?`);
}

/** Answers requests that `isContentRequest` knows, and that have been let in. Never throws. */
export function serveContent({ contents, state, log }: ContentRouteOptions): ContentRoute {
  return async (request, response) => {
    try {
      if (state.isStopping) throw new MooringError('ENGINE_STOPPING', 'Mooring is shutting down. Try again when it runs again.');
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        throw new MooringError('INVALID_INPUT', 'Contents are asked for with GET or HEAD.');
      }
      const path = new URL(request.url ?? '', 'http://mooring').searchParams.get('path');
      if (!path) throw new MooringError('INVALID_INPUT', 'Say of which file: /content?path=ADDRESS.');
      await answer(request, response, await contents.open(path));
    } catch (thrown) {
      const error = toMooringError(thrown);
      if (error.code === 'INTERNAL') log.error({ err: thrown }, 'The content of a file could not be sent');
      // What is sent already cannot be taken back: a connection that breaks off says that it is not all.
      if (response.headersSent) response.destroy();
      else refuse(response, error);
    }
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, content: Content): Promise<void> {
  const { sizeBytes } = content;
  const etag = `"${content.version}"`;
  for (const [name, value] of Object.entries({ ...HEADERS, ...describe(content, request), etag })) response.setHeader(name, value);
  if (isNamed(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? parseByteRange(request.headers.range, sizeBytes) : null;
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}`, 'content-length': 0 }).end();
    return;
  }
  const sent = range ?? { start: 0, end: sizeBytes - 1 };
  response.writeHead(range ? 206 : 200, {
    'content-length': sent.end - sent.start + 1,
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end}/${sizeBytes}` } : {}),
  });
  if (request.method === 'HEAD') response.end();
  else await send(response, content, sent);
}

/** A piece is read when the one before has left: of whoever does not read on, nothing waits in memory, and no file is open. */
async function send(response: ServerResponse, content: Content, { start, end }: ByteRange): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for (let position = start; position <= end && !gone.signal.aborted; ) {
    const piece = await content.read(position, Math.min(PIECE_BYTES, end + 1 - position));
    if (piece.length === 0) throw new MooringError('CONFLICT', 'The file has become shorter while it was read. Open it again.');
    position += piece.length;
    if (gone.signal.aborted || response.write(piece)) continue;
    // Whoever has gone does not read on: that is no error.
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  response.end();
}

function describe({ name }: Content, request: IncomingMessage): Record<string, string> {
  const kind = mediaKindOf(/\.([^.]+)$/.exec(name)?.[1] ?? null);
  const destination = request.headers['sec-fetch-dest'];
  // Of all that is served, SVG alone could be a document with scripts. For everything but a picture it is the text that it is.
  if (kind?.type === 'image/svg+xml' && destination !== undefined && destination !== 'image')
    return { 'content-type': 'text/plain; charset=utf-8' };
  return kind ? { 'content-type': kind.type } : { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' };
}

function isNamed(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*');
}

function refuse(response: ServerResponse, error: MooringError): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.removeHeader('etag');
  response.writeHead(ERROR_STATUS[error.code], { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(error.toBody()));
}
