import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseBlkidExport, parseUdevData } from './device-identity.ts';

const udevData = readFileSync(new URL('../../../../test/fixtures/volume/linux/sdb1.udev-data', import.meta.url), 'utf8');

test('blkid tells what lies on a device, with spaces and backslashes in labels', () => {
  const stdout =
    'DEVNAME=/dev/loop0\nLABEL=My\\ \\\\disk\\=1\nUUID=c60526df-a168-4c88-8a99-62229767afc4\nVERSION=1.0\nTYPE=ext4\nUSAGE=filesystem\nPART_ENTRY_UUID=aa-01\n';
  expect(parseBlkidExport(stdout)).toMatchObject({
    label: 'My \\disk=1',
    fileSystemUuid: 'c60526df-a168-4c88-8a99-62229767afc4',
    type: 'ext4',
    partitionGuid: 'aa-01',
  });
});

test('the kinds of FAT are told apart', () => {
  expect(parseBlkidExport('TYPE=vfat\nVERSION=FAT16\nUUID=1234-ABCD\n').type).toBe('FAT16');
  expect(parseBlkidExport('TYPE=vfat\n').type).toBe('vfat');
});

test('nothing at all is nothing', () => {
  expect(Object.values(parseBlkidExport(''))).toEqual(Array(7).fill(null));
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
