import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { pageFile } from './page-file.ts';

const SCHEME = 'mooring-app';
export const APP_ORIGIN = `${SCHEME}://app`;
export const PAGE_URL = `${APP_ORIGIN}/index.html`;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ico': 'image/x-icon',
};

/**
 * The page runs its own scripts and nothing else, and talks to nobody: what it needs comes over its ports.
 * Computed positions of menus and lists are set through the CSSOM, which needs no exception.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
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

/** To be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } }]);
}

/** Serves the files of the built page, and them alone. */
export function serveAppScheme(pageFolder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const path = request.method === 'GET' && request.url.startsWith(`${APP_ORIGIN}/`) ? pageFile(pageFolder, request.url) : null;
    const type = path && TYPES[extname(path)];
    if (!path || !type) return notFound();
    try {
      return new Response(await readFile(path), { headers: { ...HEADERS, 'content-type': type } });
    } catch {
      // The page names no file that was not built, so that nothing more can be said of it.
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response(null, { status: 404, headers: HEADERS });
}
