import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { displayName } from '#core/fs/native-path.ts';
import { readBtrfsMembers, readDiskSequence } from './block-device.ts';
import { deviceNumberOf } from './device-identity.ts';
import { type Mount, parseMountinfo, reachableMounts } from './mountinfo.ts';

/** The block device behind a mount, as `major:minor`; null where there is none. Btrfs numbers its file systems by itself: its source tells. */
export function blockDeviceOf({ deviceNumber, source }: Pick<Mount, 'deviceNumber' | 'source'>): string | null {
  return deviceNumber.startsWith('0:') ? deviceNumberOf(source) : deviceNumber;
}

/**
 * Says which drive it is, and which time it was plugged in: neither another drive nor the same one, plugged in anew, has the same. Null where
 * the kernel does not number disks (`diskseq`, since 5.15).
 */
export function driveOf(deviceNumber: string | null): string | null {
  const sequence = deviceNumber === null ? '' : readDiskSequence(deviceNumber);
  return sequence === '' ? null : `${deviceNumber} ${sequence}`;
}

/**
 * Says which time a file system was mounted: a drive that was formatted anew and is in its old place looks the same in the table of mounts.
 * While an ext4, XFS, F2FS or Btrfs is mounted, sysfs has a folder of it, and numbers each new one. Empty for others.
 */
export function mountingOf(mount: Pick<Mount, 'type' | 'deviceNumber' | 'source'>, sysfs = '/sys'): string {
  const device = blockDeviceOf(mount);
  if (device === null) return '';
  try {
    const isBtrfs = mount.type === 'btrfs';
    const name = isBtrfs ? readBtrfsMembers(sysfs).get(mount.source) : path.basename(realpathSync(path.join(sysfs, 'dev/block', device)));
    return name === undefined ? '' : String(statSync(path.join(sysfs, 'fs', mount.type, name)).ino);
  } catch {
    // A file system that sysfs has no folder of, or a drive that has just gone.
    return '';
  }
}

/** The drive that is mounted at a path now, as `driveOf`. */
export function driveAt(mountPoint: string): string | null {
  const mounts = reachableMounts(parseMountinfo(readFileSync('/proc/self/mountinfo')));
  const mount = mounts.findLast((candidate) => displayName(candidate.mountPoint) === mountPoint);
  return mount ? driveOf(blockDeviceOf(mount)) : null;
}
