import { describe, expect, it } from 'vitest';
import { speedPaths } from './speed-path.ts';

describe('speedPaths', () => {
  it('draws nothing of one moment', () => {
    expect(speedPaths([], 100, 20)).toBeNull();
    expect(speedPaths([{ at: 0, bytesPerSecond: 5 }], 100, 20)).toBeNull();
  });

  it('ends now at the right, and has the fastest at the top', () => {
    const samples = [
      { at: 0, bytesPerSecond: 50 },
      { at: 30_000, bytesPerSecond: 100 },
      { at: 60_000, bytesPerSecond: 0 },
    ];
    expect(speedPaths(samples, 100, 22)).toEqual({
      line: 'M0 11L50 1L100 21',
      area: 'M0 11L50 1L100 21L100 22L0 22Z',
      most: 100,
    });
  });
});
