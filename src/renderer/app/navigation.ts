import { useSyncExternalStore } from 'react';
import type { Location } from '../../shared/contract/location.ts';
import { afterMoves, type Move } from '../lib/after-moves.ts';
import { joinPath, pathBelow } from '../lib/entry-path.ts';
import { formatRoute, parseRoute, type Route, type SearchRoute } from '../lib/route.ts';

// One page has one address; the last parse of it is kept so that React sees a stable object.
let cached: { hash: string; route: Route } | null = null;

const EMPTY_SEARCH: SearchRoute = { page: 'search', query: null, sort: null, order: null, saved: null };

/** The current route; the same object while the address does not change. */
function currentRoute(): Route {
  const { hash } = window.location;
  if (cached?.hash !== hash) cached = { hash, route: parseRoute(hash) };
  return cached.route;
}

/** Of `writeAddress`, which the browser tells nobody of. */
const ADDRESS_WRITTEN = 'mooring-address';

function subscribe(listener: () => void): () => void {
  for (const type of ['hashchange', ADDRESS_WRITTEN]) window.addEventListener(type, listener);
  return () => {
    for (const type of ['hashchange', ADDRESS_WRITTEN]) window.removeEventListener(type, listener);
  };
}

/** Changes the address at once: what is typed into the address must be what the field shows when the key is up. */
function writeAddress(route: Route, how: 'push' | 'replace', state: unknown): void {
  window.history[how === 'push' ? 'pushState' : 'replaceState'](state, '', formatRoute(route));
  window.dispatchEvent(new Event(ADDRESS_WRITTEN));
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

export function navigate(route: Route): void {
  window.location.hash = formatRoute(route);
}

export function openVolume(fingerprint: string, path: string | null = null): void {
  navigate({ page: 'volume', fingerprint, section: 'files', path });
}

/** @param below the folder below it, percent-encoded as in its address */
export function openLocation(id: string, below: string | null = null): void {
  navigate({ page: 'location', id, below });
}

/** What the history knows of a search: where it was begun, and whether that is one step back. */
interface SearchOrigin {
  from: string;
  isNext: boolean;
}

const originOf = (state: unknown): SearchOrigin | null =>
  typeof state === 'object' && state !== null && 'from' in state && 'isNext' in state ? (state as SearchOrigin) : null;

/** Opens a search as a step of its own. */
export function openSearch(search: Partial<SearchRoute>): void {
  const isSearching = currentRoute().page === 'search';
  const origin = isSearching ? originOf(window.history.state) : null;
  const state = isSearching ? { from: origin?.from ?? '#/', isNext: false } : { from: window.location.hash || '#/', isNext: true };
  writeAddress({ ...EMPTY_SEARCH, ...search, page: 'search' }, 'push', state);
}

/** Changes the search that is open, which stays one step of the history however long one types; opens one where none is. */
export function changeSearch(search: Partial<SearchRoute>): void {
  const route = currentRoute();
  if (route.page === 'search') writeAddress({ ...route, ...search }, 'replace', window.history.state);
  else openSearch(search);
}

/** Gives back what was open before the search. */
export function leaveSearch(): void {
  const origin = originOf(window.history.state);
  if (origin?.isNext) window.history.back();
  else window.location.hash = origin?.from ?? '#/';
}

export function isLocationOpen(id: string): boolean {
  const route = currentRoute();
  return route.page === 'location' && route.id === id;
}

/** Leaves the page of a location that is no more. */
export function leaveLocation(id: string): void {
  if (isLocationOpen(id)) navigate({ page: 'home' });
}

/** The open folder has another name or place, or one above it has: whoever looks at it keeps looking at it. */
export function followMoves(moves: readonly Move[], locations: readonly Location[]): void {
  const route = currentRoute();
  if (route.page === 'volume' && route.path !== null) replaceFolder(route.path, (path) => ({ ...route, path }), moves);
  const open = route.page === 'location' ? locations.find(({ id }) => id === route.id) : undefined;
  if (route.page !== 'location' || !open) return;
  const inLocation = (path: string): Route | null => {
    // Out of this location, it may have come into another one.
    for (const { id, path: root } of [open, ...locations]) {
      const below = pathBelow(root, path);
      if (below !== null) return { page: 'location', id, below: below === '' ? null : below };
    }
    return null;
  };
  replaceFolder(joinPath(open.path, route.below), inLocation, moves);
}

function replaceFolder(folder: string, routeOf: (folder: string) => Route | null, moves: readonly Move[]): void {
  const now = afterMoves(folder, moves);
  const route = now === folder ? null : routeOf(now);
  // The old address leads nowhere: it is not worth a step back.
  if (route) window.location.replace(formatRoute(route));
}

/** A volume goes on under another fingerprint: whoever looks at it keeps looking at it. */
export function followVolume(from: string, to: string): void {
  const route = currentRoute();
  if (route.page === 'volume' && route.fingerprint === from) navigate({ ...route, fingerprint: to });
}
