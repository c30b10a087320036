import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** What sysfs tells about the disk behind a file system. Reading it never touches the disk. */
export interface BlockDevice {
  /** e.g. `/dev/sda1`. */
  name: string;
  /** Changes when other media are put into the same device, or another file is attached to the same loop device. */
  sequence: string;
  /** `virtual`: a disk that the host of a virtual machine offers; what lies behind it cannot be seen. */
  kind: 'disk' | 'loop' | 'memory' | 'virtual';
  isPartition: boolean;
  isRotational: boolean;
  isRemovable: boolean;
  /** SD cards and what hangs on USB: plugged in by a user, whatever the removable flag says. */
  isHotplug: boolean;
  model: string | null;
  serial: string | null;
  sizeBytes: number | null;
  /** The image file behind a loop device. */
  backingFile: string | null;
}

const SECTOR_BYTES = 512;

/** @param deviceNumber `major:minor` @returns null when sysfs does not know the device */
export function readBlockDevice(deviceNumber: string, sysfs = '/sys'): BlockDevice | null {
  const folder = realFolder(path.join(sysfs, 'dev/block', deviceNumber));
  if (folder === null) return null;
  const isPartition = existsSync(path.join(folder, 'partition'));
  const ownDisk = isPartition ? path.dirname(folder) : folder;
  const disk = physicalDisk(ownDisk);
  const usb = usbDevice(disk);
  const card = attribute(disk, 'device/type') === 'SD';
  const sectors = attribute(folder, 'size');
  return {
    name: `/dev/${path.basename(folder).replaceAll('!', '/')}`,
    sequence: attribute(ownDisk, 'diskseq') ?? '',
    kind: kindOf(disk),
    isPartition,
    isRotational: attribute(disk, 'queue/rotational') === '1',
    isRemovable: attribute(disk, 'removable') === '1',
    isHotplug: usb !== null || card,
    model: modelOf(disk),
    serial: attribute(disk, 'device/serial') ?? attribute(disk, 'serial') ?? (usb && attribute(usb, 'serial')) ?? vpdSerial(disk),
    sizeBytes: sectors === null ? null : Number(sectors) * SECTOR_BYTES,
    backingFile: attribute(disk, 'loop/backing_file'),
  };
}

/** Value of `diskseq` alone: enough to see that what was read earlier still holds. */
export function readDiskSequence(deviceNumber: string, sysfs = '/sys'): string {
  const folder = path.join(sysfs, 'dev/block', deviceNumber);
  return attribute(folder, 'diskseq') ?? attribute(folder, '../diskseq') ?? '';
}

/** Member device to file system, for every mounted Btrfs. */
export function readBtrfsMembers(sysfs = '/sys'): Map<string, string> {
  const members = new Map<string, string>();
  for (const fileSystem of list(path.join(sysfs, 'fs/btrfs'))) {
    for (const device of list(path.join(sysfs, 'fs/btrfs', fileSystem, 'devices'))) {
      members.set(`/dev/${device.replaceAll('!', '/')}`, fileSystem);
    }
  }
  return members;
}

/** Follows device mapper and RAID to the first disk below. */
function physicalDisk(disk: string): string {
  const [below] = list(path.join(disk, 'slaves'));
  if (below === undefined) return disk;
  const folder = realFolder(path.join(disk, 'slaves', below));
  if (folder === null) return disk;
  return physicalDisk(existsSync(path.join(folder, 'partition')) ? path.dirname(folder) : folder);
}

function kindOf(disk: string): BlockDevice['kind'] {
  const name = path.basename(disk);
  if (name.startsWith('loop')) return 'loop';
  if (/^(zram|ram|brd)/.test(name)) return 'memory';
  return /^(vd[a-z]|xvd[a-z])/.test(name) ? 'virtual' : 'disk';
}

/** The USB device that a disk hangs on: the folder above it which has a vendor. */
function usbDevice(disk: string): string | null {
  if (!/\/usb\d+\//.test(disk)) return null;
  for (let folder = path.dirname(disk); folder.includes('/usb'); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'idVendor'))) return folder;
  }
  return null;
}

function modelOf(disk: string): string | null {
  const model = attribute(disk, 'device/model') ?? attribute(disk, 'device/name');
  const vendor = attribute(disk, 'device/vendor');
  // SATA disks all give the vendor "ATA"; virtio gives a PCI number.
  return model !== null && vendor !== null && vendor !== 'ATA' && !vendor.startsWith('0x') ? `${vendor} ${model}` : model;
}

/** Unit serial number page of a SCSI disk: four bytes of header, then text. */
function vpdSerial(disk: string): string | null {
  try {
    const text = readFileSync(path.join(disk, 'device/vpd_pg80')).subarray(4).toString('latin1');
    return printable(text);
  } catch {
    return null; // Not a SCSI disk.
  }
}

function attribute(folder: string, name: string): string | null {
  try {
    return printable(readFileSync(path.join(folder, name), 'utf8'));
  } catch {
    return null; // Not every device has every attribute.
  }
}

function printable(text: string): string | null {
  const clean = text.replaceAll('\0', '').trim();
  return clean === '' ? null : clean;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // Nothing of that kind on this machine.
  }
}

function realFolder(folder: string): string | null {
  try {
    return realpathSync(folder);
  } catch {
    return null; // The device went away in between.
  }
}
