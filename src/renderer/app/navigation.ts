/** @file Ways to go somewhere. All of them are about the pane that the user pointed at or typed in last. */
import type { Location } from '../../shared/contract/location.ts';
import { useFileScope } from '../features/file-operation/file-scope.ts';
import { moveAddress, pushAddress } from '../features/workspace/address.ts';
import { paneOf, revise, rewrite, routeIn, tabOf, travel, visit } from '../features/workspace/workspace.ts';
import { changeWorkspace, usePaneId, useWorkspace } from '../features/workspace/workspace-store.ts';
import { afterMoves, type Move } from '../lib/after-moves.ts';
import { joinPath, pathBelow } from '../lib/entry-path.ts';
import { formatRoute, type Route, type SearchRoute } from '../lib/route.ts';

const EMPTY_SEARCH: SearchRoute = { page: 'search', query: null, sort: null, order: null, saved: null };

/** What is open in the pane that a component is part of; outside of panes, in the active one. */
export function useRoute(): Route {
  const paneId = usePaneId();
  return useWorkspace((workspace) => routeIn(workspace, paneId));
}

/** What is open in the active pane. */
export const currentRoute = (): Route => routeIn(useWorkspace.getState());

export function navigate(route: Route): void {
  if (formatRoute(route) === formatRoute(currentRoute())) return;
  pushAddress();
  changeWorkspace((workspace) => visit(workspace, route));
}

export const goBack = (): void => goSteps(-1);
export const goForward = (): void => goSteps(1);

/** So many steps back (below zero) or forward in the open tab. */
export function goSteps(by: number): void {
  const before = tabOf(paneOf(useWorkspace.getState())).at;
  changeWorkspace((workspace) => travel(workspace, by));
  const moved = tabOf(paneOf(useWorkspace.getState())).at - before;
  if (moved !== 0) moveAddress(moved);
}

/** To the folder that holds the open one. */
export function goUp(): void {
  useFileScope.getState().up?.();
}

export function openVolume(fingerprint: string, path: string | null = null): void {
  navigate({ page: 'volume', fingerprint, section: 'files', path });
}

/** @param below the folder below it, percent-encoded as in its address */
export function openLocation(id: string, below: string | null = null): void {
  navigate({ page: 'location', id, below });
}

/** Opens a search as a step of its own. */
export function openSearch(search: Partial<SearchRoute>): void {
  navigate({ ...EMPTY_SEARCH, ...search, page: 'search' });
}

/** Changes the search that is open, which stays one step of the history however long one types; opens one where none is. */
export function changeSearch(search: Partial<SearchRoute>): void {
  const route = currentRoute();
  if (route.page === 'search') changeWorkspace((workspace) => revise(workspace, { ...route, ...search }));
  else openSearch(search);
}

/** Gives back what was open before the search. */
export function leaveSearch(): void {
  const { steps, at } = tabOf(paneOf(useWorkspace.getState()));
  const before = steps.slice(0, at).findLastIndex(({ route }) => route.page !== 'search');
  if (before === at - 1 && before >= 0) goBack();
  else navigate(steps[before]?.route ?? { page: 'home' });
}

export function isLocationOpen(id: string): boolean {
  const workspace = useWorkspace.getState();
  return workspace.panes.some((pane) => isOf(id, routeIn(workspace, pane.id)));
}

const isOf = (id: string, route: Route) => route.page === 'location' && route.id === id;

/** Leaves the page of a location that is no more. */
export function leaveLocation(id: string): void {
  changeWorkspace((workspace) => rewrite(workspace, (route) => (isOf(id, route) ? { page: 'home' } : null)));
}

/** Folders have other names or places: whoever looks at one keeps looking at it, and finds it on the way back. */
export function followMoves(moves: readonly Move[], locations: readonly Location[]): void {
  changeWorkspace((workspace) => rewrite(workspace, (route) => routeAfter(route, moves, locations)));
}

/** Null where nothing has moved. */
function routeAfter(route: Route, moves: readonly Move[], locations: readonly Location[]): Route | null {
  if (route.page === 'volume' && route.path !== null) {
    const path = afterMoves(route.path, moves);
    return path === route.path ? null : { ...route, path };
  }
  const open = route.page === 'location' ? locations.find(({ id }) => id === route.id) : undefined;
  if (route.page !== 'location' || !open) return null;
  const folder = joinPath(open.path, route.below);
  const now = afterMoves(folder, moves);
  if (now === folder) return null;
  // Out of this location, it may have come into another one.
  for (const { id, path: root } of [open, ...locations]) {
    const below = pathBelow(root, now);
    if (below !== null) return { page: 'location', id, below: below === '' ? null : below };
  }
  return null;
}

/** A volume goes on under another fingerprint: whoever looks at it keeps looking at it. */
export function followVolume(from: string, to: string): void {
  changeWorkspace((workspace) =>
    rewrite(workspace, (route) => (route.page === 'volume' && route.fingerprint === from ? { ...route, fingerprint: to } : null)),
  );
}
