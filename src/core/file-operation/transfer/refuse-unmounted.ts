import { lstatSync, readFileSync } from 'node:fs';
import { mountAt } from '#core/fs/mounts.ts';
import { displayName, parentOf } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { parseMountinfo } from '#core/volume/linux/mountinfo.ts';
import type { TransferRequest } from './transfer-messages.ts';

/**
 * A volume may have gone in the instant before, and nobody knows yet: its paths then lead to the folder that it was mounted on.
 *
 * @throws MooringError `VOLUME_OFFLINE`
 */
export function refuseUnmounted({ items, mounts }: Pick<TransferRequest, 'items' | 'mounts'>): void {
  const used = new Set(items.flatMap(({ source, destination }) => [mountAt(source, mounts), mountAt(destination, mounts)]));
  const mounted = mountPoints();
  for (const mount of used) {
    if (mount && !(mounted ? mounted.has(mount.mountPoint) : isMountPoint(mount.mountPoint))) {
      throw reasonError('VOLUME_OFFLINE', 'nothing-mounted', { path: mount.mountPoint });
    }
  }
}

/** Null where the system does not tell. */
function mountPoints(): Set<string> | null {
  if (process.platform !== 'linux') return null;
  return new Set(parseMountinfo(readFileSync('/proc/self/mountinfo')).map(({ mountPoint }) => displayName(mountPoint)));
}

function isMountPoint(path: string): boolean {
  try {
    const above = parentOf(path);
    return above === path || lstatSync(path).dev !== lstatSync(above).dev;
  } catch {
    // Not even the folder is there.
    return false;
  }
}
