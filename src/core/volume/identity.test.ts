import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DetectedVolume } from './detector.ts';
import { assignIdentities, type KnownIdentity } from './identity.ts';
import type { LiveVolume } from './live-volume.ts';

function detected(key: string, identity: Partial<DetectedVolume['identity']> = {}, facts: Partial<DetectedVolume> = {}): DetectedVolume {
  return {
    key,
    mountPoints: [`/mnt/${key}`],
    device: `/dev/${key}`,
    fileSystem: 'ext4',
    label: null,
    mountType: 'External',
    diskType: 'SSD',
    isReadOnly: false,
    isRemovable: true,
    isEjectable: true,
    hiddenBecause: null,
    totalBytes: 1000,
    availableBytes: 500,
    unresponsive: false,
    hardwareModel: null,
    identity: { fileSystemUuid: null, partitionGuid: null, serial: null, networkAddress: null, imageId: null, ...identity },
    ...facts,
  };
}

function assign(
  volumes: DetectedVolume[],
  {
    previous = [],
    tracked = [],
    markers = {},
  }: { previous?: LiveVolume[]; tracked?: KnownIdentity[]; markers?: Record<string, string> } = {},
): LiveVolume[] {
  let order = Math.max(0, ...previous.map((volume) => volume.order));
  return assignIdentities({ detected: volumes, markers: new Map(Object.entries(markers)), previous, tracked, nextOrder: () => ++order });
}

const only = (volumes: LiveVolume[]): LiveVolume => {
  const [volume] = volumes;
  if (!volume) throw new Error('There is none');
  return volume;
};

test('the strongest identity at hand counts', () => {
  const sourceOf = (identity: Partial<DetectedVolume['identity']>) => only(assign([detected('a', identity)])).identity.source;
  const all = { fileSystemUuid: 'u', partitionGuid: 'p', serial: 's', networkAddress: 'n:/x' };
  expect(sourceOf(all)).toBe('filesystem-uuid');
  expect(sourceOf({ ...all, fileSystemUuid: null })).toBe('partition-guid');
  expect(sourceOf({ serial: 's', networkAddress: 'n:/x' })).toBe('hardware');
  expect(sourceOf({ networkAddress: 'n:/x' })).toBe('network-address');
  expect(sourceOf({})).toBe('none');
  expect(only(assign([detected('a', { networkAddress: 'n:/x' })], { markers: { a: 'm' } })).identity).toMatchObject({
    source: 'marker',
    confidence: 'strong',
  });
});

test('where it is mounted and what it is called do not matter', () => {
  const fingerprint = (facts: Partial<DetectedVolume>) => only(assign([detected('a', { fileSystemUuid: 'AB-CD' }, facts)])).fingerprint;
  expect(fingerprint({ mountPoints: ['/elsewhere'], device: '/dev/sdz9', label: 'Renamed', key: 'z' })).toBe(fingerprint({}));
  expect(fingerprint({})).toMatch(/^[0-9a-f]{64}$/);
});

test('a serial number is the same on Windows and on Linux', () => {
  const fingerprints = ['30A4F6D81A2B3C4D', '1A2B-3C4D', '1a2b-3c4d'].map(
    (fileSystemUuid) => assign([detected('a', { fileSystemUuid }, { fileSystem: 'NTFS' })])[0]?.fingerprint,
  );
  expect(new Set(fingerprints).size).toBe(1);
  expect(assign([detected('a', { fileSystemUuid: '1A2B-3C4E' })])[0]?.fingerprint).not.toBe(fingerprints[0]);
});

test('two partitions of one disk without further identity are two volumes', () => {
  const [a, b] = assign([detected('a', { serial: 's' }, { deviceBytes: 10 }), detected('b', { serial: 's' }, { deviceBytes: 20 })]);
  expect(a?.fingerprint).not.toBe(b?.fingerprint);
});

test('a tracked volume on hardware that was not seen with it is doubtful, also alone', () => {
  const { fingerprint } = only(assign([detected('a', { fileSystemUuid: 'u', serial: 's1' })]));
  const tracked = [{ fingerprint, hardwareIds: ['s1'], rejectedHardwareIds: [] }];
  expect(only(assign([detected('a', { fileSystemUuid: 'u', serial: 's1' })], { tracked }))).toMatchObject({
    fingerprint,
    identity: { confidence: 'strong' },
  });
  expect(only(assign([detected('a', { fileSystemUuid: 'u' })], { tracked }))).toMatchObject({
    fingerprint,
    identity: { confidence: 'strong' },
  });
  const other = only(assign([detected('a', { fileSystemUuid: 'u', serial: 's2' })], { tracked }));
  expect(other.identity).toEqual({ source: 'filesystem-uuid', confidence: 'doubtful', resembles: fingerprint });
  expect(other.fingerprint).not.toBe(fingerprint);
});

test('hardware that one open library accepts is not rejected by another', () => {
  const { fingerprint } = only(assign([detected('a', { fileSystemUuid: 'u', serial: 's' })]));
  const tracked = [
    { fingerprint, hardwareIds: ['other'], rejectedHardwareIds: ['s'] },
    { fingerprint, hardwareIds: ['s'], rejectedHardwareIds: [] },
  ];
  expect(only(assign([detected('a', { fileSystemUuid: 'u', serial: 's' })], { tracked })).fingerprint).toBe(fingerprint);
});

test('the partition tells clones on one disk apart', () => {
  const { fingerprint, hardwareId } = only(assign([detected('a', { fileSystemUuid: 'u', serial: 's', partitionGuid: 'p1' })]));
  const tracked = [{ fingerprint, hardwareIds: [hardwareId ?? ''], rejectedHardwareIds: [] }];
  const clone = only(assign([detected('b', { fileSystemUuid: 'u', serial: 's', partitionGuid: 'p2' })], { tracked }));
  expect(clone.identity.confidence).toBe('doubtful');
});

test('whatever is plugged in and out, no two volumes are one, and none takes the place of a tracked one', () => {
  const piece = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fileSystemUuid: fc.constantFrom('u1', 'u2', null),
    serial: fc.constantFrom('s1', 's2', null),
    networkAddress: fc.constantFrom('n', null),
  });
  const machine = fc.uniqueArray(piece, { selector: ({ key }) => key, maxLength: 5 });
  const first = only(assign([detected('x', { fileSystemUuid: 'u1', serial: 's1' })]));
  const tracked = [{ fingerprint: first.fingerprint, hardwareIds: ['s1'], rejectedHardwareIds: [] }];
  fc.assert(
    fc.property(fc.array(machine, { minLength: 1, maxLength: 6 }), (looks) => {
      let previous: LiveVolume[] = [];
      for (const look of looks) {
        const live = assign(
          look.map(({ key, ...identity }) => detected(key, identity)),
          { previous, tracked },
        );
        expect(new Set(live.map((volume) => volume.fingerprint)).size).toBe(live.length);
        const holder = live.find((volume) => volume.fingerprint === first.fingerprint);
        if (holder) expect([null, 's1']).toContain(holder.hardwareId);
        previous = live;
      }
    }),
  );
});
