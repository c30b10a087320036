import { describe, expect, it } from 'vitest';
import { layerStart } from './row-layer.ts';

const ROW_HEIGHT = 30;

describe('layerStart', () => {
  it('leaves the beginning of a view where it is', () => {
    expect(layerStart(0)).toBe(0);
    expect(layerStart(34_000 * ROW_HEIGHT)).toBe(0);
  });

  it('gives places that floats of 32 bits hold, for every row of a million', () => {
    expect(Math.fround(700_001 * ROW_HEIGHT + 1)).not.toBe(700_001 * ROW_HEIGHT + 1);
    for (let row = 0; row < 1_000_000; row += 997) {
      const place = row * ROW_HEIGHT + 1;
      const start = layerStart(place);
      expect([Math.fround(start), Math.fround(place - start)]).toEqual([start, place - start]);
    }
  });
});
