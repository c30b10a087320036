import { readFileSync } from 'node:fs';
import { displayName } from '#core/fs/native-path.ts';
import { readDiskSequence } from './block-device.ts';
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

/** The drive that is mounted at a path now, as `driveOf`. */
export function driveAt(mountPoint: string): string | null {
  const mounts = reachableMounts(parseMountinfo(readFileSync('/proc/self/mountinfo')));
  const mount = mounts.findLast((candidate) => displayName(candidate.mountPoint) === mountPoint);
  return mount ? driveOf(blockDeviceOf(mount)) : null;
}
