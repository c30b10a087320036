import type { Job } from '../../../shared/contract/job.ts';
import type { Location } from '../../../shared/contract/location.ts';

/** What a user has to know of a location first. `waiting`: its scan is queued, or it was never scanned to its end. */
export type LocationStatus = 'offline' | 'scanning' | 'paused' | 'error' | 'waiting' | 'ready';

export function statusOf(location: Location): LocationStatus {
  if (!location.isOnline) return 'offline';
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
