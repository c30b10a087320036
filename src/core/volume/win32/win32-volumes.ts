import type { DetectedVolume } from '../detector.ts';
import { fileSystemName } from '../file-system-facts.ts';
import type { WindowsDisk, WindowsNetworkDrive, WindowsPartition, WindowsVolume, WindowsVolumes } from './parse-volumes.ts';

const DRIVE_REMOVABLE = 2;
const DRIVE_CD = 5;
const BUS_FILE_BACKED = 15;
const BUS_VIRTUAL = 14;
/** FireWire, USB, SD, MMC: buses on which a disk is usually plugged in from outside. */
const OUTSIDE_BUSES = new Set([4, 7, 12, 13]);
/** Partition types that Windows and the firmware keep for themselves (Microsoft, `PARTITION_INFORMATION_GPT`): EFI system, reserved, recovery. */
const SYSTEM_GPT_TYPES = new Set([
  '{c12a7328-f81f-11d2-ba4b-00a0c93ec93b}',
  '{e3c9e316-0b5c-4db8-817d-f92df00215ae}',
  '{de94bba4-06d1-4d40-a16a-bfd50179d6ac}',
]);
/** Hidden NTFS (recovery) and EFI on an MBR disk. */
const SYSTEM_MBR_TYPES = new Set([0x27, 0xef]);

/**
 * What is mounted on a Windows computer.
 *
 * @param network answers about space on mapped drives; null when they did not come in time
 */
export function win32Volumes(output: WindowsVolumes, network: readonly WindowsNetworkDrive[] | null): DetectedVolume[] {
  const local = output.volumes.map((volume) => localVolume(volume, output)).filter((volume) => volume !== null);
  const remote = output.mappings.map((mapping) => networkVolume(mapping, network)).filter((volume) => volume !== null);
  return [...new Map([...local, ...remote].map((volume) => [volume.key, volume])).values()];
}

function localVolume(volume: WindowsVolume, output: WindowsVolumes): DetectedVolume | null {
  // A locked BitLocker volume and a card reader without a card have a letter but no file system: nothing is mounted.
  if (!volume.fileSystem || !volume.size) return null;
  const partition = output.partitions.find((candidate) => candidate.accessPaths.includes(volume.path)) ?? null;
  const disk = (partition && output.disks.find((candidate) => candidate.number === partition.disk)) ?? null;
  const isSystemPartition = partition !== null && isForSystem(partition);
  const mountPoints = mountPointsOf(volume, partition);
  if (mountPoints.length === 0 && !isSystemPartition) return null;
  const place = placeOf(volume, disk, output);
  return {
    key: volume.path,
    mountPoints: mountPoints.length > 0 ? mountPoints : [volume.path],
    device: partition ? `\\\\.\\Harddisk${partition.disk}Partition${partition.number}` : null,
    fileSystem: readableName(volume.fileSystem),
    label: volume.label,
    ...place,
    isReadOnly: volume.driveType === DRIVE_CD || partition?.isReadOnly === true || disk?.isReadOnly === true,
    isEjectable: place.mountType !== 'System' && !isSystemPartition,
    hiddenBecause: isSystemPartition ? 'system' : null,
    totalBytes: volume.size,
    availableBytes: volume.sizeRemaining === null ? null : Math.min(volume.sizeRemaining, volume.size),
    unresponsive: false,
    hardwareModel: disk?.model ?? null,
    identity: {
      fileSystemUuid: volumeSerial(output.serials.find((candidate) => candidate.path === volume.path)?.serial ?? null),
      partitionGuid: partition?.guid?.replace(/[{}]/g, '').toLowerCase() ?? null,
      serial: disk?.serial ?? null,
      networkAddress: null,
      imageId: place.mountType === 'Image' ? (disk?.location ?? null) : null,
    },
  };
}

function placeOf(
  volume: WindowsVolume,
  disk: WindowsDisk | null,
  output: WindowsVolumes,
): Pick<DetectedVolume, 'mountType' | 'diskType' | 'isRemovable'> {
  if (disk?.busType === BUS_FILE_BACKED) return { mountType: 'Image', diskType: 'Virtual', isRemovable: true };
  const isRemovable = volume.driveType === DRIVE_REMOVABLE || volume.driveType === DRIVE_CD;
  const isSystemDisk = disk?.isBoot === true || disk?.isSystem === true;
  const isOutside = !isSystemDisk && (isRemovable || OUTSIDE_BUSES.has(disk?.busType ?? 0));
  const diskType = disk?.busType === BUS_VIRTUAL ? 'Virtual' : diskTypeOf(disk, output);
  return { mountType: isOutside ? 'External' : 'System', diskType, isRemovable };
}

function networkVolume(mapping: WindowsVolumes['mappings'][number], network: readonly WindowsNetworkDrive[] | null): DetectedVolume | null {
  const { local, remote } = mapping;
  // A share in use without a drive letter is not mounted anywhere.
  if (!local || !remote) return null;
  const answer = network?.find((drive) => drive.local === local) ?? null;
  const totalBytes = answer?.size ?? null;
  return {
    key: `${local} ${remote}`,
    mountPoints: [`${local}\\`],
    device: null,
    fileSystem: 'SMB',
    label: answer?.label ?? null,
    mountType: 'Network',
    diskType: 'Network',
    isReadOnly: false,
    isRemovable: false,
    isEjectable: true,
    hiddenBecause: null,
    totalBytes,
    availableBytes: totalBytes === null || answer?.free == null ? null : Math.min(answer.free, totalBytes),
    unresponsive: totalBytes === null,
    mayHang: true,
    hardwareModel: null,
    identity: {
      fileSystemUuid: null,
      partitionGuid: null,
      serial: null,
      networkAddress: remote.replaceAll('\\', '/').toLowerCase(),
      imageId: null,
    },
  };
}

/** Drive letters and folders; not the volume's own GUID path. Shortest first, a letter before any folder. */
function mountPointsOf(volume: WindowsVolume, partition: WindowsPartition | null): string[] {
  const letter = volume.letter ? [`${volume.letter}:\\`] : [];
  const paths = (partition?.accessPaths ?? []).filter((path) => /^[a-z]:\\/i.test(path));
  return [...new Set([...letter, ...paths])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function isForSystem(partition: WindowsPartition): boolean {
  return SYSTEM_GPT_TYPES.has(partition.gptType?.toLowerCase() ?? '') || SYSTEM_MBR_TYPES.has(partition.mbrType ?? 0);
}

function diskTypeOf(disk: WindowsDisk | null, output: WindowsVolumes): DetectedVolume['diskType'] {
  const mediaType = output.physicalDisks.find((physical) => physical.deviceId === String(disk?.number))?.mediaType;
  if (mediaType === 4 || mediaType === 5) return 'SSD';
  return mediaType === 3 ? 'HDD' : 'Unknown';
}

/** `1A2B-3C4D`: the form in which Linux, too, knows the serial number of a FAT or exFAT volume. */
function volumeSerial(serial: number | null): string | null {
  if (!serial) return null;
  const hex = (serial >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return `${hex.slice(0, 4)}-${hex.slice(4)}`;
}

function readableName(fileSystem: string): string {
  // Windows says `FAT` of FAT12 and FAT16 alone.
  return fileSystem.toUpperCase() === 'FAT' ? 'FAT16' : fileSystemName(fileSystem);
}
