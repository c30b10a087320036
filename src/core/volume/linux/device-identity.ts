import { accessSync, constants, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Blkid, BlkidValues } from './blkid.ts';
import type { BlockDevice } from './block-device.ts';

/** What lies on a block device: read from the device itself, or, where that is not allowed, from what udev has read. */
export interface DeviceIdentity {
  fileSystemUuid: string | null;
  label: string | null;
  /** `ext4`, `ntfs`, … as blkid names it. */
  type: string | null;
  partitionGuid: string | null;
  partitionTypeGuid: string | null;
  /** Serial number that udev knows and sysfs does not. */
  serial: string | null;
  model: string | null;
}

const NOTHING: DeviceIdentity = {
  fileSystemUuid: null,
  label: null,
  type: null,
  partitionGuid: null,
  partitionTypeGuid: null,
  serial: null,
  model: null,
};

/**
 * Reads the identity of what lies on a device. The device itself comes first, since it cannot be out of date: udev hears
 * of a new image on a loop device a moment after it can be mounted.
 */
export async function readDeviceIdentity(deviceNumber: string, device: BlockDevice, blkid: Blkid): Promise<DeviceIdentity> {
  const udev = readUdev(deviceNumber, device.sequence);
  const probed = await probe(device.name, blkid);
  if (probed) return merge(probed, udev ?? NOTHING);
  return udev?.fileSystemUuid ? udev : merge(udev ?? NOTHING, readLinks(device.name));
}

/** What blkid printed of one device. */
export function blkidToIdentity(values: BlkidValues): DeviceIdentity {
  const type = values.get('TYPE') ?? null;
  return {
    ...NOTHING,
    fileSystemUuid: values.get('UUID') ?? null,
    label: values.get('LABEL') ?? null,
    type: type === 'vfat' ? (values.get('VERSION') ?? type) : type,
    partitionGuid: values.get('PART_ENTRY_UUID') ?? null,
    partitionTypeGuid: values.get('PART_ENTRY_TYPE') ?? null,
  };
}

/** A file of udev's database (`/run/udev/data/bMAJOR:MINOR`): lines `E:KEY=value`. Null when it describes other media. */
export function parseUdevData(content: string, sequence: string): DeviceIdentity | null {
  const values = new Map<string, string>();
  for (const line of content.split('\n')) {
    const equals = line.indexOf('=');
    if (line.startsWith('E:') && equals > 0) values.set(line.slice(2, equals), line.slice(equals + 1));
  }
  const described = values.get('DISKSEQ');
  if (described !== undefined && sequence !== '' && described !== sequence) return null;
  const value = (key: string) => values.get(key) || null;
  const encodedLabel = value('ID_FS_LABEL_ENC');
  const type = value('ID_FS_TYPE');
  return {
    fileSystemUuid: value('ID_FS_UUID'),
    label: encodedLabel === null ? value('ID_FS_LABEL') : unescapeHex(encodedLabel),
    type: type === 'vfat' ? (value('ID_FS_VERSION') ?? type) : type,
    partitionGuid: value('ID_PART_ENTRY_UUID'),
    partitionTypeGuid: value('ID_PART_ENTRY_TYPE'),
    serial: value('ID_SERIAL_SHORT'),
    model: value('ID_MODEL')?.replaceAll('_', ' ').trim() ?? null,
  };
}

/**
 * What identifies an image file: its inode and the moment it was made, so that the same file is known again after a
 * restart and a copy of it is told apart. Null when it cannot be seen from here.
 */
export async function readImageId(backingFile: string): Promise<string | null> {
  try {
    const facts = await stat(backingFile, { bigint: true });
    const origin = facts.birthtimeNs > 0n ? `born ${facts.birthtimeNs}` : `device ${facts.dev}`;
    return `image ${facts.ino} ${origin}`;
  } catch {
    return null; // Deleted while attached, or out of sight in a container.
  }
}

async function probe(device: string, blkid: Blkid): Promise<DeviceIdentity | null> {
  try {
    // Users other than root may not read devices: no use in starting a process to be told so.
    accessSync(device, constants.R_OK);
  } catch {
    return null; // udev has read it for everybody.
  }
  const values = await blkid.probe(device);
  return values && blkidToIdentity(values);
}

function readUdev(deviceNumber: string, sequence: string): DeviceIdentity | null {
  try {
    return parseUdevData(readFileSync(`/run/udev/data/b${deviceNumber}`, 'utf8'), sequence);
  } catch {
    return null; // No udev here.
  }
}

/** `/dev/disk/by-uuid` and its neighbours: all that is left in a container that sees /dev but not udev. */
function readLinks(device: string): DeviceIdentity {
  const name = (kind: string) => {
    const folder = `/dev/disk/${kind}`;
    try {
      const found = readdirSync(folder).find((link) => path.resolve(folder, readlinkSync(path.join(folder, link))) === device);
      return found === undefined ? null : unescapeHex(found);
    } catch {
      return null; // No such folder without udev.
    }
  };
  return { ...NOTHING, fileSystemUuid: name('by-uuid'), label: name('by-label'), partitionGuid: name('by-partuuid') };
}

function merge(first: DeviceIdentity, second: DeviceIdentity): DeviceIdentity {
  return {
    fileSystemUuid: first.fileSystemUuid ?? second.fileSystemUuid,
    label: first.label ?? second.label,
    type: first.type ?? second.type,
    partitionGuid: first.partitionGuid ?? second.partitionGuid,
    partitionTypeGuid: first.partitionTypeGuid ?? second.partitionTypeGuid,
    serial: first.serial ?? second.serial,
    model: first.model ?? second.model,
  };
}

function unescapeHex(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const plain = bytes.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1').toString('utf8');
}

/** `major:minor` of a device file; null when there is none. */
export function deviceNumberOf(device: string): string | null {
  try {
    const { rdev } = statSync(device, { bigint: true });
    // The kernel's split of a 64-bit device number (makedev(3)).
    const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn);
    const minor = (rdev & 0xffn) | ((rdev >> 12n) & ~0xffn);
    return `${major}:${minor & 0xffffffffn}`;
  } catch {
    return null; // e.g. /dev/root, which is a name and nothing more.
  }
}
