import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { boundsOnScreen, freeNumber, readWindowState, type WindowState, writeWindowState } from './window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'mooring-window-'));
const path = join(folder, 'window.json');
afterEach(() => rmSync(path, { force: true }));

describe('the state of the windows', () => {
  const other = { number: 2, bounds: { x: 40, y: 50, width: 700, height: 600 }, isMaximized: false };

  it('survives a round trip', () => {
    const state: WindowState = { bounds: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: true, theme: 'dark', others: [other] };
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
  });

  it.each(['', '{', '{"bounds":{"x":"a"}}', '[]'])('is the default when the file says %j', (text) => {
    writeFileSync(path, text);
    expect(readWindowState(path)).toEqual({ bounds: null, isMaximized: false, theme: 'system', others: [] });
  });

  it('keeps the place of the main window where that of others is not understood, or not there', () => {
    for (const others of [', "others": [{ "number": 1 }]', '']) {
      writeFileSync(path, `{ "bounds": null, "isMaximized": true, "theme": "dark"${others} }`);
      expect(readWindowState(path)).toEqual({ bounds: null, isMaximized: true, theme: 'dark', others: [] });
    }
  });

  it('has numbers for windows, of which the lowest that is free comes next', () => {
    expect([freeNumber([]), freeNumber([other]), freeNumber([{ number: 3 }, other]), freeNumber([{ number: 3 }])]).toEqual([2, 3, 4, 2]);
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
