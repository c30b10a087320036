import { expect, it } from 'vitest';
import { formatDuration, formatSize, formatTime } from './sizes.ts';

it.each([
  [0, '0 B', '0 B'],
  [999, '999 B', '999 B'],
  [1000, '1.0 kB', '1000 B'],
  [1024, '1.0 kB', '1.0 KiB'],
  [999_499, '999 kB', '976 KiB'],
  [999_500, '1.0 MB', '976 KiB'],
  [1_500_000_000, '1.5 GB', '1.4 GiB'],
  [9_960_000_000, '10 GB', '9.3 GiB'],
  [2 ** 53, '9.0 PB', '8.0 PiB'],
])('%i bytes are %s or %s', (bytes, si, iec) => {
  expect(formatSize(bytes, 'si')).toBe(si);
  expect(formatSize(bytes, 'iec')).toBe(iec);
});

it('tells durations in two units at most', () => {
  expect([0, 59.4, 61, 3600, 7509].map(formatDuration)).toEqual(['0 s', '59 s', '1 min 01 s', '1 h 00 min', '2 h 05 min']);
});

it('tells times in the zone of the user', () => {
  const date = new Date(2026, 4, 3, 7, 5);
  expect(formatTime(date.toISOString())).toBe('2026-05-03 07:05');
  expect(formatTime(null)).toBe('–');
});
