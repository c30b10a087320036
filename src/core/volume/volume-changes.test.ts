import { expect, test } from 'vitest';
import type { LiveVolume } from './live-volume.ts';
import { compareVolumes } from './volume-changes.ts';

const GB = 1_000_000_000;
const volume = (fingerprint: string, facts: Partial<LiveVolume> = {}): LiveVolume => ({
  key: fingerprint,
  fingerprint,
  ownFingerprint: fingerprint,
  mountPoints: ['/mnt'],
  device: '/dev/sdb1',
  fileSystem: 'ext4',
  label: null,
  mountType: 'External',
  diskType: 'SSD',
  isReadOnly: false,
  isRemovable: true,
  isEjectable: true,
  hiddenBecause: null,
  totalBytes: 1000 * GB,
  availableBytes: 500 * GB,
  unresponsive: false,
  hardwareModel: null,
  hardwareId: null,
  order: 1,
  identity: { source: 'filesystem-uuid', confidence: 'strong', resembles: null },
  identifiers: { fileSystemUuid: 'u', partitionGuid: null, serial: null, networkAddress: null, imageId: null },
  ...facts,
});
const updated = (facts: Partial<LiveVolume>, before: Partial<LiveVolume> = {}) =>
  compareVolumes(new Map([['a', volume('a', before)]]), [volume('a', facts)]).updated.length > 0;

test('coming, going and moving are told apart', () => {
  const before = new Map(['gone', 'moved', 'same'].map((fingerprint) => [fingerprint, volume(fingerprint)]));
  const changes = compareVolumes(before, [volume('new'), volume('moved', { mountPoints: ['/mnt', '/b'] }), volume('same')]);
  expect(Object.entries(changes).map(([kind, volumes]) => [kind, volumes.map(({ fingerprint }: LiveVolume) => fingerprint)])).toEqual([
    ['mounted', ['new']],
    ['unmounted', ['gone']],
    ['moved', ['moved']],
    ['updated', []],
  ]);
});

test('the same drive, plugged in anew at the same place between two looks, is news', () => {
  const before = new Map([['a', volume('a', { drive: '7:1 20' })]]);
  expect(compareVolumes(before, [volume('a', { drive: '7:1 20' })]).moved).toEqual([]);
  expect(compareVolumes(before, [volume('a', { drive: '7:1 21' })]).moved).toHaveLength(1);
});

test('free space is news from one gibibyte or one hundredth on', () => {
  expect(updated({ availableBytes: 499.5 * GB })).toBe(false);
  expect(updated({ availableBytes: 498 * GB })).toBe(true);
  const small = { totalBytes: 1 * GB, availableBytes: 0.5 * GB };
  expect(updated({ ...small, availableBytes: 0.495 * GB }, small)).toBe(false);
  expect(updated({ ...small, availableBytes: 0.48 * GB }, small)).toBe(true);
  expect(updated({ availableBytes: null, totalBytes: null, unresponsive: true })).toBe(true);
});

test('what people see of it is news', () => {
  expect(updated({})).toBe(false);
  for (const facts of [{ isReadOnly: true }, { unresponsive: true }, { label: 'x' }, { device: '/dev/sdc1' }])
    expect(updated(facts)).toBe(true);
});
