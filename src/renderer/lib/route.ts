/** Where the user is. It lives in the address (`#/volume/…`), so that Back, Forward and reloading work. */
export type VolumeSection = 'files' | 'details' | 'history' | 'speed';
export type Route =
  | { page: 'home' }
  | { page: 'settings' }
  /** `path`: the open folder as an SdPath; null is the volume's root. */
  | { page: 'volume'; fingerprint: string; section: VolumeSection; path: string | null }
  /** `below`: the open folder below the location, percent-encoded as in its address; null is the location itself. */
  | { page: 'location'; id: string; below: string | null };

const SECTIONS: readonly string[] = ['files', 'details', 'history', 'speed'] satisfies VolumeSection[];
const isSection = (text: string): text is VolumeSection => SECTIONS.includes(text);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseRoute(hash: string): Route {
  const [location = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, name = '', section = 'files'] = location.split('/');
  const path = new URLSearchParams(query).get('path');
  if (page === 'settings') return { page: 'settings' };
  if (page === 'location' && UUID.test(name)) return { page: 'location', id: name, below: path };
  if (page !== 'volume' || !/^[0-9a-f]{64}$/.test(name)) return { page: 'home' };
  return { page: 'volume', fingerprint: name, section: isSection(section) ? section : 'files', path };
}

export function formatRoute(route: Route): string {
  if (route.page === 'home') return '#/';
  if (route.page === 'settings') return '#/settings';
  const path = route.page === 'location' ? route.below : route.path;
  const query = path === null ? '' : `?${new URLSearchParams({ path })}`;
  if (route.page === 'location') return `#/location/${route.id}${query}`;
  return `#/volume/${route.fingerprint}/${route.section}${query}`;
}
