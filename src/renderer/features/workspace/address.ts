/**
 * @file The address of the page says what the open tab shows. Each place that one goes to is an entry of the browser's history, numbered
 * upwards: coming to a lower number is Back, to a higher one Forward, in whichever tab is open then. Any other address was typed, or came
 * with a link, and is opened in that tab.
 */
import { formatRoute, parseRoute } from '../../lib/route.ts';
import { routeIn, travel, visit } from './workspace.ts';
import { changeWorkspace, useWorkspace } from './workspace-store.ts';

const numberOf = (state: unknown): number | null =>
  typeof state === 'object' && state !== null && 'entry' in state && typeof state.entry === 'number' ? state.entry : null;

/** The number of the entry that is open; null for an address that did not come from here. */
const openEntry = () => numberOf(window.history.state);

function showAddress(): void {
  const address = formatRoute(routeIn(useWorkspace.getState()));
  if (address !== window.location.hash) window.history.replaceState({ entry: openEntry() ?? 0 }, '', address);
}

/** Call it before going somewhere: what follows is another entry of the history. */
export function pushAddress(): void {
  // Where there is no page, as in tests, there is no address.
  if (typeof window === 'undefined') return;
  window.history.pushState({ entry: (openEntry() ?? 0) + 1 }, '', window.location.hash);
}

/** Follows the address from now on, and begins with what it says. */
export function followAddress(): void {
  let entry = openEntry() ?? 0;
  const openTyped = (number: number) => {
    window.history.replaceState({ entry: number }, '', window.location.hash);
    if (window.location.hash !== '') changeWorkspace((workspace) => visit(workspace, parseRoute(window.location.hash)));
  };
  if (openEntry() === null) openTyped(0);
  showAddress();
  useWorkspace.subscribe(() => {
    entry = openEntry() ?? entry;
    showAddress();
  });
  const follow = () => {
    const now = openEntry();
    const by = now === null ? 0 : now - entry;
    entry = now ?? entry + 1;
    if (now === null) openTyped(entry);
    else changeWorkspace((workspace) => travel(workspace, by));
    showAddress();
  };
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
}
