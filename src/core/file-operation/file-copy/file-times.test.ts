import { expect, it } from 'vitest';
import { utimeOf } from './file-times.ts';

const nanosecondsOf = (time: number | Date) => (time instanceof Date ? time.getTime() * 1e6 : time * 1e9);

it.each([
  ['the last instant before 1970', -1n],
  ['a millisecond before 1970', -1_000_000n],
  ['one and a half seconds before 1970', -1_500_000_000n],
  ['1901', -2_147_483_648_000_000_000n],
  ['the first instant of 1970', 0n],
  ['a time of our days', 1_700_000_000_123_456_789n],
  ['the last nanosecond of a second', 1_700_000_000_999_999_999n],
])('%s becomes no later, and stays in its second', (_, timeNs) => {
  const set = nanosecondsOf(utimeOf(timeNs));
  expect(set).toBeLessThanOrEqual(Number(timeNs));
  expect(Math.floor(set / 1e9)).toBe(Number(timeNs - (((timeNs % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1e9);
});
