import { join, relative } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import { isWithin } from '../fs/native-path.ts';

/** What the libraries have to know about mounted volumes; `Volumes` is one. */
export interface MountedVolumes {
  readonly live: readonly {
    fingerprint: string;
    mountPoints: readonly string[];
    identity: { source: string };
    unresponsive: boolean;
  }[];
}

/** Where a folder lies: on which volume, and where on it. Stays true when the volume is mounted elsewhere. */
export interface VolumePlace {
  fingerprint: string;
  relativePath: string;
}

/** The place of a path on the volume that is mounted nearest above it; null where that volume could not be recognised again. */
export function placeOnVolume(path: string, mounts: MountedVolumes): VolumePlace | null {
  const nearest = nearestMount(path, mounts);
  if (!nearest || nearest.volume.identity.source === 'none') return null;
  return { fingerprint: nearest.volume.fingerprint, relativePath: relative(nearest.mountPoint, path) };
}

/** The paths under which a place can be reached now; empty while its volume is not mounted. */
export function pathsOfPlace(place: VolumePlace, { live }: MountedVolumes): string[] {
  const mountPoints = live.filter(({ fingerprint }) => fingerprint === place.fingerprint).flatMap((volume) => volume.mountPoints);
  return mountPoints.map((mountPoint) => join(mountPoint, place.relativePath));
}

/** @throws MooringError `VOLUME_UNRESPONSIVE` where a path lies on a volume that hangs: whatever touched it would hang too */
export function assertAnswers(path: string, mounts: MountedVolumes): void {
  const nearest = nearestMount(path, mounts);
  if (nearest?.volume.unresponsive)
    throw new MooringError(
      'VOLUME_UNRESPONSIVE',
      `The volume at “${nearest.mountPoint}” does not answer. Unmount it, or connect it again.`,
    );
}

function nearestMount(path: string, { live }: MountedVolumes) {
  return live
    .flatMap((volume) => volume.mountPoints.map((mountPoint) => ({ volume, mountPoint })))
    .filter(({ mountPoint }) => isWithin(path, mountPoint))
    .toSorted((a, b) => b.mountPoint.length - a.mountPoint.length)[0];
}
