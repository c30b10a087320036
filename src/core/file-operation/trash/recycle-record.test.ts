import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatRecycleRecord, parseRecycleRecord } from './recycle-record.ts';

const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('hex');
const deletedAt = new Date('2019-03-19T20:51:35Z');

it('writes version 2, as Windows 10 does', () => {
  const bytes = formatRecycleRecord({ sizeBytes: 4096n, deletedAt, originalPath: 'E:\\a.txt' });
  // 2019-03-19 20:51:35 UTC is 131974842950000000 tenths of microseconds after 1601.
  expect(bytes.readBigInt64LE(16)).toBe(131_975_022_950_000_000n);
  const time = bytes.subarray(16, 24).toString('hex');
  expect(bytes.toString('hex')).toBe(`02000000000000000010000000000000${time}09000000${utf16('E:\\a.txt\0')}`);
});

it('reads version 1, which has room for 260 characters', () => {
  const header = Buffer.from(formatRecycleRecord({ sizeBytes: 1n, deletedAt, originalPath: '' }).subarray(0, 24));
  header.writeBigInt64LE(1n, 0);
  const path = Buffer.alloc(520);
  path.write('C:\\Users\\ü.txt', 'utf16le');
  expect(parseRecycleRecord(Buffer.concat([header, path]))).toEqual({ sizeBytes: 1n, deletedAt, originalPath: 'C:\\Users\\ü.txt' });
});

it('reads what it writes', () => {
  const record = fc.record({
    sizeBytes: fc.bigInt({ min: 0n, max: 2n ** 62n }),
    deletedAt: fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
    originalPath: fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
  });
  fc.assert(
    fc.property(record, (one) => {
      expect(parseRecycleRecord(formatRecycleRecord(one))).toEqual({ ...one });
    }),
  );
});

it('refuses what is cut off, of another version, or says to be longer than it is', () => {
  const whole = formatRecycleRecord({ sizeBytes: 1n, deletedAt, originalPath: 'C:\\a' });
  for (let length = 0; length < whole.length; length++) expect(parseRecycleRecord(whole.subarray(0, length))).toBeNull();
  const other = Buffer.from(whole);
  other.writeBigInt64LE(3n, 0);
  expect(parseRecycleRecord(other)).toBeNull();
  const long = Buffer.from(whole);
  long.writeUInt32LE(0xffff_ffff, 24);
  expect(parseRecycleRecord(long)).toBeNull();
});
