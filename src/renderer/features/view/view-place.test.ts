import { describe, expect, it } from 'vitest';
import { placeAt, START, scrolledTo } from './view-place.ts';

const LIST = { rowHeight: 30, perRow: 1 };
const GRID = { rowHeight: 170, perRow: 7 };

describe('the place of a view', () => {
  it('is found again to the pixel', () => {
    for (const scrolled of [0, 1, 299, 300, 21_000_017]) expect(scrolledTo(placeAt(scrolled, 600, LIST), LIST)).toBe(scrolled);
    expect(scrolledTo(START, GRID)).toBe(0);
  });

  it('names what is in sight', () => {
    expect(placeAt(310, 600, LIST)).toEqual({ first: 10, last: 30, within: 10 });
    expect(placeAt(0, 340, GRID)).toEqual({ first: 0, last: 13, within: 0 });
  });

  it('shows in rows of another shape what was topmost', () => {
    const left = placeAt(700_000 * 30, 600, LIST);
    expect(scrolledTo(left, GRID)).toBe(100_000 * 170);
    expect(placeAt(scrolledTo(left, GRID), 600, GRID).first).toBe(700_000);
  });
});
