/**
 * @file Reloading and restarting bring all tabs and panes back: those of each window of the desktop app, and in a browser those of the tab of the
 * browser that was used last. Another tab of a browser is brought back by the browser alone.
 */
import { z } from 'zod';
import { formatRoute, parseRoute } from '../../lib/route.ts';
import { newWorkspace, type Tab, type Workspace } from './workspace.ts';
import { useWorkspace } from './workspace-store.ts';

const KEY = 'mooring-workspace';
/** In a window beside the first, which one it is. */
const EXTRA_KEY = 'mooring-extra-window';
/** Followed by the number of the window, which the desktop app gives it at each start. */
const EXTRA_WORKSPACE = 'mooring-workspace-';
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

/**
 * What another window is called (`?window=…`): on the desktop by its number, in a browser `new`; null for the first one. One with an address begins
 * with that alone (`open-window.ts`). From then on its address is like that of any other.
 */
function extraWindow(): string | null {
  const { pathname, search, hash } = window.location;
  const name = new URLSearchParams(search).get('window');
  if (name === null) return sessionStorage.getItem(EXTRA_KEY);
  sessionStorage.setItem(EXTRA_KEY, name);
  if (hash !== '') {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(EXTRA_WORKSPACE + name);
  }
  window.history.replaceState(null, '', pathname + hash);
  return name;
}

/** Brings back what was open, and keeps what will be. */
export function keepWorkspace(): void {
  const extra = extraWindow();
  const isNumbered = extra !== null && /^\d+$/.test(extra);
  const lastingKey = extra === null ? KEY : isNumbered ? EXTRA_WORKSPACE + extra : null;
  const kept = readWorkspace(sessionStorage.getItem(KEY)) ?? (lastingKey === null ? null : readWorkspace(localStorage.getItem(lastingKey)));
  useWorkspace.setState(kept ?? newWorkspace(parseRoute(window.location.hash)), true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    const text = writeWorkspace(useWorkspace.getState());
    sessionStorage.setItem(KEY, text);
    if (lastingKey !== null) localStorage.setItem(lastingKey, text);
  };
  const writeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  };
  writeSoon();
  useWorkspace.subscribe(writeSoon);
  window.addEventListener('pagehide', write);
}
