/**
 * @file The address of the page says what the open tab shows. Each place that one goes to is an entry of the browser's history, numbered
 * upwards: coming to a lower number is Back, to a higher one Forward, in whichever tab is open then. Any other address was typed, or came
 * with a link, and is opened in that tab.
 */
import { create } from 'zustand';
import { formatRoute, parseRoute } from '../../lib/route.ts';
import { routeIn, travel, visit } from './workspace.ts';
import { changeWorkspace, useWorkspace } from './workspace-store.ts';

/** The number of the entry that is open, or on its way. */
const useEntry = create<{ entry: number }>(() => ({ entry: 0 }));

/** The number of the entry that is open; null for an address that did not come from here. */
function openEntry(): number | null {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && 'entry' in state && typeof state.entry === 'number' ? state.entry : null;
}

function showAddress(): void {
  const address = formatRoute(routeIn(useWorkspace.getState()));
  if (address !== window.location.hash) window.history.replaceState({ entry: openEntry() ?? 0 }, '', address);
}

/** Call it before going somewhere: what follows is another entry of the history. */
export function pushAddress(): void {
  // Where there is no page, as in tests, there is no address.
  if (typeof window === 'undefined') return;
  const entry = useEntry.getState().entry + 1;
  useEntry.setState({ entry });
  window.history.pushState({ entry }, '', window.location.hash);
}

/**
 * Call it after going back (below zero) or forward in a tab by other ways than the browser's: its buttons lead on from there. Browsers that do
 * not tell which entries there are stay where they are.
 */
export function moveAddress(by: number): void {
  const { navigation } = typeof window === 'undefined' ? {} : window;
  const index = navigation?.currentEntry?.index;
  if (!navigation || index === undefined || navigation.entries()[index + by]?.sameDocument !== true) return;
  useEntry.setState(({ entry }) => ({ entry: entry + by }));
  window.history.go(by);
}

/** Follows the address from now on, and begins with what it says. */
export function followAddress(): void {
  const openTyped = (entry: number) => {
    useEntry.setState({ entry });
    window.history.replaceState({ entry }, '', window.location.hash);
    if (window.location.hash !== '') changeWorkspace((workspace) => visit(workspace, parseRoute(window.location.hash)));
  };
  const entry = openEntry();
  if (entry === null) openTyped(0);
  else useEntry.setState({ entry });
  showAddress();
  useWorkspace.subscribe(showAddress);
  const follow = () => {
    const now = openEntry();
    const { entry } = useEntry.getState();
    useEntry.setState({ entry: now ?? entry + 1 });
    if (now === null) openTyped(entry + 1);
    else if (now !== entry) changeWorkspace((workspace) => travel(workspace, now - entry));
    showAddress();
  };
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
}
