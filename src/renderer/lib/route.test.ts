import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route.ts';

const fingerprint = 'a'.repeat(64);

describe('routes', () => {
  it('survive a round trip through the address', () => {
    const routes: Route[] = [
      { page: 'home' },
      { page: 'settings' },
      { page: 'volume', fingerprint, section: 'details', path: null },
      { page: 'volume', fingerprint, section: 'files', path: 'sd://x/mnt/100%25 sure?&#ü' },
    ];
    for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('lead home from anything unknown', () => {
    for (const hash of ['', '#', '#/nowhere', '#/volume/short', '#/volume/']) expect(parseRoute(hash)).toEqual({ page: 'home' });
    expect(parseRoute(`#/volume/${fingerprint}/nonsense`)).toMatchObject({ section: 'files' });
  });
});
