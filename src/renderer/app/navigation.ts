import { useSyncExternalStore } from 'react';
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

/** Leaves the page of a location that is no more. */
export function leaveLocation(id: string): void {
  const route = currentRoute();
  if (route.page === 'location' && route.id === id) navigate({ page: 'home' });
}

/** A volume goes on under another fingerprint: whoever looks at it keeps looking at it. */
export function followVolume(from: string, to: string): void {
  const route = currentRoute();
  if (route.page === 'volume' && route.fingerprint === from) navigate({ ...route, fingerprint: to });
}
