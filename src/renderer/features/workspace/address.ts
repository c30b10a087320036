/**
 * @file The address of the page says what the open tab shows. Each place that one goes to is an entry of the browser's history, numbered
 * upwards: coming to a lower number is Back, to a higher one Forward, in whichever tab is open then. Any other address was typed, or came
 * with a link, and is opened in that tab.
 */
import { formatRoute, parseRoute } from '../../lib/route.ts';
import { routeIn, travel, visit } from './workspace.ts';
import { changeWorkspace, useWorkspace } from './workspace-store.ts';

/** Number of the history's entry that is open. */
let entry = 0;

const entryOf = (state: unknown): number | null =>
  typeof state === 'object' && state !== null && 'entry' in state && typeof state.entry === 'number' ? state.entry : null;

function showAddress(): void {
  const address = formatRoute(routeIn(useWorkspace.getState()));
  if (address !== window.location.hash || entryOf(window.history.state) !== entry) window.history.replaceState({ entry }, '', address);
}

/** Call it before going somewhere: what follows is another entry of the history. */
export function pushAddress(): void {
  // Where there is no page, as in tests, there is no address.
  if (typeof window === 'undefined') return;
  entry += 1;
  window.history.pushState({ entry }, '', window.location.hash);
}

/** Follows the address from now on, and begins with what it says. */
export function followAddress(): void {
  const here = entryOf(window.history.state);
  entry = here ?? 0;
  if (here === null && window.location.hash !== '') changeWorkspace((workspace) => visit(workspace, parseRoute(window.location.hash)));
  showAddress();
  useWorkspace.subscribe(showAddress);
  const follow = () => {
    const now = entryOf(window.history.state);
    if (now === null) {
      entry += 1;
      changeWorkspace((workspace) => visit(workspace, parseRoute(window.location.hash)));
    } else {
      const by = now - entry;
      entry = now;
      changeWorkspace((workspace) => travel(workspace, by));
    }
    showAddress();
  };
  window.addEventListener('popstate', follow);
  window.addEventListener('hashchange', follow);
}
