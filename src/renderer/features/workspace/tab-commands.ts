/** @file What the user does with tabs and panes, as plain functions: keys, menus and the palette call them. */
import type { Route } from '../../lib/route.ts';
import { focusPane } from './focus-pane.ts';
import {
  closeTabs,
  duplicateTab,
  moveTab,
  moveTabOver,
  openTab,
  reopenTab as reopen,
  selectTab as select,
  selectNextTab,
  selectTabAt,
  split,
  unsplit,
  visitOther,
} from './tabs.ts';
import { activatePane, otherPane, paneOf, routeIn, tabOf } from './workspace.ts';
import { changeWorkspace, useWorkspace } from './workspace-store.ts';

/** @param inBackground the open tab stays open, as with the middle mouse button */
export function openInNewTab(route: Route, options: { inBackground?: boolean } = {}): void {
  changeWorkspace((workspace) => openTab(workspace, route, options));
}

/** Opens it beside the active pane, which stays the active one. */
export function openInOtherPane(route: Route): void {
  changeWorkspace((workspace) => visitOther(workspace, route));
}

/** A new tab where the open one is, as in other file managers. */
export function newTabHere(): void {
  openInNewTab(routeIn(useWorkspace.getState()));
}

const openTabId = () => tabOf(paneOf(useWorkspace.getState())).id;

/** @param tabId left out: the open one of the active pane */
export function closeTab(tabId: string = openTabId()): void {
  changeWorkspace((workspace) => closeTabs(workspace, [tabId]));
}

/** Closes all tabs of its pane but this one. */
export function closeOtherTabs(tabId: string = openTabId()): void {
  closeSiblings(tabId, (index, own) => index !== own);
}

export function closeTabsToTheRight(tabId: string = openTabId()): void {
  closeSiblings(tabId, (index, own) => index > own);
}

function closeSiblings(tabId: string, isClosed: (index: number, own: number) => boolean): void {
  changeWorkspace((workspace) => {
    const tabs = workspace.panes.map((pane) => pane.tabs).find((siblings) => siblings.some(({ id }) => id === tabId)) ?? [];
    const own = tabs.findIndex(({ id }) => id === tabId);
    const closed = tabs.filter((_tab, index) => isClosed(index, own)).map(({ id }) => id);
    return closeTabs(workspace, closed);
  });
}

/** Opens again what was closed last. */
export function reopenTab(): void {
  changeWorkspace(reopen);
}

export const canReopenTab = (): boolean => useWorkspace.getState().closed.length > 0;

export function duplicateOpenTab(tabId: string = openTabId()): void {
  changeWorkspace((workspace) => duplicateTab(workspace, tabId));
}

/** The next tab of the active pane (1), or the one before (-1). */
export function nextTab(by: 1 | -1): void {
  changeWorkspace((workspace) => selectNextTab(workspace, by));
}

export function selectTab(tabId: string): void {
  changeWorkspace((workspace) => select(workspace, tabId));
}

/** A tab of the active pane by its number, from 1; 9 is the last one, however many there are. */
export function selectTabNumber(number: number): void {
  changeWorkspace((workspace) => selectTabAt(workspace, number === 9 ? Number.POSITIVE_INFINITY : number - 1));
}

/** Puts a tab to another place: in front of the tab that is at `index` of a pane now. */
export function placeTab(tabId: string, paneId: string, index: number): void {
  changeWorkspace((workspace) => moveTab(workspace, tabId, paneId, index));
}

export function moveTabToOtherPane(tabId: string = openTabId()): void {
  changeWorkspace((workspace) => moveTabOver(workspace, tabId));
}

export const isSplit = (): boolean => useWorkspace.getState().panes.length > 1;

/** One pane becomes two, both with what is open; of two, the inactive one is closed. */
export function toggleSplit(): void {
  changeWorkspace((workspace) => (workspace.panes.length > 1 ? unsplit(workspace) : split(workspace, routeIn(workspace))));
  // The keyboard goes where commands go, as soon as that is drawn.
  requestAnimationFrame(() => focusPane(paneOf(useWorkspace.getState()).id));
}

/** Puts the keyboard into the other pane. */
export function focusOtherPane(): void {
  const other = otherPane(useWorkspace.getState());
  if (!other) return;
  changeWorkspace((workspace) => activatePane(workspace, other.id));
  focusPane(other.id);
}
