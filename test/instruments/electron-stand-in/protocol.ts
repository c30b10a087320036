import type * as Electron from 'electron';
import type { Route } from 'playwright-core';

/** Chromium lets no outsider register a scheme: `scheme://host/…` is served as `https://scheme.host.stand-in.invalid/…`. */
const SUFFIX = '.stand-in.invalid';
const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();

export const protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged: (schemes) => {
    for (const { scheme, privileges } of schemes) {
      // What the mapping to https grants anyway; a scheme that claims less would be shown more than it gets in Electron.
      if (!privileges?.standard || !privileges.secure) throw new Error(`the stand-in serves standard, secure schemes alone: ${scheme}`);
    }
  },
  handle: (scheme, handler) => {
    handlers.set(scheme, handler as (request: Request) => Response | Promise<Response>);
  },
};

/** Node's own `fetch` asks no handler. */
export const net: Pick<Electron.Net, 'fetch'> = {
  fetch: (input, init) => {
    if (!init?.bypassCustomProtocolHandlers) throw new Error('The stand-in fetches past the handlers alone');
    return fetch(input as Request);
  },
};

/** Anything that is not a registered scheme stays as it is. */
export function toPageUrl(url: string): string {
  const match = /^([a-z][a-z0-9-]*):\/\/([^/?#]+)(.*)$/i.exec(url);
  return match && match[1] !== 'http' && handlers.has(match[1] ?? '') ? `https://${match[1]}.${match[2]}${SUFFIX}${match[3]}` : url;
}

export function fromPageUrl(url: string): string {
  const { protocol: scheme, hostname, pathname, search, hash } = new URL(url);
  if (scheme !== 'https:' || !hostname.endsWith(SUFFIX)) return url;
  const name = hostname.slice(0, -SUFFIX.length);
  const dot = name.indexOf('.');
  return `${name.slice(0, dot)}://${name.slice(dot + 1)}${pathname}${search}${hash}`;
}

/** Answers a request of a page from the registered handler; false when there is none for it. */
export async function fulfill(route: Route): Promise<boolean> {
  const url = fromPageUrl(route.request().url());
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) return false;
  const response = await handler(new Request(url, { method: route.request().method(), headers: route.request().headers() }));
  const body = Buffer.from(await response.arrayBuffer());
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  return true;
}
