import { formatRoute, type Route } from '../lib/route.ts';
import { currentRoute } from './navigation.ts';
import { useShell } from './shell.ts';

/** Opens another window with one tab; in a browser, another tab of the browser. @param route left out: what is open in the active pane */
export function openWindow(route: Route = currentRoute()): void {
  const address = formatRoute(route);
  const { client } = useShell.getState();
  if (client) client.openWindow({ address }).catch((error: unknown) => console.error('No window was opened.', error));
  else window.open(`${window.location.pathname}?window=new${address}`, '_blank', 'noopener');
}
