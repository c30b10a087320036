import type { Config } from '#shared/contract/config.ts';
import type { Volume, VolumeIdentity, VolumeTracking } from '#shared/contract/volume.ts';
import type { DetectedVolume } from './detector.ts';
import { fileSystemFacts } from './file-system-facts.ts';
import type { TrackedVolume } from './tracking.ts';

/** A file system that is mounted now, and which volume it is. */
export interface LiveVolume extends Omit<DetectedVolume, 'identity'> {
  fingerprint: string;
  /** How it is known to be that volume. */
  identity: VolumeIdentity;
  /** What the platform told of it, from which `fingerprint` was made. */
  identifiers: DetectedVolume['identity'];
  /** The fingerprint that its identifiers alone give: another one than `fingerprint` where several volumes share it. */
  ownFingerprint: string;
  /** Tells hardware with the same identifiers apart: serial number and partition, or what identifies an image file. */
  hardwareId: string | null;
  /** Of two volumes the one with the lower number was mounted first. */
  order: number;
}

/** Whether people want to see it in their list of drives, under the given configuration. */
export function isUserVisible(volume: Pick<LiveVolume, 'hiddenBecause'>, config: Config['volumes']): boolean {
  if (volume.hiddenBecause === 'system') return config.includeSystem;
  if (volume.hiddenBecause === 'virtual') return config.includeVirtual;
  return volume.hiddenBecause === null;
}

export interface VolumeContext {
  config: Config['volumes'];
  tracked: TrackedVolume | null;
  prompt: Volume['prompt'];
}

/** A mounted volume as clients see it. */
export function liveToVolume(live: LiveVolume, { config, tracked, prompt }: VolumeContext): Volume {
  return {
    ...factsOf(live.fileSystem),
    fingerprint: live.fingerprint,
    name: tracked?.displayName ?? volumeName({ ...live, mountPoint: live.mountPoints[0] ?? null, totalBytes: live.totalBytes ?? 0 }),
    label: live.label,
    status: 'mounted',
    isMounted: true,
    mountPoint: live.mountPoints[0] ?? null,
    mountPoints: live.mountPoints,
    mountType: live.mountType,
    diskType: live.diskType,
    fileSystem: live.fileSystem,
    device: live.device,
    hardwareId: live.hardwareId,
    hardwareModel: live.hardwareModel,
    totalBytes: live.totalBytes ?? tracked?.totalCapacity ?? 0,
    availableBytes: live.availableBytes ?? tracked?.availableCapacity ?? 0,
    isReadOnly: live.isReadOnly,
    isRemovable: live.isRemovable,
    isEjectable: live.isEjectable,
    isUserVisible: isUserVisible(live, config),
    readSpeedMbps: tracked?.readSpeedMbps ?? null,
    writeSpeedMbps: tracked?.writeSpeedMbps ?? null,
    unresponsive: live.unresponsive,
    identity: live.identity,
    tracking: tracked && toTracking(tracked),
    prompt,
  };
}

/** A volume that a library remembers and that is not here now. */
export function trackedToVolume(tracked: TrackedVolume): Volume {
  return {
    ...factsOf(tracked.fileSystem),
    fingerprint: tracked.fingerprint,
    name: nameOfTracked(tracked),
    label: tracked.label,
    status: 'offline',
    isMounted: false,
    mountPoint: null,
    mountPoints: [],
    mountType: tracked.mountType,
    diskType: tracked.diskType,
    fileSystem: tracked.fileSystem,
    device: null,
    hardwareId: tracked.hardwareIds[0] ?? null,
    hardwareModel: tracked.hardwareModel,
    totalBytes: tracked.totalCapacity,
    availableBytes: tracked.availableCapacity,
    isReadOnly: false,
    isRemovable: tracked.mountType === 'External' || tracked.mountType === 'Image',
    isEjectable: false,
    isUserVisible: true,
    readSpeedMbps: tracked.readSpeedMbps,
    writeSpeedMbps: tracked.writeSpeedMbps,
    unresponsive: false,
    identity: {
      source: tracked.identitySource,
      confidence: tracked.identitySource === 'network-address' || tracked.identitySource === 'none' ? 'weak' : 'strong',
      resembles: null,
    },
    tracking: toTracking(tracked),
    prompt: null,
  };
}

interface Nameable {
  label: string | null;
  hardwareModel: string | null;
  fileSystem: string;
  mountPoint: string | null;
  totalBytes: number;
}

/** Label, else a name made from what the volume is; the same while it is mounted and while it is remembered. */
export function volumeName(volume: Nameable): string {
  const label = volume.label?.trim();
  if (label) return label;
  if (volume.mountPoint === '/') return 'System';
  return volume.hardwareModel ?? `${sizeForName(volume.totalBytes)} ${volume.fileSystem}`.trim();
}

export function nameOfTracked(tracked: TrackedVolume): string {
  return tracked.displayName ?? volumeName({ ...tracked, mountPoint: tracked.lastSeenMountPoint, totalBytes: tracked.totalCapacity });
}

function toTracking(tracked: TrackedVolume): VolumeTracking {
  return {
    uuid: tracked.uuid,
    displayName: nameOfTracked(tracked),
    isFavorite: tracked.isFavorite,
    color: tracked.color,
    icon: tracked.icon,
    trackedAt: tracked.trackedAt,
    lastSeenAt: tracked.lastSeenAt,
    lastSeenMountPoint: tracked.lastSeenMountPoint,
    lastSeenDeviceId: tracked.lastSeenDeviceId,
    lastSeenDeviceName: tracked.lastSeenDeviceName,
    totalFiles: tracked.totalFiles,
    totalDirectories: tracked.totalDirectories,
    lastSpeedTestAt: tracked.lastSpeedTestAt,
  };
}

function factsOf(fileSystem: string): Pick<Volume, 'supportsCow' | 'caseSensitive' | 'maxFileSize'> {
  const { supportsCow, caseSensitive, maxFileSizeBytes } = fileSystemFacts(fileSystem);
  return { supportsCow, caseSensitive, maxFileSize: maxFileSizeBytes };
}

/** As on a drive's box: powers of a thousand, rounded. */
function sizeForName(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = bytes > 0 ? Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1) : 0;
  const amount = bytes / 1000 ** power;
  return bytes > 0 ? `${amount >= 10 ? Math.round(amount) : Math.round(amount * 10) / 10} ${units[power]}` : '';
}
