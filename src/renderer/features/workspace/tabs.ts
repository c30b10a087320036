/** @file What can be done with tabs and panes; pure, like `workspace.ts`. */
import type { Route } from '../../lib/route.ts';
import { newTab, otherPane, type Pane, paneOf, routeIn, stepOf, tabOf, visit, type Workspace } from './workspace.ts';

/** So many closed tabs can be opened again. */
const MOST_CLOSED = 30;

/** Opens a tab beside the open one. @param inBackground it waits there until it is chosen */
export function openTab(workspace: Workspace, route: Route, { inBackground = false } = {}): Workspace {
  const pane = paneOf(workspace);
  const [tab, next] = newTab(workspace.next, route);
  const tabs = pane.tabs.toSpliced(pane.tabs.indexOf(tabOf(pane)) + 1, 0, tab);
  return withPane({ ...workspace, next }, { ...pane, tabs, tabId: inBackground ? pane.tabId : tab.id });
}

/** Opens another tab at the place where one is, with the way that led there. */
export function duplicateTab(workspace: Workspace, tabId: string): Workspace {
  const pane = paneWith(workspace, tabId);
  const tab = pane?.tabs.find(({ id }) => id === tabId);
  if (!pane || !tab) return workspace;
  const steps = tab.steps.map((step, index) => ({ ...step, key: `step-${workspace.next + 1 + index}` }));
  const copy = { ...tab, id: `tab-${workspace.next}`, steps };
  const tabs = pane.tabs.toSpliced(pane.tabs.indexOf(tab) + 1, 0, copy);
  return withPane({ ...workspace, next: workspace.next + 1 + steps.length, paneId: pane.id }, { ...pane, tabs, tabId: copy.id });
}

/** Goes to a tab, and to the pane that it is in. */
export function selectTab(workspace: Workspace, tabId: string): Workspace {
  const pane = paneWith(workspace, tabId);
  return pane ? withPane({ ...workspace, paneId: pane.id }, { ...pane, tabId }) : workspace;
}

/** The next tab of the active pane, or, below zero, the one before; round and round. */
export function selectNextTab(workspace: Workspace, by: number): Workspace {
  const pane = paneOf(workspace);
  const count = pane.tabs.length;
  const index = (((pane.tabs.indexOf(tabOf(pane)) + by) % count) + count) % count;
  return selectTabAt(workspace, index);
}

/** A tab of the active pane by its place; beyond the end, the last one. */
export function selectTabAt(workspace: Workspace, index: number): Workspace {
  const pane = paneOf(workspace);
  const tab = pane.tabs[index] ?? pane.tabs.at(-1);
  return tab ? withPane(workspace, { ...pane, tabId: tab.id }) : workspace;
}

/** Closes tabs. A pane without any goes, but for the last one, which goes on with a new tab. */
export function closeTabs(workspace: Workspace, tabIds: readonly string[]): Workspace {
  return tabIds.reduce(closeTab, workspace);
}

function closeTab(workspace: Workspace, tabId: string): Workspace {
  const pane = paneWith(workspace, tabId);
  const index = pane?.tabs.findIndex(({ id }) => id === tabId) ?? -1;
  const tab = pane?.tabs[index];
  if (!pane || !tab) return workspace;
  // A tab that was never anywhere is nothing to come back to.
  const isUsed = tab.steps.length > 1 || stepOf(tab).route.page !== 'home';
  const closed = isUsed ? [...workspace.closed, { tab, paneId: pane.id, index }].slice(-MOST_CLOSED) : workspace.closed;
  const rest = pane.tabs.toSpliced(index, 1);
  const neighbour = rest[Math.min(index, rest.length - 1)];
  if (neighbour) {
    const tabId = pane.tabId === tab.id ? neighbour.id : pane.tabId;
    return withPane({ ...workspace, closed }, { ...pane, tabs: rest, tabId });
  }
  const others = workspace.panes.filter(({ id }) => id !== pane.id);
  if (others[0]) return { ...workspace, closed, panes: others, paneId: others[0].id };
  const [fresh, next] = newTab(workspace.next);
  return withPane({ ...workspace, closed, next }, { ...pane, tabs: [fresh], tabId: fresh.id });
}

/** Opens the tab again that was closed last, where it was; of a pane that is gone, behind the others. */
export function reopenTab(workspace: Workspace): Workspace {
  const last = workspace.closed.at(-1);
  if (!last) return workspace;
  const pane = paneOf(workspace, last.paneId);
  const index = pane.id === last.paneId ? last.index : pane.tabs.length;
  const tabs = pane.tabs.toSpliced(index, 0, last.tab);
  const rest = { ...workspace, closed: workspace.closed.slice(0, -1), paneId: pane.id };
  return withPane(rest, { ...pane, tabs, tabId: last.tab.id });
}

/** Puts a tab in front of the one that is at `index` of a pane now; a pane that it was the last one of goes. */
export function moveTab(workspace: Workspace, tabId: string, paneId: string, index: number): Workspace {
  const from = paneWith(workspace, tabId);
  const tab = from?.tabs.find(({ id }) => id === tabId);
  const to = workspace.panes.find(({ id }) => id === paneId);
  if (!from || !tab || !to) return workspace;
  if (from === to) {
    const before = from.tabs.slice(0, index).filter(({ id }) => id !== tabId);
    const after = from.tabs.slice(index).filter(({ id }) => id !== tabId);
    return withPane({ ...workspace, paneId }, { ...from, tabs: [...before, tab, ...after], tabId });
  }
  const moved = withPane({ ...workspace, paneId }, { ...to, tabs: to.tabs.toSpliced(index, 0, tab), tabId });
  const rest = from.tabs.filter(({ id }) => id !== tabId);
  const neighbour = rest[Math.min(from.tabs.indexOf(tab), rest.length - 1)];
  if (!neighbour) return { ...moved, panes: moved.panes.filter(({ id }) => id !== from.id) };
  return withPane(moved, { ...from, tabs: rest, tabId: from.tabId === tabId ? neighbour.id : from.tabId });
}

/** Puts a tab into the other pane, which is opened for it where there is none. The last tab of the window goes there as a copy. */
export function moveTabOver(workspace: Workspace, tabId: string): Workspace {
  const from = paneWith(workspace, tabId);
  if (!from) return workspace;
  const to = workspace.panes.find(({ id }) => id !== from.id);
  if (to) return moveTab(workspace, tabId, to.id, to.tabs.length);
  const active = selectTab(workspace, tabId);
  if (from.tabs.length === 1) return split(active, routeIn(active));
  const pane: Pane = { id: `pane-${active.next}`, tabs: [], tabId };
  return moveTab({ ...active, panes: [...active.panes, pane], next: active.next + 1 }, tabId, pane.id, 0);
}

/** Opens a second pane at the right, and goes on in it. */
export function split(workspace: Workspace, route: Route): Workspace {
  if (workspace.panes.length > 1) return workspace;
  const [tab, next] = newTab(workspace.next + 1, route);
  const pane: Pane = { id: `pane-${workspace.next}`, tabs: [tab], tabId: tab.id };
  return { ...workspace, panes: [...workspace.panes, pane], paneId: pane.id, next };
}

/** Closes the pane beside the active one. Its tabs can be opened again. */
export function unsplit(workspace: Workspace): Workspace {
  return closeTabs(workspace, otherPane(workspace)?.tabs.map(({ id }) => id) ?? []);
}

/** Opens something in the other pane, which is opened for it where there is none. The active pane stays the active one. */
export function visitOther(workspace: Workspace, route: Route): Workspace {
  const other = otherPane(workspace);
  return other ? visit(workspace, route, other.id) : { ...split(workspace, route), paneId: workspace.paneId };
}

function paneWith(workspace: Workspace, tabId: string): Pane | undefined {
  return workspace.panes.find(({ tabs }) => tabs.some(({ id }) => id === tabId));
}

function withPane(workspace: Workspace, pane: Pane): Workspace {
  return { ...workspace, panes: workspace.panes.map((old) => (old.id === pane.id ? pane : old)) };
}
