import { closeSync, fstatSync, futimesSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { storedTimeOf, utimeOf } from './file-times.ts';

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

it.skipIf(process.platform === 'win32')('is known before the file system is asked, where that counts nanoseconds', () => {
  const path = join(tmpdir(), `mooring-times-${process.pid}`);
  const fd = openSync(path, 'w');
  try {
    for (let timeNs = 17n; timeNs < 4_000_000_000_000_000_000n; timeNs = timeNs * 3n + 7_777_777n) {
      const utime = utimeOf(timeNs);
      futimesSync(fd, utime, utime);
      expect(storedTimeOf(utime), String(timeNs)).toBe(fstatSync(fd, { bigint: true }).mtimeNs);
    }
    for (let timeNs = 1_700_000_000_000_000_000n; timeNs < 1_700_000_300_000_000_000n; timeNs += 999_999_937n) {
      const utime = utimeOf(timeNs);
      futimesSync(fd, utime, utime);
      expect(storedTimeOf(utime), String(timeNs)).toBe(fstatSync(fd, { bigint: true }).mtimeNs);
    }
  } finally {
    closeSync(fd);
    rmSync(path);
  }
});
