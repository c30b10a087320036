import type { Location } from '../../../../shared/contract/location.ts';
import { joinPath } from '../../../lib/entry-path.ts';
import { formatRoute, type Route } from '../../../lib/route.ts';
import { useWorkspace } from '../../workspace/workspace-store.ts';

/** More nobody looks through. */
const MOST_FOLDERS = 20;

/** Folders that were open in this window, those of the active tab first, the newest first. Roots of drives and locations are not among them. */
export function recentFolders(locations: readonly Location[]): { route: Route; address: string }[] {
  const { panes, paneId, closed } = useWorkspace.getState();
  const inOrder = [...panes].sort((a, b) => Number(b.id === paneId) - Number(a.id === paneId));
  const tabs = inOrder.flatMap((pane) => [...pane.tabs].sort((a, b) => Number(b.id === pane.tabId) - Number(a.id === pane.tabId)));
  const routes = [...tabs, ...closed.map(({ tab }) => tab)].flatMap(({ steps }) => steps.map(({ route }) => route).reverse());
  const found = new Map<string, { route: Route; address: string }>();
  for (const route of routes) {
    const address = addressOf(route, locations);
    if (address !== null && found.size < MOST_FOLDERS) found.set(formatRoute(route), { route, address });
  }
  return [...found.values()];
}

function addressOf(route: Route, locations: readonly Location[]): string | null {
  if (route.page === 'volume') return route.section === 'files' ? route.path : null;
  if (route.page !== 'location' || route.below === null) return null;
  const location = locations.find(({ id }) => id === route.id);
  return location ? joinPath(location.path, route.below) : null;
}
