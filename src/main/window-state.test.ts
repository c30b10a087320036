import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { boundsOnScreen, readWindowState, writeWindowState } from './window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-window-'));
const path = join(folder, 'window.json');
afterEach(() => rmSync(path, { force: true }));

describe('the state of the window', () => {
  it('survives a round trip', () => {
    const state = { bounds: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: true, theme: 'dark' } as const;
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
  });

  it.each(['', '{', '{"bounds":{"x":"a"}}', '[]'])('is the default when the file says %j', (text) => {
    writeFileSync(path, text);
    expect(readWindowState(path)).toEqual({ bounds: null, isMaximized: false, theme: 'system' });
  });
});

describe('boundsOnScreen', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1050 };

  it('keeps what can be reached', () => {
    const bounds = { x: 1800, y: 0, width: 800, height: 600 };
    expect(boundsOnScreen(bounds, [screen])).toBe(bounds);
  });

  it.each([
    { x: 1900, y: 0, width: 800, height: 600 },
    { x: -790, y: 0, width: 800, height: 600 },
    { x: 100, y: -300, width: 800, height: 600 },
    { x: 3000, y: 100, width: 800, height: 600 },
  ])('forgets a place that no screen shows any more: %j', (bounds) => {
    expect(boundsOnScreen(bounds, [screen])).toBeNull();
  });
});
