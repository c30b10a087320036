import { lstat, readFile } from 'node:fs/promises';
import { MooringError } from '#shared/contract/error.ts';
import { displayName, isWithin, type NativePath } from '../fs/native-path.ts';
import { joinNames, joinVolumePath, namesBelow, splitVolumePath } from '../fs/path-names.ts';
import { refuseUnlessReadable } from '../fs/readable-folder.ts';
import { type Mount, parseMountinfo } from '../volume/linux/mountinfo.ts';
import type { LiveVolume } from '../volume/live-volume.ts';
import { resolveLinks, volumeContaining } from '../volume/path-volume.ts';

export interface NewPlace {
  live: LiveVolume;
  /** Through no symbolic links. */
  path: NativePath;
  /** Below the volume's first mount point, as `locations.path` has it. */
  pathInVolume: NativePath;
}

export interface PlaceRules {
  volumes: { readonly live: readonly LiveVolume[]; ensureFresh(): Promise<void> };
  /** Real folders in which no location may lie: the data folder, and those of open libraries. */
  excluded: () => NativePath[];
}

/** What the folder of a library ends in. */
const LIBRARY_SUFFIX = '.sdlibrary';

/**
 * Where a folder that a user names lies, if it can be a location.
 *
 * @throws MooringError `PATH_NOT_FOUND`, `NOT_A_FOLDER`, `PERMISSION_DENIED`, `VOLUME_UNRESPONSIVE`, and `LOCATION_NOT_ALLOWED` for what
 *   the system keeps to itself (`/proc`), the data folder and libraries
 */
export async function placeToAdd(named: NativePath, { volumes, excluded }: PlaceRules): Promise<NewPlace> {
  await volumes.ensureFresh();
  const path = await resolveLinks(named, volumes.live);
  const live = volumeContaining(volumes.live, path);
  if (!live || live.hiddenBecause === 'pseudo') {
    throw notAllowed(named, 'it is not on a drive: the system makes it up. Choose a folder with files of yours.');
  }
  if (live.unresponsive) {
    throw new MooringError(
      'VOLUME_UNRESPONSIVE',
      `The volume of “${displayName(named)}” does not answer. Unmount it, or connect it again.`,
    );
  }
  await refuseUnlessReadable(path);
  if (splitVolumePath(path).some((name) => displayName(name).toLowerCase().endsWith(LIBRARY_SUFFIX))) {
    throw notAllowed(named, 'it belongs to a library of Mooring. A folder around it can be a location: libraries are left out of it.');
  }
  if (excluded().some((folder) => isWithin(path, folder))) {
    throw notAllowed(named, 'Mooring keeps its own data there. A folder around it can be a location: its own data is left out of it.');
  }
  return { live, path, pathInVolume: await pathInVolume(live, path) };
}

/**
 * The way from the volume's first mount point to a folder on it. A folder that is reached through a bind mount has another path on its
 * volume than the one it was named by: what is mounted there is looked up, and believed when both paths lead to the same folder.
 */
async function pathInVolume(live: LiveVolume, path: NativePath): Promise<NativePath> {
  const first = live.mountPoints[0] ?? '/';
  const nearest = live.mountPoints.filter((place) => isWithin(path, place)).toSorted((a, b) => b.length - a.length)[0];
  const names = nearest === undefined ? null : await namesOnVolume(first, nearest, path);
  if (names && (await isSameFile(joinNames(first, names), path))) return joinVolumePath(names);
  const plain = namesBelow(path, first);
  if (plain) return joinVolumePath(plain);
  throw notAllowed(path, `its drive is mounted at “${first}” as well, where this folder cannot be seen. Add it by its path there.`);
}

async function namesOnVolume(first: string, nearest: string, path: NativePath): Promise<NativePath[] | null> {
  const names = namesBelow(path, nearest);
  if (nearest === first || process.platform !== 'linux') return names;
  const mounts = parseMountinfo(await readFile('/proc/self/mountinfo'));
  const shownAt = (mountPoint: string): Mount | undefined => mounts.findLast((mount) => mount.mountPoint === mountPoint);
  const [whole, part] = [shownAt(first), shownAt(nearest)];
  if (!whole || !part || !names) return null;
  return namesBelow(joinNames(part.root, names), whole.root);
}

async function isSameFile(a: NativePath, b: NativePath): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([lstat(a), lstat(b)]);
    return one.dev === other.dev && one.ino === other.ino;
  } catch {
    return false; // One of them is not there.
  }
}

function notAllowed(path: NativePath, why: string): MooringError {
  return new MooringError('LOCATION_NOT_ALLOWED', `“${displayName(path)}” cannot be a location: ${why}`);
}
