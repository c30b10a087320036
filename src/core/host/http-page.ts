import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/** Tells the page that it runs in a browser, where windows, tray and native dialogs are missing. */
const WEB_HOST_META = '<meta name="mooring-host" content="web">';

/** The thread that reads PDF files, the only module worker, has decoders for pictures as WebAssembly, and needs nothing else: it gets its data from the page. */
const PDF_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/** Sent with everything that this server answers. */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  const headers = {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      // The page sets positions through the CSSOM, and adds no <style> elements.
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "media-src 'self'",
      "font-src 'self'",
      // Safari does not count WebSockets of the same origin as 'self'.
      `connect-src 'self' ws://${request.headers.host ?? '127.0.0.1'}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** The built page and its assets, and nothing outside of `pageDir`. */
export function servePage(pageDir: string): (request: IncomingMessage, response: ServerResponse) => void {
  const indexPath = join(pageDir, 'index.html');
  // `sirv` lists the folder once; without `dev` it serves what was on that list and cannot be talked out of the folder.
  let assets: ReturnType<typeof sirv> | null = null;
  return (request, response) => {
    if (!existsSync(indexPath)) return sendText(response, 404, 'This Mooring was built without its page. Run `npm run build`.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Only GET is answered here.');
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/' || path === '/index.html') return sendIndex(request, response, indexPath);
    assets ??= sirv(pageDir, { etag: true, setHeaders: setAssetHeaders });
    assets(request, response, () => sendText(response, 404, 'There is nothing at this address.'));
  };
}

/** Built assets carry the hash of their content in their name. */
function setAssetHeaders(response: ServerResponse, path: string): void {
  if (path.startsWith('/assets/')) response.setHeader('cache-control', 'private, max-age=31536000, immutable');
  if (path.endsWith('.mjs')) response.setHeader('content-security-policy', PDF_WORKER_POLICY);
}

function sendIndex(request: IncomingMessage, response: ServerResponse, indexPath: string): void {
  const html = readFileSync(indexPath, 'utf8').replace(/<head[^>]*>/i, (head) => `${head}\n    ${WEB_HOST_META}`);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : html);
}

/** For someone who opened the address without its token. */
export function sendSignInPage(response: ServerResponse, message: string): void {
  response.writeHead(401, {
    'content-type': 'text/html; charset=utf-8',
    // One document without scripts, with its style in it.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
  response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mooring</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
  main { max-width: 28rem; padding: 2rem; }
  h1 { font-size: 1.25rem; } code { font-size: .95em; }
</style></head>
<body><main><h1>This page is locked</h1><p>${escapeHtml(message).replace(/`([^`]+)`/g, '<code>$1</code>')}</p></main></body></html>
`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
