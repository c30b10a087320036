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
});
