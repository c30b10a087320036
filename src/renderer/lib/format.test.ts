import { describe, expect, it } from 'vitest';
import { formatAgo, formatDuration, formatSize } from './format.ts';

describe('formatSize', () => {
  it('shows three significant digits in the chosen units', () => {
    expect(formatSize(0, 'si', 'en')).toBe('0\u00a0B');
    expect(formatSize(999, 'si', 'en')).toBe('999\u00a0B');
    expect(formatSize(1536, 'iec', 'en')).toBe('1.5\u00a0KiB');
    expect(formatSize(2_000_000_000_000, 'si', 'en')).toBe('2\u00a0TB');
    expect(formatSize(12_345_678, 'si', 'de')).toBe('12,3\u00a0MB');
  });

  it('never shows 1000 of a unit', () => {
    expect(formatSize(999_999_999, 'si', 'en')).toBe('1\u00a0GB');
  });
});

describe('formatAgo', () => {
  const now = Date.parse('2026-01-10T12:00:00.000Z');
  it('names the largest whole unit', () => {
    expect(formatAgo('2026-01-07T11:00:00.000Z', 'en', now)).toBe('3 days ago');
    expect(formatAgo('2026-01-10T11:59:50.000Z', 'en', now)).toBe('now');
    expect(formatAgo('2026-01-09T12:00:00.000Z', 'de', now)).toBe('gestern');
  });
});

describe('formatDuration', () => {
  it('is short and never zero', () => {
    expect(formatDuration(0.2, 'en')).toBe('1s');
    expect(formatDuration(90, 'en')).toBe('2m');
    expect(formatDuration(3900, 'en')).toBe('1h 5m');
  });
});
