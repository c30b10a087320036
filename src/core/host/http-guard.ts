import type { IncomingMessage } from 'node:http';
import { MooringError } from '#shared/contract/error.ts';
import { isToken } from './http-token.ts';

/** What the guard compares a request with. */
export interface GuardedService {
  port: number;
  token: string;
}

/** Cookies know no ports: the name keeps two instances apart. */
export function cookieName(port: number): string {
  return `mooring-token-${port}`;
}

/**
 * Lets a request pass that comes from our own page or from a program that knows the token.
 *
 * - Host: a name that resolves to 127.0.0.1 in somebody else's DNS (rebinding) does not make a page ours.
 * - Origin: present on every request that another page's script could make, and then it has to be ours, token or not.
 * - Sec-Fetch-Site: pages on other ports of this computer are "same-site" to the browser, and it sends them our cookie.
 * - Token: `Authorization: Bearer`, or the cookie.
 *
 * @throws FORBIDDEN, UNAUTHORIZED
 */
export function guardRequest(request: IncomingMessage, service: GuardedService): void {
  guardOrigin(request, service.port);
  const token = bearerToken(request) ?? cookieToken(request, service.port);
  if (token && isToken(token, service.token)) return;
  throw new MooringError(
    'UNAUTHORIZED',
    'This needs the token of the running Mooring. Open the address that `mooring start --http` or `mooring status --token` prints.',
  );
}

/** @throws FORBIDDEN */
export function guardOrigin(request: IncomingMessage, port: number): void {
  const { host, origin } = request.headers;
  if (!host || !ownHosts(port).includes(host.toLowerCase())) {
    throw new MooringError('FORBIDDEN', `Mooring answers on its own address only, http://127.0.0.1:${port}.`);
  }
  if (origin !== undefined && !ownHosts(port).some((own) => origin.toLowerCase() === `http://${own}`)) {
    throw new MooringError('FORBIDDEN', 'Mooring does not answer requests that another web page makes.');
  }
  const site = request.headers['sec-fetch-site'];
  const isNavigation = request.headers['sec-fetch-mode'] === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) {
    throw new MooringError('FORBIDDEN', 'Mooring does not answer requests that another web page makes.');
  }
}

function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

function bearerToken(request: IncomingMessage): string | null {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function cookieToken(request: IncomingMessage, port: number): string | null {
  const wanted = `${cookieName(port)}=`;
  for (const cookie of (request.headers.cookie ?? '').split(';')) {
    if (cookie.trim().startsWith(wanted)) return cookie.trim().slice(wanted.length);
  }
  return null;
}
