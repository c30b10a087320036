import type { DetectedVolume } from '../detector.ts';
import { fileSystemName, isNetworkFileSystem, isPseudoFileSystem } from '../file-system-facts.ts';
import type { SpaceOfMount } from './parse-df.ts';
import type { DiskInfo } from './parse-diskutil.ts';
import type { DarwinMount } from './parse-mount.ts';

/** Everything that the tools said, parsed. What is missing in it is unknown, never an error. */
export interface DarwinFacts {
  mounts: readonly DarwinMount[];
  spaceByMountPoint: ReadonlyMap<string, SpaceOfMount>;
  infoByIdentifier: ReadonlyMap<string, DiskInfo>;
  rolesByIdentifier: ReadonlyMap<string, readonly string[]>;
  imageIdByDevice: ReadonlyMap<string, string>;
}

const DATA_MOUNT_POINT = '/System/Volumes/Data';
/** Roles of the volumes that macOS keeps for itself beside the user's (Apple File System Reference, "Volume Roles"). */
const HELPER_ROLES = new Set(['Preboot', 'Recovery', 'VM', 'Update', 'xART', 'Hardware', 'Installer', 'Baseband', 'Prelogin', 'Sidecar']);
const HELPER_CONTENTS = new Set(['EFI', 'Apple_APFS_ISC', 'Apple_APFS_Recovery', 'Apple_Boot', 'Apple_Recovery']);

/**
 * What is mounted on a Mac. The startup disk is one volume although it is mounted as two, the sealed system snapshot
 * at `/` and the writable data volume: people know it as one disk, both take their space from one container, and the data volume
 * is the one whose identity survives a system update.
 */
export function darwinVolumes(facts: DarwinFacts): DetectedVolume[] {
  const mountsBySource = new Map<string, DarwinMount[]>();
  for (const mount of visibleOfStack(facts.mounts)) {
    // `devfs` and `map auto_home` are the names of many mounts at once: these are told apart by where they are.
    const key =
      mount.source.startsWith('/dev/') || isNetworkFileSystem(mount.fileSystemType) ? mount.source : `${mount.source} ${mount.mountPoint}`;
    mountsBySource.set(key, [...(mountsBySource.get(key) ?? []), mount]);
  }
  return joinStartupDisk(
    [...mountsBySource].map(([key, mounts]) => detectedVolume(key, mounts, facts)),
    facts,
  );
}

/** Of several mounts on one point only the last is reachable. */
function visibleOfStack(mounts: readonly DarwinMount[]): DarwinMount[] {
  return [...new Map(mounts.map((mount) => [mount.mountPoint, mount])).values()];
}

function detectedVolume(key: string, mounts: readonly DarwinMount[], facts: DarwinFacts): DetectedVolume {
  const [first] = mounts;
  if (!first) throw new Error('a volume without a mount');
  const device = first.source.startsWith('/dev/') ? first.source : null;
  const identifier = device?.slice('/dev/'.length) ?? null;
  const info = (identifier && facts.infoByIdentifier.get(identifier)) || null;
  const hardware = info && wholeDiskOf(info, facts.infoByIdentifier);
  const place = placeOf(first, info, hardware);
  const mountPoints = mounts.map((mount) => mount.mountPoint).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const space = spaceOf(mountPoints, info, facts);
  const hidden = hiddenBecause(first, place.mountType === 'Image', info, facts);
  return {
    key: identifier ?? key,
    mountPoints,
    device,
    fileSystem: readableName(first.fileSystemType, info),
    label: info?.volumeName ?? null,
    ...place,
    isReadOnly: mounts.every((mount) => mount.flags.has('read-only')),
    isEjectable: place.mountType !== 'System' && !mountPoints.includes('/'),
    hiddenBecause: hidden,
    ...space,
    unresponsive: space.totalBytes === null && hidden !== 'pseudo',
    ...(place.mountType === 'Network' ? { mayHang: true } : {}),
    hardwareModel: hardware?.mediaName ?? null,
    identity: {
      // A system update makes a new snapshot: its UUID identifies nothing for long.
      fileSystemUuid: info?.isSnapshot ? null : (info?.volumeUuid ?? null),
      partitionGuid: info?.partitionUuid ?? null,
      serial: null,
      networkAddress: place.mountType === 'Network' ? networkAddress(first.source) : null,
      imageId: imageId(info, facts),
    },
    ...(info?.containerReference ? { spacePool: info.containerReference } : {}),
  };
}

function placeOf(
  mount: DarwinMount,
  info: DiskInfo | null,
  hardware: DiskInfo | null,
): Pick<DetectedVolume, 'mountType' | 'diskType' | 'isRemovable'> {
  if (isNetworkFileSystem(mount.fileSystemType)) return { mountType: 'Network', diskType: 'Network', isRemovable: false };
  if (!info) {
    const isOutside = mount.mountPoint.startsWith('/Volumes/') && !mount.flags.has('nobrowse');
    return { mountType: isOutside ? 'External' : 'System', diskType: 'Unknown', isRemovable: false };
  }
  if (info.isDiskImage || hardware?.isDiskImage) return { mountType: 'Image', diskType: 'Virtual', isRemovable: true };
  const diskType = info.isSolidState === null ? 'Unknown' : info.isSolidState ? 'SSD' : 'HDD';
  return { mountType: info.isInternal ? 'System' : 'External', diskType, isRemovable: info.isRemovable };
}

function spaceOf(
  mountPoints: readonly string[],
  info: DiskInfo | null,
  facts: DarwinFacts,
): Pick<DetectedVolume, 'totalBytes' | 'availableBytes'> {
  const space = mountPoints.map((mountPoint) => facts.spaceByMountPoint.get(mountPoint)).find((found) => found !== undefined);
  const totalBytes = space?.totalBytes ?? info?.totalBytes ?? null;
  const availableBytes = space?.availableBytes ?? info?.freeBytes ?? null;
  if (totalBytes === null || availableBytes === null) return { totalBytes, availableBytes: null };
  return { totalBytes, availableBytes: Math.min(availableBytes, totalBytes) };
}

function hiddenBecause(mount: DarwinMount, isImage: boolean, info: DiskInfo | null, facts: DarwinFacts): DetectedVolume['hiddenBecause'] {
  if (mount.mountPoint === '/') return null;
  if (isPseudoFileSystem(mount.fileSystemType)) return 'pseudo';
  if (mount.flags.has('nobrowse')) return isImage ? 'virtual' : 'system';
  if (!info) return null;
  const roles = facts.rolesByIdentifier.get(info.identifier) ?? [];
  const isHelper = info.isOsInternal || HELPER_CONTENTS.has(info.content ?? '') || roles.some((role) => HELPER_ROLES.has(role));
  return isHelper ? 'system' : null;
}

/** One volume out of `/` and the data volume of its volume group; on a Mac without that split, nothing changes. */
function joinStartupDisk(volumes: DetectedVolume[], facts: DarwinFacts): DetectedVolume[] {
  const root = volumes.find((volume) => volume.mountPoints.includes('/'));
  const data = volumes.find((volume) => volume.mountPoints.includes(DATA_MOUNT_POINT));
  if (!root || !data || root === data || groupOf(root, facts) !== groupOf(data, facts)) return volumes;
  const joined: DetectedVolume = {
    ...data,
    mountPoints: [...root.mountPoints, ...data.mountPoints],
    label: root.label ?? data.label,
    hiddenBecause: null,
  };
  return volumes.filter((volume) => volume !== data).map((volume) => (volume === root ? joined : volume));
}

function groupOf(volume: DetectedVolume, facts: DarwinFacts): string | null {
  return facts.infoByIdentifier.get(volume.key)?.volumeGroupId ?? null;
}

/** The disk that one can touch: of an APFS volume that of its container's first store. */
function wholeDiskOf(info: DiskInfo, infoByIdentifier: ReadonlyMap<string, DiskInfo>): DiskInfo | null {
  const [store] = info.physicalStores;
  const identifier = store ? store.replace(/s\d+$/, '') : info.wholeDisk;
  return (identifier && infoByIdentifier.get(identifier)) || null;
}

function imageId(info: DiskInfo | null, facts: DarwinFacts): string | null {
  if (!info) return null;
  const nodes = [info.identifier, ...info.physicalStores, info.wholeDisk].filter((node) => node !== null);
  return nodes.map((node) => facts.imageIdByDevice.get(`/dev/${node}`)).find((id) => id !== undefined) ?? null;
}

/** `//user@NAS._smb._tcp.local/Photo%20Library` → `//nas._smb._tcp.local/Photo Library`: neither who is logged in nor how it is spelled matters. */
function networkAddress(source: string): string {
  const match = /^(?:([a-z]+):)?\/\/(?:[^@/]*@)?([^/]+)(\/.*)?$/i.exec(source);
  if (!match) return source;
  const [, scheme, host = '', path = ''] = match;
  return `${scheme ? `${scheme.toLowerCase()}:` : ''}//${host.toLowerCase()}${decoded(path)}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A share whose name contains a bare percent sign: take it as it is.
    return path;
  }
}

function readableName(fileSystemType: string, info: DiskInfo | null): string {
  const name = fileSystemName(fileSystemType);
  const detail = info?.fileSystemName ?? '';
  if (name === 'FAT32' && /FAT ?16/i.test(detail)) return 'FAT16';
  return (name === 'APFS' || name === 'HFS+') && /case-sensitive/i.test(detail) ? `${name} (case-sensitive)` : name;
}
