import { describe, expect, it } from 'vitest';
import { layTiles, tilesIn } from './grid-layout.ts';
import { gridStep, listStep, stripStep } from './view-steps.ts';

describe('tiles', () => {
  const layout = layTiles({ width: 640, tileSize: 120, isCompact: false });

  it('fill the width, and are one below the other where there is no room', () => {
    expect(layout.perRow).toBe(4);
    expect(layout.left + 3 * layout.columnWidth + layout.tileWidth).toBeLessThanOrEqual(640);
    expect(layTiles({ width: 60, tileSize: 120, isCompact: false }).perRow).toBe(1);
    expect(layTiles({ width: 640, tileSize: 120, isCompact: true }).rowHeight).toBeLessThan(layout.rowHeight);
  });

  it('are found by the rectangle that touches them', () => {
    const { left, top, columnWidth, rowHeight, tileWidth } = layout;
    const between = { left: left + tileWidth + 1, right: left + columnWidth - 1, top: 0, bottom: 3 * rowHeight };
    expect(tilesIn(between, layout)).toEqual([]);
    const square = { left: left + columnWidth + 5, right: left + 2 * columnWidth + 5, top: top + 5, bottom: top + rowHeight + 5 };
    expect(tilesIn(square, layout)).toEqual([
      { first: 1, last: 2 },
      { first: 5, last: 6 },
    ]);
    expect(tilesIn({ left: 0, right: 5000, top: 0, bottom: top + 5 }, layout)).toEqual([{ first: 0, last: 3 }]);
  });

  it('are reached by the arrow keys', () => {
    const shape = { perRow: 4, pageRows: 2, count: 10 };
    const steps = (from: number, ...keys: string[]) => keys.map((key) => gridStep(key, from, shape));
    expect(steps(5, 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp')).toEqual([6, 4, 9, 1]);
    // Below the sixth there is none: the last one is the nearest. Below the last row there is nothing.
    expect(steps(7, 'ArrowDown')).toEqual([9]);
    expect(steps(9, 'ArrowDown', 'PageUp', 'Home', 'End')).toEqual([9, 1, 0, 9]);
    expect(steps(2, 'ArrowUp', 'PageUp', 'PageDown')).toEqual([2, 2, 9]);
    expect(steps(-1, 'ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft')).toEqual([0, 9, 0, 9]);
    expect(steps(3, 'x')).toEqual([null]);
  });

  it('are beside each other in a strip, and below each other in a list', () => {
    const shape = { pageRows: 5, count: 10 };
    expect(['ArrowRight', 'ArrowDown', 'PageUp'].map((key) => stripStep(key, 6, shape))).toEqual([7, 7, 1]);
    expect(['ArrowRight', 'ArrowDown', 'End'].map((key) => listStep(key, 6, shape))).toEqual([null, 7, 9]);
  });
});
