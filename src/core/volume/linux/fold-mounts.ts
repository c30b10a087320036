import { displayName } from '#core/fs/native-path.ts';
import { type HiddenBecause, hiddenByMount, isNetwork } from './classify-mount.ts';
import type { Mount } from './mountinfo.ts';

/** One file system and every place where it is mounted. */
export interface MountedFileSystem {
  key: string;
  /** The best first: `/`, else the shortest that shows the root of the file system, else the shortest. */
  mounts: [Mount, ...Mount[]];
  /** Further places, where people do not look. */
  hiddenMounts: Mount[];
  hiddenBecause: HiddenBecause;
}

/**
 * Folds bind mounts, repeated mounts and subvolumes into the file systems they show.
 *
 * @param btrfsByDevice file system by member device (`/sys/fs/btrfs`): each Btrfs subvolume has a device number of its own,
 *   and clones that are mounted together share their UUID, so that neither can tell what belongs together
 */
export function foldMounts(mounts: readonly Mount[], btrfsByDevice: ReadonlyMap<string, string>): MountedFileSystem[] {
  const groups = Map.groupBy(mounts, (mount) => fileSystemKey(mount, btrfsByDevice));
  return [...groups].flatMap(([key, members]) => {
    const hidden = members.map((mount) => hiddenByMount(mount));
    const visible = members.filter((_, index) => hidden[index] === null);
    // A disk with one ordinary mount is an ordinary volume; where containers or firmware show it as well is not of interest.
    const [best, ...others] = (visible.length > 0 ? visible : members).toSorted(byUsefulness);
    if (!best) return [];
    const hiddenMounts = visible.length > 0 ? members.filter((_, index) => hidden[index] !== null) : [];
    return [{ key, mounts: [best, ...others], hiddenMounts, hiddenBecause: visible.length > 0 ? null : (hidden[0] ?? null) }];
  });
}

function fileSystemKey(mount: Mount, btrfsByDevice: ReadonlyMap<string, string>): string {
  if (mount.type === 'btrfs') return `btrfs:${btrfsByDevice.get(mount.source) ?? mount.source}`;
  // Each mount of a share may get a number of its own, depending on its options.
  if (isNetwork(mount)) return `${mount.type}:${mount.source}`;
  return mount.deviceNumber;
}

function byUsefulness(a: Mount, b: Mount): number {
  return rank(a) - rank(b) || displayName(a.mountPoint).length - displayName(b.mountPoint).length;
}

function rank(mount: Mount): number {
  if (mount.mountPoint === '/') return 0;
  return mount.root === '/' ? 1 : 2;
}
