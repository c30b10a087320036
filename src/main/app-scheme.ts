import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { net, protocol } from 'electron';
import { passOnContent } from './content-proxy.ts';
import { pageFile } from './page-file.ts';

const SCHEME = 'mooring-app';
const APP_ORIGIN = `${SCHEME}://app`;
export const PAGE_URL = `${APP_ORIGIN}/index.html`;
/** The contents of files, as the page asks for them. */
const CONTENT_URL = `${APP_ORIGIN}/content?`;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
  // What PDF files may lack: standard fonts, tables of East Asian characters, and decoders.
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
  '.bcmap': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

/**
 * The page runs its own scripts and nothing else, and talks to nobody but this scheme, for the contents of files: all else comes over its ports.
 * Computed positions of menus and lists are set through the CSSOM, which needs no exception.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** The thread that reads PDF files, the only module worker, has decoders for pictures as WebAssembly, and needs nothing else: it gets its data from the page. */
const PDF_WORKER_HEADERS = { ...HEADERS, 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" };

/** To be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);
}

/** Whether a window may be there: on the page, and never on the content of a file. */
export function isPageUrl(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`) && !url.startsWith(CONTENT_URL);
}

/**
 * Serves the files of the built page, and the contents of files as the engine gives them.
 * @param socketPath of the process that has the engine, once it is known
 */
export function serveAppScheme(pageFolder: string, socketPath: () => Promise<string>): void {
  protocol.handle(SCHEME, async (request) => {
    if (request.method === 'GET' && request.url.startsWith(CONTENT_URL)) return sendContent(request, socketPath);
    const path = request.method === 'GET' && request.url.startsWith(`${APP_ORIGIN}/`) ? pageFile(pageFolder, request.url) : null;
    const type = path && TYPES[extname(path)];
    if (!path || !type) return notFound();
    try {
      const headers = path.endsWith('.mjs') ? PDF_WORKER_HEADERS : HEADERS;
      return new Response(await readFile(path), { headers: { ...headers, 'content-type': type } });
    } catch {
      // The page names no file that was not built, so that nothing more can be said of it.
      return notFound();
    }
  });
}

/**
 * While developing, the page comes from Vite's server, and asks that for the contents of files, too: they are given here, as those of the app, and
 * all else by the server.
 */
export function serveContentFor(devOrigin: string, socketPath: () => Promise<string>): void {
  protocol.handle('http', (request) =>
    request.method === 'GET' && isDevContent(devOrigin, request.url)
      ? sendContent(request, socketPath)
      : net.fetch(request, { bypassCustomProtocolHandlers: true }),
  );
}

/** Whether an address is that of the content of a file, on a page that comes from Vite's server. */
export const isDevContent = (devOrigin: string, url: string): boolean => url.startsWith(`${devOrigin}/content?`);

async function sendContent(request: Request, socketPath: () => Promise<string>): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  try {
    return await passOnContent(await socketPath(), pathname + search, request);
  } catch {
    // The engine is just ending, or the page does not want the answer any more.
    return new Response(null, { status: 503, headers: HEADERS });
  }
}

function notFound(): Response {
  return new Response(null, { status: 404, headers: HEADERS });
}
