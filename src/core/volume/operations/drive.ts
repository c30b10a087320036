import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { LiveVolume } from '../live-volume.ts';

type OnDrive = Pick<LiveVolume, 'device' | 'spacePool'>;

/**
 * What the volumes of one drive have in common, so that a drive is ejected as a whole: `sdb` for `/dev/sdb1`, `disk4` for
 * `/dev/disk4s2`, `Harddisk2` for `\\.\Harddisk2Partition1`. Null for what lies on no drive.
 */
export function driveOf(volume: OnDrive, platform: NodeJS.Platform = process.platform): string | null {
  if (!volume.device) return null;
  if (platform === 'darwin') return volume.spacePool ?? /^\/dev\/(disk\d+)/.exec(volume.device)?.[1] ?? volume.device;
  if (platform === 'win32') return /(Harddisk\d+)Partition/i.exec(volume.device)?.[1] ?? volume.device;
  return linuxDrive(volume.device);
}

function linuxDrive(device: string): string | null {
  try {
    const name = path.basename(realpathSync(device));
    const folder = realpathSync(`/sys/class/block/${name}`);
    return path.basename(existsSync(path.join(folder, 'partition')) ? path.dirname(folder) : folder);
  } catch {
    // A share, a FUSE program's source, or gone.
    return null;
  }
}

/** Deepest first: what is mounted inside another mount goes before it. */
export function deepestFirst(mountPoints: readonly string[]): string[] {
  return mountPoints.toSorted((a, b) => b.length - a.length);
}

export function everyMountPoint(volume: Pick<LiveVolume, 'mountPoints' | 'hiddenMountPoints'>): string[] {
  return deepestFirst([...new Set([...volume.mountPoints, ...(volume.hiddenMountPoints ?? [])])]);
}

/** Whether `inner` is `folder` or lies below it, by whole names: `/mnt/ab` is not inside `/mnt/a`. */
export function isInside(inner: string, folder: string): boolean {
  return inner === folder || inner.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
