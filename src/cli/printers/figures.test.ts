import { expect, it } from 'vitest';
import { formatCount, formatDuration, formatSize, formatTime } from './figures.ts';

it('tells sizes as the page does, with a space that can be searched for', () => {
  expect(formatSize(1_500_000_000, 'si')).toBe('1.5 GB');
  expect(formatSize(1_500_000_000, 'iec')).toBe('1.4 GiB');
});

it('tells durations in two units at most', () => {
  expect([0, 59.4, 61, 3600, 7509].map(formatDuration)).toEqual(['0 s', '59 s', '1 min 01 s', '1 h 00 min', '2 h 05 min']);
});

it('tells times in the zone of the user', () => {
  const date = new Date(2026, 4, 3, 7, 5);
  expect(formatTime(date.toISOString())).toBe('2026-05-03 07:05');
  expect(formatTime(null)).toBe('–');
});

it('tells how many', () => {
  expect([0, 1, 1234567].map((count) => formatCount(count, 'file'))).toEqual(['0 files', '1 file', '1,234,567 files']);
  expect(formatCount(2, 'entry', 'entries')).toBe('2 entries');
});
