import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route.ts';

const fingerprint = 'a'.repeat(64);
const location = '0190a0a0-0000-7000-8000-000000000001';

describe('routes', () => {
  it('survive a round trip through the address', () => {
    const routes: Route[] = [
      { page: 'home' },
      { page: 'settings' },
      { page: 'volume', fingerprint, section: 'details', path: null },
      { page: 'volume', fingerprint, section: 'files', path: 'sd://x/mnt/100%25 sure?&#ü' },
      { page: 'location', id: location, below: null },
      { page: 'location', id: location, below: 'a%20b/100%25%FF' },
      { page: 'search', query: '', sort: null, order: null, saved: null },
      { page: 'search', query: ' in:"Photos/2023" -a?b#c&d=100%+ü ', sort: 'size', order: 'desc', saved: location },
      { page: 'search', query: null, sort: null, order: null, saved: location },
    ];
    for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('lead home from anything unknown', () => {
    for (const hash of ['', '#', '#/nowhere', '#/volume/short', '#/volume/', '#/location/x'])
      expect(parseRoute(hash)).toEqual({ page: 'home' });
    expect(parseRoute(`#/volume/${fingerprint}/nonsense`)).toMatchObject({ section: 'files' });
    expect(parseRoute('#/search?sort=colour&order=up&saved=x')).toEqual({
      page: 'search',
      query: null,
      sort: null,
      order: null,
      saved: null,
    });
  });
});
