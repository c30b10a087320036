import { Blake3Hasher } from '@napi-rs/blake-hash';
import type { VolumeIdentity } from '#shared/contract/volume.ts';
import type { DetectedVolume } from './detector.ts';
import type { LiveVolume } from './live-volume.ts';

/** What the open libraries know of one fingerprint. */
export interface KnownIdentity {
  fingerprint: string;
  hardwareIds: readonly string[];
  rejectedHardwareIds: readonly string[];
}

export interface IdentityInput {
  detected: readonly DetectedVolume[];
  /** Ids from marker files, by the volume's key. */
  markers: ReadonlyMap<string, string>;
  /** The live volumes as they were before. */
  previous: readonly LiveVolume[];
  tracked: readonly KnownIdentity[];
  nextOrder: () => number;
}

/**
 * Says which volume each mounted file system is. No two get the same fingerprint.
 *
 * Identifiers can be shared: a clone has them all. The volume that a library tracks is then the one on hardware that the
 * user has accepted for it; where none is tracked, the one that was mounted first. The others get a fingerprint of their
 * own and are `doubtful`, and never become the tracked volume before the user has said so.
 */
export function assignIdentities(input: IdentityInput): LiveVolume[] {
  const previousByKey = new Map(input.previous.map((volume) => [volume.key, volume]));
  const candidates = input.detected.map((volume): LiveVolume => {
    const { identity: identifiers, ...facts } = volume;
    const hardwareId = hardwareIdOf(identifiers);
    const { fingerprint, identity } = identify(volume, input.markers.get(volume.key) ?? null);
    const before = previousByKey.get(volume.key);
    const isSame = before?.ownFingerprint === fingerprint && before.hardwareId === hardwareId;
    const order = isSame ? before.order : input.nextOrder();
    return { ...facts, identifiers, fingerprint, ownFingerprint: fingerprint, identity, hardwareId, order };
  });
  const knownByFingerprint = Map.groupBy(input.tracked, (known) => known.fingerprint);
  for (const [fingerprint, sharers] of Map.groupBy(candidates, (volume) => volume.fingerprint)) {
    tellApart(fingerprint, sharers, previousByKey, knownByFingerprint);
  }
  makeUnique(candidates);
  return candidates;
}

/** One image on two loop devices, or one disk that a machine sees twice, has the same hardware, too: only where it is seen is left. */
function makeUnique(volumes: readonly LiveVolume[]): void {
  const taken = new Set<string>();
  for (const volume of volumes.toSorted((a, b) => a.order - b.order)) {
    if (taken.has(volume.fingerprint)) {
      volume.identity = { ...volume.identity, confidence: 'doubtful', resembles: volume.fingerprint };
      volume.fingerprint = fingerprintOf('separate', volume.fingerprint, volume.key, volume.device ?? '');
    }
    taken.add(volume.fingerprint);
  }
}

function tellApart(
  fingerprint: string,
  sharers: readonly LiveVolume[],
  previousByKey: ReadonlyMap<string, LiveVolume>,
  known: ReadonlyMap<string, readonly KnownIdentity[]>,
): void {
  const rows = known.get(fingerprint) ?? [];
  const accepted = new Set(rows.flatMap((row) => row.hardwareIds));
  const rejected = new Set(rows.flatMap((row) => row.rejectedHardwareIds));
  const claimants: LiveVolume[] = [];
  for (const volume of sharers) {
    const own = separateFingerprint(fingerprint, volume);
    const isAnswered = volume.hardwareId !== null && rejected.has(volume.hardwareId) && !accepted.has(volume.hardwareId);
    const before = previousByKey.get(volume.key);
    const wasSeparate = before?.order === volume.order && before.fingerprint === own;
    if (known.has(own) || isAnswered) volume.fingerprint = own;
    else if (wasSeparate && !(volume.hardwareId !== null && accepted.has(volume.hardwareId))) {
      // It does not turn into the other volume while it is in use, just because that one left.
      volume.fingerprint = own;
      volume.identity = before.identity;
    } else claimants.push(volume);
  }
  // Hardware that cannot be told is taken at its word; so is any while the library has seen none.
  const isEligible = ({ hardwareId }: LiveVolume) => hardwareId === null || accepted.size === 0 || accepted.has(hardwareId);
  const rank = (volume: LiveVolume) => {
    if (volume.hardwareId !== null && accepted.has(volume.hardwareId)) return 0;
    return previousByKey.get(volume.key)?.fingerprint === fingerprint ? 1 : 2;
  };
  const holder = claimants.filter(isEligible).toSorted((a, b) => rank(a) - rank(b) || a.order - b.order)[0];
  for (const volume of claimants) {
    if (volume === holder) continue;
    volume.fingerprint = separateFingerprint(fingerprint, volume);
    volume.identity = {
      ...volume.identity,
      confidence: volume.identity.confidence === 'weak' ? 'weak' : 'doubtful',
      resembles: fingerprint,
    };
  }
}

/** The strongest identity at hand, and its fingerprint. */
function identify(volume: DetectedVolume, markerId: string | null): { fingerprint: string; identity: VolumeIdentity } {
  const { fileSystemUuid, partitionGuid, serial, networkAddress } = volume.identity;
  const capacity = volume.deviceBytes ?? volume.totalBytes;
  const made = (source: VolumeIdentity['source'], confidence: 'strong' | 'weak', ...parts: string[]) => ({
    fingerprint: fingerprintOf(source, ...parts),
    identity: { source, confidence, resembles: null },
  });
  if (fileSystemUuid) return made('filesystem-uuid', 'strong', canonicalUuid(fileSystemUuid));
  if (partitionGuid) return made('partition-guid', 'strong', partitionGuid.toLowerCase());
  if (serial && capacity !== null) return made('hardware', 'strong', serial, String(capacity), volume.fileSystem, volume.label ?? '');
  if (markerId) return made('marker', 'strong', markerId);
  if (networkAddress) return made('network-address', 'weak', networkAddress);
  return made('none', 'weak', volume.key, volume.fileSystem, volume.device ?? '');
}

/**
 * The same on every system: FAT, exFAT and NTFS have a serial number, of which Windows tells the lower 32 bits as
 * `1A2B-3C4D` and Linux, for NTFS, all 64 as 16 digits.
 */
function canonicalUuid(uuid: string): string {
  const isSerialNumber = /^[0-9a-f]{16}$|^[0-9a-f]{4}-[0-9a-f]{4}$/i.test(uuid);
  return (isSerialNumber ? uuid.replace('-', '').slice(-8) : uuid).toLowerCase();
}

/** Serial number and partition of the disk, or what identifies the image file; null where the platform tells neither. */
export function hardwareIdOf({ imageId, serial, partitionGuid }: DetectedVolume['identity']): string | null {
  if (imageId) return imageId;
  // Two partitions of one disk can be clones of each other, too.
  return serial && partitionGuid ? `${serial} ${partitionGuid}` : serial;
}

/** For a volume that shares `fingerprint` with another one. Where hardware cannot be told it holds while it is mounted. */
function separateFingerprint(fingerprint: string, volume: LiveVolume): string {
  return fingerprintOf('separate', fingerprint, volume.hardwareId ?? `${volume.key} ${volume.device ?? ''}`);
}

/** BLAKE3, as 64 hexadecimal digits, over the parts and where each ends. */
function fingerprintOf(...parts: string[]): string {
  return new Blake3Hasher().update(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('')).digest('hex');
}
