/**
 * @file What the window shows: one pane, or two side by side, each with tabs, each tab with its own way back and forward.
 * Pure functions, so that everything that can happen to tabs can be tested.
 */
import { formatRoute, type Route } from '../../lib/route.ts';

/** One place that a tab has been at. */
export interface Step {
  /** Never given twice in a window: what belongs to the step, as how far its list is scrolled, is kept under it. */
  key: string;
  route: Route;
}

export interface Tab {
  id: string;
  steps: readonly Step[];
  /** The one that is open; those after it are the way forward. */
  at: number;
}

export interface Pane {
  id: string;
  /** At least one. */
  tabs: readonly Tab[];
  /** The tab that is open. */
  tabId: string;
}

/** A tab that was closed, and where it was. */
export interface ClosedTab {
  tab: Tab;
  paneId: string;
  index: number;
}

export interface Workspace {
  /** One or two, from left to right. */
  panes: readonly Pane[];
  /** The pane that was pointed at or had the keyboard last: what is not part of a pane is about this one. */
  paneId: string;
  /** The newest last. */
  closed: readonly ClosedTab[];
  /** Numbers the next key or id. */
  next: number;
}

/** So many steps of a tab are remembered; of more, the oldest are forgotten. */
const MOST_STEPS = 60;
const HOME: Route = { page: 'home' };

/** A window with one tab. */
export function newWorkspace(route: Route = HOME): Workspace {
  const [tab, next] = newTab(1, route);
  return { panes: [{ id: 'pane-0', tabs: [tab], tabId: tab.id }], paneId: 'pane-0', closed: [], next };
}

/** A tab, and the number of what is made next. */
export function newTab(number: number, route: Route = HOME): [Tab, number] {
  return [{ id: `tab-${number}`, steps: [{ key: `step-${number + 1}`, route }], at: 0 }, number + 2];
}

/** @param paneId one that is not there any more counts as the active one */
export function paneOf(workspace: Workspace, paneId: string | null = null): Pane {
  const { panes } = workspace;
  const pane = panes.find(({ id }) => id === (paneId ?? workspace.paneId)) ?? panes.find(({ id }) => id === workspace.paneId) ?? panes[0];
  if (!pane) throw new Error('A window has at least one pane.');
  return pane;
}

/** The open tab of a pane. */
export function tabOf(pane: Pane): Tab {
  const tab = pane.tabs.find(({ id }) => id === pane.tabId) ?? pane.tabs[0];
  if (!tab) throw new Error('A pane has at least one tab.');
  return tab;
}

export function stepOf(tab: Tab): Step {
  const step = tab.steps[tab.at];
  if (!step) throw new Error('A tab is always at one of its steps.');
  return step;
}

/** The pane beside the active one. */
export function otherPane(workspace: Workspace): Pane | null {
  return workspace.panes.find(({ id }) => id !== workspace.paneId) ?? null;
}

/** What a pane shows. @param paneId left out: the active pane */
export const routeIn = (workspace: Workspace, paneId: string | null = null): Route => stepOf(tabOf(paneOf(workspace, paneId))).route;

const isSame = (a: Route, b: Route) => formatRoute(a) === formatRoute(b);

/** Goes on in the open tab of a pane. What is open already is no step. @param paneId left out: the active pane */
export function visit(workspace: Workspace, route: Route, paneId: string | null = null): Workspace {
  const tab = tabOf(paneOf(workspace, paneId));
  if (isSame(stepOf(tab).route, route)) return workspace;
  const steps = [...tab.steps.slice(0, tab.at + 1), { key: `step-${workspace.next}`, route }].slice(-MOST_STEPS);
  return withTab({ ...workspace, next: workspace.next + 1 }, { ...tab, steps, at: steps.length - 1 });
}

/** Shows something else at the step of the active pane that is open. */
export function revise(workspace: Workspace, route: Route): Workspace {
  const tab = tabOf(paneOf(workspace));
  return isSame(stepOf(tab).route, route)
    ? workspace
    : withTab(workspace, { ...tab, steps: tab.steps.with(tab.at, { ...stepOf(tab), route }) });
}

/** Goes back (below zero) or forward in the open tab of the active pane, as far as there are steps. */
export function travel(workspace: Workspace, by: number): Workspace {
  const tab = tabOf(paneOf(workspace));
  const at = Math.min(Math.max(tab.at + by, 0), tab.steps.length - 1);
  return at === tab.at ? workspace : withTab(workspace, { ...tab, at });
}

/** Writes another route in place of each that `change` gives one for, in all steps of all tabs. */
export function rewrite(workspace: Workspace, change: (route: Route) => Route | null): Workspace {
  const inStep = (step: Step): Step => {
    const route = change(step.route);
    return route === null ? step : { ...step, route };
  };
  const inTab = (tab: Tab): Tab => {
    const steps = tab.steps.map(inStep);
    return steps.some((step, index) => step !== tab.steps[index]) ? { ...tab, steps } : tab;
  };
  return {
    ...workspace,
    panes: workspace.panes.map((pane) => ({ ...pane, tabs: pane.tabs.map(inTab) })),
    closed: workspace.closed.map((closed) => ({ ...closed, tab: inTab(closed.tab) })),
  };
}

export function activatePane(workspace: Workspace, paneId: string): Workspace {
  const isThere = workspace.paneId !== paneId && workspace.panes.some(({ id }) => id === paneId);
  return isThere ? { ...workspace, paneId } : workspace;
}

/** The workspace with another version of a tab that it has. */
function withTab(workspace: Workspace, tab: Tab): Workspace {
  const inPane = (pane: Pane): Pane =>
    pane.tabs.some(({ id }) => id === tab.id) ? { ...pane, tabs: pane.tabs.map((old) => (old.id === tab.id ? tab : old)) } : pane;
  return { ...workspace, panes: workspace.panes.map(inPane) };
}
