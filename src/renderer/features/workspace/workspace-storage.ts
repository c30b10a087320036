/**
 * @file Reloading and restarting bring all tabs and panes back. What is open is kept for this window, and, for the next start, for the
 * window that was used last.
 */
import { z } from 'zod';
import { formatRoute, parseRoute } from '../../lib/route.ts';
import { newWorkspace, type Tab, type Workspace } from './workspace.ts';
import { useWorkspace } from './workspace-store.ts';

const KEY = 'mooring-workspace';
/** Of a window beside the first: the next start does not bring it back. */
const EXTRA_KEY = 'mooring-extra-window';
/** Of several changes in a row only the last one is written. */
const WRITE_AFTER_MS = 300;

const StoredTab = z.object({
  id: z.string(),
  steps: z.array(z.object({ key: z.string(), route: z.string().transform(parseRoute) })).min(1),
  at: z.int().min(0),
});
const StoredWorkspace = z.object({
  panes: z
    .array(z.object({ id: z.string(), tabs: z.array(StoredTab).min(1), tabId: z.string() }))
    .min(1)
    .max(2),
  paneId: z.string(),
  closed: z.array(z.object({ tab: StoredTab, paneId: z.string(), index: z.int().min(0) })),
  next: z.int(),
});

/** A workspace as text; routes as the addresses that they have. */
export function writeWorkspace(workspace: Workspace): string {
  const tab = ({ steps, ...rest }: Tab) => ({ ...rest, steps: steps.map(({ key, route }) => ({ key, route: formatRoute(route) })) });
  return JSON.stringify({
    ...workspace,
    panes: workspace.panes.map((pane) => ({ ...pane, tabs: pane.tabs.map(tab) })),
    closed: workspace.closed.map((closed) => ({ ...closed, tab: tab(closed.tab) })),
  });
}

/** What `writeWorkspace` wrote; null for anything else: a window then begins anew. */
export function readWorkspace(text: string | null): Workspace | null {
  try {
    const workspace = StoredWorkspace.parse(JSON.parse(text ?? ''));
    const tabs = [...workspace.panes.flatMap((pane) => pane.tabs), ...workspace.closed.map((closed) => closed.tab)];
    return tabs.every((tab) => tab.at < tab.steps.length) ? workspace : null;
  } catch {
    // Nothing was kept yet, or by another version.
    return null;
  }
}

/** Whether this is another window, which begins with one tab (`open-window.ts`). From then on its address is like that of any other. */
function beginExtraWindow(): boolean {
  const { pathname, search, hash } = window.location;
  if (!new URLSearchParams(search).has('window')) return false;
  sessionStorage.setItem(EXTRA_KEY, 'yes');
  sessionStorage.removeItem(KEY);
  window.history.replaceState(null, '', pathname + hash);
  return true;
}

/** Brings back what was open, and keeps what will be. */
export function keepWorkspace(): void {
  const isExtra = beginExtraWindow() || sessionStorage.getItem(EXTRA_KEY) !== null;
  const kept = readWorkspace(sessionStorage.getItem(KEY)) ?? (isExtra ? null : readWorkspace(localStorage.getItem(KEY)));
  useWorkspace.setState(kept ?? newWorkspace(parseRoute(window.location.hash)), true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    const text = writeWorkspace(useWorkspace.getState());
    sessionStorage.setItem(KEY, text);
    if (!isExtra) localStorage.setItem(KEY, text);
  };
  useWorkspace.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  });
  window.addEventListener('pagehide', write);
}
