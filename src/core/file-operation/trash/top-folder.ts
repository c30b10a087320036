import { type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { factsOf } from '../file-facts.ts';
import type { MountPoints } from '../file-task/mount-points.ts';

/**
 * The uppermost folder above `path` to which something can be renamed: of its file system (a Btrfs subvolume counts as one), below no other
 * mount.
 *
 * @param path without symbolic links on the way
 * @throws an error of `node:fs`
 */
export function topFolderOf(path: NativePath, mountPoints: MountPoints): NativePath {
  let top = parentOf(path);
  const { dev } = factsOf(top);
  while (!mountPoints.has(top, factsOf(top)) && !samePath(parentOf(top), top) && factsOf(parentOf(top)).dev === dev) top = parentOf(top);
  return top;
}
