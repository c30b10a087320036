import type { Job } from '../../../shared/contract/job.ts';
import type { Location } from '../../../shared/contract/location.ts';

/**
 * What a user has to know of a location first. `waiting`: its scan is queued, or it was never scanned to its end. `checking`: what is known
 * of it is compared with the disk, by itself.
 */
export type LocationStatus = 'offline' | 'scanning' | 'checking' | 'paused' | 'error' | 'waiting' | 'ready';

/** @param scan the scan that is under way, where that is known */
export function statusOf(location: Location, scan?: Job): LocationStatus {
  if (!location.isOnline) return 'offline';
  const isByItself = scan?.priority === 'background' && scan.id === location.jobId;
  if (location.scanState === 'scanning' && location.lastScanAt !== null && isByItself) return 'checking';
  if (location.scanState === 'complete') return 'ready';
  return location.scanState === 'pending' ? 'waiting' : location.scanState;
}

/** By name as people sort; those that are not plugged in after the others. */
export function sortLocations(locations: readonly Location[], locale: string): Location[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return [...locations].sort(
    (a, b) => Number(b.isOnline) - Number(a.isOnline) || collator.compare(a.name, b.name) || a.id.localeCompare(b.id),
  );
}

/** Whether the location is the whole volume. */
export const isWholeVolume = (location: Location) => location.pathInVolume === '' || location.pathInVolume === '/';

const SCAN = 'location-scan';

/** The scan that is under way or waits, else the last one that the jobs still tell of. `jobs`: newest first. */
export function scanOf(location: Location, jobs: readonly Job[]): Job | undefined {
  if (location.jobId !== null) {
    const current = jobs.find((job) => job.id === location.jobId);
    if (current) return current;
  }
  return jobs.find((job) => job.name === SCAN && job.input.locationId === location.id);
}
