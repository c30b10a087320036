import { describe, expect, it } from 'vitest';
import type { Route } from '../../lib/route.ts';
import { newWorkspace, paneOf, revise, rewrite, routeIn, stepOf, tabOf, travel, visit, type Workspace } from './workspace.ts';
import { readWorkspace, writeWorkspace } from './workspace-storage.ts';

const folder = (path: string): Route => ({ page: 'volume', fingerprint: 'a'.repeat(64), section: 'files', path });
const [a, b, c] = [folder('sd://x/a'), folder('sd://x/b'), folder('sd://x/c')];
const openTab = (workspace: Workspace) => tabOf(paneOf(workspace));
const at = (...routes: Route[]) => routes.reduce((workspace, route) => visit(workspace, route), newWorkspace());

describe('the way of a tab', () => {
  it('leads back and forward, and begins anew where one turns off', () => {
    const walked = at(a, b, c);
    expect(routeIn(travel(walked, -2))).toEqual(a);
    expect(routeIn(travel(travel(walked, -2), 1))).toEqual(b);
    const turned = visit(travel(walked, -2), c);
    expect(openTab(turned).steps.map(({ route }) => route)).toEqual([{ page: 'home' }, a, c]);
    expect(travel(turned, 1)).toBe(turned);
  });

  it('goes no further than it leads', () => {
    expect(routeIn(travel(at(a), -99))).toEqual({ page: 'home' });
    expect(routeIn(travel(at(a), 99))).toEqual(a);
  });

  it('has no step for what is open already', () => expect(visit(at(a), a)).toEqual(at(a)));

  it('is no longer than what anybody walks back', () => {
    const walked = at(...Array.from({ length: 200 }, (_, index) => folder(`sd://x/${index}`)));
    expect(openTab(walked).steps.length).toBeLessThan(100);
    expect(routeIn(walked)).toEqual(folder('sd://x/199'));
    expect(routeIn(travel(walked, -1))).toEqual(folder('sd://x/198'));
  });

  it('keeps its step while something else is shown at it, and gives no key twice', () => {
    const walked = at(a, b);
    const changed = revise(walked, c);
    expect(stepOf(openTab(changed))).toEqual({ key: stepOf(openTab(walked)).key, route: c });
    const keys = openTab(visit(travel(changed, -1), b)).steps.map(({ key }) => key);
    expect(new Set([...keys, stepOf(openTab(changed)).key]).size).toBe(4);
  });

  it('is found under the names that folders have now', () => {
    const moved = rewrite(at(a, b), (route) => (route === a ? c : null));
    expect(openTab(moved).steps.map(({ route }) => route)).toEqual([{ page: 'home' }, c, b]);
  });
});

describe('what is kept of a window', () => {
  it('comes back as it was', () => {
    const workspace = travel(at(a, b, { page: 'search', query: 'ö & "x"', sort: 'size', order: 'desc', saved: null }), -1);
    expect(readWorkspace(writeWorkspace(workspace))).toEqual(workspace);
  });

  it('is nothing when it was written by somebody else', () => {
    const half = JSON.parse(writeWorkspace(at(a)));
    half.panes[0].tabs[0].at = 7;
    for (const text of [null, '', '{', '{}', 'null', '[1]', JSON.stringify(half)]) expect(readWorkspace(text)).toBeNull();
  });

  it('leads home where an address means nothing', () => {
    const strange = JSON.parse(writeWorkspace(at(a)));
    strange.panes[0].tabs[0].steps[1].route = '#/javascript:alert(1)';
    expect(routeIn(readWorkspace(JSON.stringify(strange)) ?? at(a))).toEqual({ page: 'home' });
  });
});
