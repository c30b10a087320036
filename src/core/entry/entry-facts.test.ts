import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toTimestamp, UNTELLABLE_MS } from './entry-facts.ts';

it('tells any time of years one to 9999 as ISO 8601 does, rounded down to milliseconds', () => {
  fc.assert(
    fc.property(fc.double({ min: Date.UTC(1, 0), max: UNTELLABLE_MS - 1, noNaN: true }), (ms) => {
      expect(toTimestamp(ms)).toBe(new Date(Math.floor(ms)).toISOString());
    }),
  );
  expect(toTimestamp(-1)).toBe('1969-12-31T23:59:59.999Z');
});

it('tells no other time', () => {
  for (const ms of [Date.UTC(1, 0) - 1, UNTELLABLE_MS, Number.NaN, Number.POSITIVE_INFINITY]) expect(toTimestamp(ms)).toBe(null);
});
