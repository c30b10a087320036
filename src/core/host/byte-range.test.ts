import { describe, expect, it } from 'vitest';
import { parseByteRange } from './byte-range.ts';

describe('parseByteRange', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    [' bytes=5-6 ', { start: 5, end: 6 }],
  ])('reads %s', (header, range) => expect(parseByteRange(header, 100)).toEqual(range));

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=99999999999999999999-'])('finds nothing at %s', (header) =>
    expect(parseByteRange(header, 100)).toBe('unsatisfiable'),
  );

  it('sends all of an empty file', () => {
    expect(parseByteRange('bytes=0-', 0)).toBeNull();
    expect(parseByteRange('bytes=-5', 0)).toBeNull();
  });

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=0-1,5-6', 'items=0-5', 'bytes=a-b', 'bytes=1.5-2', 'bytes=-1-2'])(
    'sends the whole file for %s',
    (header) => expect(parseByteRange(header, 100)).toBeNull(),
  );
});
