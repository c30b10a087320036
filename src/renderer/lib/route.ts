import type { SearchSort } from '../../shared/contract/search.ts';

/** Where a tab is, as its steps keep it. The address of the page (`#/volume/…`) is that of the open tab. */
export type VolumeSection = 'files' | 'details' | 'history' | 'speed';
export type Route =
  | { page: 'home' }
  | { page: 'settings' }
  | { page: 'trash' }
  | { page: 'history' }
  /** `topic`: what it is about; null is the beginning. */
  | { page: 'help'; topic: string | null }
  /** `path`: the open folder as an SdPath; null is the volume's root. */
  | { page: 'volume'; fingerprint: string; section: VolumeSection; path: string | null }
  /** `below`: the open folder below the location, percent-encoded as in its address; null is the location itself. */
  | { page: 'location'; id: string; below: string | null }
  | SearchRoute;

/** A search. What is null is that of the saved search `saved`; without one, sort and order are those of the best first. */
export interface SearchRoute {
  page: 'search';
  query: string | null;
  sort: SearchSort | null;
  order: 'asc' | 'desc' | null;
  saved: string | null;
}

const SECTIONS: readonly string[] = ['files', 'details', 'history', 'speed'] satisfies VolumeSection[];
const isSection = (text: string): text is VolumeSection => SECTIONS.includes(text);
const SORTS: readonly string[] = ['relevance', 'name', 'size', 'modified', 'created'] satisfies SearchSort[];
const isSort = (text: string | null): text is SearchSort => text !== null && SORTS.includes(text);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseRoute(hash: string): Route {
  const [location = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, name = '', section = 'files'] = location.split('/');
  const parameters = new URLSearchParams(query);
  const path = parameters.get('path');
  if (page === 'settings' || page === 'trash' || page === 'history') return { page };
  if (page === 'help') return { page, topic: /^[a-z]+$/.test(name) ? name : null };
  if (page === 'search') return parseSearch(parameters);
  if (page === 'location' && UUID.test(name)) return { page: 'location', id: name, below: path };
  if (page !== 'volume' || !/^[0-9a-f]{64}$/.test(name)) return { page: 'home' };
  return { page: 'volume', fingerprint: name, section: isSection(section) ? section : 'files', path };
}

export function formatRoute(route: Route): string {
  if (route.page === 'home') return '#/';
  if (route.page === 'settings' || route.page === 'trash' || route.page === 'history') return `#/${route.page}`;
  if (route.page === 'help') return route.topic === null ? '#/help' : `#/help/${route.topic}`;
  if (route.page === 'search') return formatSearch(route);
  const path = route.page === 'location' ? route.below : route.path;
  const query = path === null ? '' : `?${new URLSearchParams({ path })}`;
  if (route.page === 'location') return `#/location/${route.id}${query}`;
  return `#/volume/${route.fingerprint}/${route.section}${query}`;
}

function parseSearch(parameters: URLSearchParams): SearchRoute {
  const saved = parameters.get('saved');
  const sort = parameters.get('sort');
  const order = parameters.get('order');
  return {
    page: 'search',
    query: parameters.get('query'),
    sort: isSort(sort) ? sort : null,
    order: order === 'asc' || order === 'desc' ? order : null,
    saved: saved !== null && UUID.test(saved) ? saved : null,
  };
}

function formatSearch({ query, sort, order, saved }: SearchRoute): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ query, sort, order, saved })) {
    if (value !== null) parameters.set(name, value);
  }
  return `#/search?${parameters}`;
}
