/** Where the user is. It lives in the address (`#/volume/…`), so that Back, Forward and reloading work. */
export type VolumeSection = 'files' | 'details' | 'history' | 'speed';
export type Route =
  | { page: 'home' }
  | { page: 'settings' }
  /** `path`: the open folder as an SdPath; null is the volume's root. */
  | { page: 'volume'; fingerprint: string; section: VolumeSection; path: string | null };

const SECTIONS: readonly string[] = ['files', 'details', 'history', 'speed'] satisfies VolumeSection[];
const isSection = (text: string): text is VolumeSection => SECTIONS.includes(text);

export function parseRoute(hash: string): Route {
  const [location = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, fingerprint = '', section = 'files'] = location.split('/');
  if (page === 'settings') return { page: 'settings' };
  if (page !== 'volume' || !/^[0-9a-f]{64}$/.test(fingerprint)) return { page: 'home' };
  const path = new URLSearchParams(query).get('path');
  return { page: 'volume', fingerprint, section: isSection(section) ? section : 'files', path };
}

export function formatRoute(route: Route): string {
  if (route.page === 'home') return '#/';
  if (route.page === 'settings') return '#/settings';
  const query = route.path === null ? '' : `?${new URLSearchParams({ path: route.path })}`;
  return `#/volume/${route.fingerprint}/${route.section}${query}`;
}
