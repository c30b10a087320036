import { describe, expect, it } from 'vitest';
import { formatAgo, formatDuration } from './format.ts';

describe('formatAgo', () => {
  const now = Date.parse('2026-01-10T12:00:00.000Z');
  it('names the largest whole unit', () => {
    expect(formatAgo('2026-01-07T11:00:00.000Z', 'en', now)).toBe('3 days ago');
    expect(formatAgo('2026-01-10T11:59:50.000Z', 'en', now)).toBe('this minute');
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
