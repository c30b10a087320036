import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blkidToIdentity, parseUdevData } from './device-identity.ts';

const udevData = readFileSync(new URL('../../../../test/fixtures/volume/linux/sdb1.udev-data', import.meta.url), 'utf8');

test('the kinds of FAT are told apart', () => {
  expect(
    blkidToIdentity(
      new Map([
        ['TYPE', 'vfat'],
        ['VERSION', 'FAT16'],
        ['UUID', '1234-ABCD'],
      ]),
    ),
  ).toMatchObject({ type: 'FAT16', fileSystemUuid: '1234-ABCD' });
  expect(blkidToIdentity(new Map([['TYPE', 'vfat']])).type).toBe('vfat');
});

test('nothing at all is nothing', () => {
  expect(Object.values(blkidToIdentity(new Map()))).toEqual(Array(7).fill(null));
  expect(Object.values(parseUdevData('', '') ?? {})).toEqual(Array(7).fill(null));
});

test('udev tells the same, and labels as they are written', () => {
  expect(parseUdevData(udevData, '31')).toEqual({
    fileSystemUuid: '64E1-FC5A',
    label: 'SanDisk Ultra ä',
    type: 'exfat',
    partitionGuid: '5e1b0a5c-3f0c-4bd8-9c6f-0a4a8f0a2f11',
    partitionTypeGuid: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
    serial: '4C530001230506117415',
    model: 'Ultra',
  });
});

test('what udev read from media that are no longer in the device is not believed', () => {
  expect(parseUdevData(udevData, '32')).toBeNull();
});
