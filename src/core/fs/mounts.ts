import type { LiveVolume } from '#core/volume/live-volume.ts';
import { isWithin, type NativePath } from './native-path.ts';

/** One place where a volume is mounted: what a worker thread needs to know of it. */
export interface Mount {
  mountPoint: string;
  fingerprint: string;
  /** Touching it may hang the thread that does. */
  unresponsive: boolean;
}

/** The mounts of live volumes, longest path first. */
export function mountsOf(volumes: readonly Pick<LiveVolume, 'mountPoints' | 'fingerprint' | 'unresponsive'>[]): Mount[] {
  return volumes
    .flatMap(({ mountPoints, fingerprint, unresponsive }) => mountPoints.map((mountPoint) => ({ mountPoint, fingerprint, unresponsive })))
    .sort((a, b) => b.mountPoint.length - a.mountPoint.length);
}

/**
 * The mount that a path lies on, by its text alone: symbolic links are not resolved, the disk is not touched.
 *
 * @param mounts longest path first
 */
export function mountAt(path: NativePath, mounts: readonly Mount[]): Mount | null {
  return mounts.find(({ mountPoint }) => isWithin(path, mountPoint)) ?? null;
}
