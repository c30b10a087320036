import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { guardRequest } from './http-guard.ts';

const SERVICE = { port: 4100, token: 'a'.repeat(43) };
const OWN = { host: '127.0.0.1:4100' };
const verdict = (headers: Record<string, string>) => {
  try {
    guardRequest({ headers } as unknown as IncomingMessage, SERVICE);
    return 'passes';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it.each([
  [{}, 'FORBIDDEN'],
  [{ ...OWN }, 'UNAUTHORIZED'],
  [{ ...OWN, authorization: `Bearer ${SERVICE.token}` }, 'passes'],
  [{ ...OWN, authorization: `bearer ${SERVICE.token}` }, 'passes'],
  [{ ...OWN, authorization: SERVICE.token }, 'UNAUTHORIZED'],
  [{ ...OWN, authorization: 'Bearer ' }, 'UNAUTHORIZED'],
  [{ ...OWN, cookie: `other=1; mooring-token-4100=${SERVICE.token}; x=y` }, 'passes'],
  // The cookie of another instance on this computer.
  [{ ...OWN, cookie: `mooring-token-4101=${SERVICE.token}` }, 'UNAUTHORIZED'],
  [{ ...OWN, cookie: `xmooring-token-4100=${SERVICE.token}` }, 'UNAUTHORIZED'],
  [{ host: 'LOCALHOST:4100', authorization: `Bearer ${SERVICE.token}` }, 'passes'],
  [{ host: 'localhost.:4100', authorization: `Bearer ${SERVICE.token}` }, 'FORBIDDEN'],
  [{ ...OWN, authorization: `Bearer ${SERVICE.token}`, origin: 'http://localhost:4100' }, 'passes'],
  [{ ...OWN, authorization: `Bearer ${SERVICE.token}`, origin: '' }, 'FORBIDDEN'],
  [{ ...OWN, authorization: `Bearer ${SERVICE.token}`, origin: '127.0.0.1:4100' }, 'FORBIDDEN'],
  [{ ...OWN, authorization: `Bearer ${SERVICE.token}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'passes'],
  [{ ...OWN, authorization: `Bearer ${SERVICE.token}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 'FORBIDDEN'],
])('%j: %s', (headers, expected) => {
  expect(verdict(headers as Record<string, string>)).toBe(expected);
});
