import { describe, expect, it } from 'vitest';
import { formatSize } from './format-size.ts';

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

  it.each([
    [1000, '1\u00a0kB', '1,000\u00a0B'],
    [1024, '1.02\u00a0kB', '1\u00a0KiB'],
    [999_499, '999\u00a0kB', '976\u00a0KiB'],
    [9_960_000_000, '9.96\u00a0GB', '9.28\u00a0GiB'],
    [2 ** 53, '9.01\u00a0PB', '8\u00a0PiB'],
  ])('writes %i bytes as %s or %s', (bytes, si, iec) => {
    expect(formatSize(bytes, 'si', 'en')).toBe(si);
    expect(formatSize(bytes, 'iec', 'en')).toBe(iec);
  });
});
