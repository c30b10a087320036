import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../lib/route.ts';
import {
  closeTabs,
  duplicateTab,
  moveTab,
  moveTabOver,
  openTab,
  reopenTab,
  selectNextTab,
  selectTabAt,
  split,
  unsplit,
  visitOther,
} from './tabs.ts';
import { activatePane, newWorkspace, paneOf, routeIn, stepOf, tabOf, travel, visit, type Workspace } from './workspace.ts';
import { readWorkspace, writeWorkspace } from './workspace-storage.ts';

const folder = (name: string): Route => ({ page: 'volume', fingerprint: 'a'.repeat(64), section: 'files', path: `sd://x/${name}` });
/** A window with these tabs, the last one open. */
const tabs = (...names: string[]): Workspace =>
  names.slice(1).reduce((workspace, name) => openTab(workspace, folder(name)), newWorkspace(folder(names[0] ?? '')));
const nameOf = (route: Route) => (route.page === 'volume' ? (route.path ?? '').replace('sd://x/', '') : route.page);
/** The tabs of each pane, the open one in brackets, the active pane with a star. */
const shown = (workspace: Workspace): string =>
  workspace.panes
    .map((pane) => {
      const names = pane.tabs.map((tab) => (tab.id === pane.tabId ? `[${nameOf(stepOf(tab).route)}]` : nameOf(stepOf(tab).route)));
      return names.join(' ') + (pane.id === workspace.paneId ? '*' : '');
    })
    .join(' | ');
const idOf = (workspace: Workspace, name: string) =>
  workspace.panes.flatMap((pane) => pane.tabs).find((tab) => nameOf(stepOf(tab).route) === name)?.id ?? '';
const close = (workspace: Workspace, ...names: string[]) =>
  closeTabs(
    workspace,
    names.map((name) => idOf(workspace, name)),
  );

describe('tabs', () => {
  it('open beside the open one, also behind it', () => {
    const three = selectTabAt(tabs('a', 'b', 'c'), 0);
    expect(shown(openTab(three, folder('x')))).toBe('a [x] b c*');
    expect(shown(openTab(three, folder('x'), { inBackground: true }))).toBe('[a] x b c*');
  });

  it('each keep their own way', () => {
    const two = visit(selectTabAt(visit(tabs('a', 'b'), folder('b2')), 0), folder('a2'));
    expect(shown(travel(two, -1))).toBe('[a] b2*');
    expect(shown(travel(selectNextTab(two, 1), -1))).toBe('a2 [b]*');
  });

  it('follow each other round and round, and are found by number', () => {
    expect(shown(selectNextTab(tabs('a', 'b', 'c'), 1))).toBe('[a] b c*');
    expect(shown(selectNextTab(selectTabAt(tabs('a', 'b', 'c'), 0), -1))).toBe('a b [c]*');
    expect(shown(selectTabAt(tabs('a', 'b', 'c'), 1))).toBe('a [b] c*');
    expect(shown(selectTabAt(tabs('a', 'b', 'c'), 99))).toBe('a b [c]*');
  });

  it('leave the one beside them open when they are closed, and come back where they were', () => {
    const middle = selectTabAt(tabs('a', 'b', 'c'), 1);
    const closed = close(middle, 'b');
    expect(shown(closed)).toBe('a [c]*');
    expect(shown(reopenTab(closed))).toBe('a [b] c*');
    expect(shown(reopenTab(reopenTab(close(middle, 'a', 'c'))))).toBe('[a] b c*');
    expect(shown(close(middle, 'a'))).toBe('[b] c*');
  });

  it('are never none: after the last one comes a new one', () => {
    const closed = close(tabs('a'), 'a');
    expect(shown(closed)).toBe('[home]*');
    expect(close(closed, 'home').closed).toHaveLength(1);
    expect(shown(reopenTab(closed))).toBe('[a] home*');
  });

  it('are duplicated with the way that led there', () => {
    const copied = duplicateTab(visit(tabs('a'), folder('b')), idOf(tabs('a'), 'a'));
    expect(shown(copied)).toBe('b [b]*');
    expect(shown(travel(copied, -1))).toBe('b [a]*');
  });

  it('are dragged to other places', () => {
    const four = tabs('a', 'b', 'c', 'd');
    const place = (name: string, index: number) => shown(moveTab(four, idOf(four, name), 'pane-0', index));
    expect(place('a', 0)).toBe('[a] b c d*');
    expect(place('a', 1)).toBe('[a] b c d*');
    expect(place('a', 2)).toBe('b [a] c d*');
    expect(place('a', 4)).toBe('b c d [a]*');
    expect(place('d', 0)).toBe('[d] a b c*');
  });
});

describe('panes', () => {
  const two = split(tabs('a', 'b'), folder('c'));
  const [left = '', right = ''] = two.panes.map(({ id }) => id);

  it('are two at most, and the new one is the active one', () => {
    expect(shown(two)).toBe('a [b] | [c]*');
    expect(split(two, folder('d'))).toBe(two);
  });

  it('give tabs to each other, and go with their last one', () => {
    expect(shown(moveTab(two, idOf(two, 'a'), right, 0))).toBe('[b] | [a] c*');
    expect(shown(moveTab(two, idOf(two, 'b'), right, 9))).toBe('[a] | c [b]*');
    expect(shown(moveTab(two, idOf(two, 'c'), left, 1))).toBe('a [c] b*');
    expect(shown(moveTabOver(two, idOf(two, 'c')))).toBe('a b [c]*');
    expect(shown(moveTabOver(tabs('a', 'b'), idOf(tabs('a', 'b'), 'b')))).toBe('[a] | [b]*');
    expect(shown(moveTabOver(tabs('a'), idOf(tabs('a'), 'a')))).toBe('[a] | [a]*');
  });

  it('close with their tabs, which come back in the one that is left', () => {
    expect(shown(unsplit(two))).toBe('[c]*');
    expect(shown(reopenTab(unsplit(two)))).toBe('c [b]*');
    expect(shown(unsplit(activatePane(two, left)))).toBe('a [b]*');
    expect(shown(close(two, 'c'))).toBe('a [b]*');
  });

  it('show something beside the active one, which stays it', () => {
    expect(shown(visitOther(two, folder('x')))).toBe('a [x] | [c]*');
    expect(shown(visitOther(tabs('a'), folder('x')))).toBe('[a]* | [x]');
  });
});

it('stays a window whatever is done to it', () => {
  const someTab = fc.nat({ max: 30 });
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('open', 'visit', 'split', 'unsplit', 'reopen', 'over', 'next', 'back'), tab: someTab }),
    fc.record({
      kind: fc.constantFrom('close', 'move', 'duplicate', 'pane'),
      tab: someTab,
      to: fc.nat({ max: 1 }),
      index: fc.nat({ max: 8 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let workspace = newWorkspace();
      for (const [number, { kind, tab: chosen, ...rest }] of steps.entries()) {
        const all = workspace.panes.flatMap((pane) => pane.tabs);
        const tabId = all[chosen % all.length]?.id ?? '';
        const { to, index } = { to: 0, index: 0, ...rest };
        const paneId = workspace.panes[to]?.id ?? 'none';
        const count = all.length;
        const steps: Record<string, () => Workspace> = {
          open: () => openTab(workspace, folder(String(number)), { inBackground: chosen % 2 === 0 }),
          visit: () => visit(workspace, folder(String(number))),
          split: () => split(workspace, routeIn(workspace)),
          unsplit: () => unsplit(workspace),
          reopen: () => reopenTab(workspace),
          over: () => moveTabOver(workspace, tabId),
          next: () => selectNextTab(workspace, chosen - 15),
          back: () => travel(workspace, chosen - 15),
          close: () => closeTabs(workspace, [tabId]),
          move: () => moveTab(workspace, tabId, paneId, index),
          duplicate: () => duplicateTab(workspace, tabId),
          pane: () => activatePane(workspace, paneId),
        };
        workspace = steps[kind]?.() ?? workspace;
        const ids = workspace.panes.flatMap((pane) => pane.tabs).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        if (kind === 'move') expect(ids.length).toBe(count);
        expect(workspace.panes.length).toBeGreaterThanOrEqual(1);
        expect(workspace.panes.length).toBeLessThanOrEqual(2);
        expect(workspace.panes.map(({ id }) => id)).toContain(workspace.paneId);
        for (const pane of workspace.panes) expect(pane.tabs.map(({ id }) => id)).toContain(pane.tabId);
        expect(tabOf(paneOf(workspace)).steps.length).toBeGreaterThan(tabOf(paneOf(workspace)).at);
        expect(new Set(workspace.panes.flatMap((pane) => pane.tabs).flatMap((tab) => tab.steps.map(({ key }) => key))).size).toBe(
          workspace.panes.flatMap((pane) => pane.tabs).flatMap((tab) => tab.steps).length,
        );
      }
      expect(readWorkspace(writeWorkspace(workspace))).toEqual(workspace);
    }),
    { numRuns: 200 },
  );
});
