import { useSyncExternalStore } from 'react';
import type { Location } from '../../shared/contract/location.ts';
import { afterMoves, type Move } from '../lib/after-moves.ts';
import { joinPath, pathBelow } from '../lib/entry-path.ts';
import { formatRoute, parseRoute, type Route } from '../lib/route.ts';

// One page has one address; the last parse of it is kept so that React sees a stable object.
let cached: { hash: string; route: Route } | null = null;

/** The current route; the same object while the address does not change. */
function currentRoute(): Route {
  const { hash } = window.location;
  if (cached?.hash !== hash) cached = { hash, route: parseRoute(hash) };
  return cached.route;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
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
