import type { Job } from '#shared/contract/job.ts';
import type { Location, ScanState, WatchState } from '#shared/contract/location.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import { displayName, toSdPath } from '../fs/native-path.ts';
import type { Library } from '../library/library.ts';
import type { Volumes } from '../volume/volumes.ts';
import type { LocationPlaces } from './location-places.ts';
import { type LocationRow, locationRows, locationTotals } from './location-rows.ts';
import type { LocationScans } from './location-scans.ts';
import type { WatchStates } from './watch-states.ts';

export interface LocationViewOptions {
  places: LocationPlaces;
  scans: Pick<LocationScans, 'allUnderWay'>;
  volumes: Pick<Volumes, 'list'>;
  watchStates: WatchStates;
  deviceId: string;
}

/** Locations as clients see them: what is stored, joined with what is mounted, scanned and watched now. */
export class LocationView {
  readonly #options: LocationViewOptions;

  constructor(options: LocationViewOptions) {
    this.#options = options;
  }

  all(library: Library): Location[] {
    return this.of(library, locationRows(library));
  }

  of(library: Library, rows: readonly LocationRow[]): Location[] {
    if (rows.length === 0) return [];
    const { scans, volumes } = this.#options;
    const jobs = scans.allUnderWay(library);
    const names = new Map(volumes.list({ all: true, library: library.id }).map(({ fingerprint, name }) => [fingerprint, name]));
    return rows.map((row) => {
      const volumeName = names.get(row.volumeFingerprint) ?? `Drive ${row.volumeFingerprint.slice(0, 8)}`;
      return this.#describe(library, row, jobs.get(row.uuid) ?? [], volumeName);
    });
  }

  one(library: Library, row: LocationRow): Location {
    const [location] = this.of(library, [row]);
    if (!location) throw new RangeError('One row makes one location.');
    return location;
  }

  #describe(library: Library, row: LocationRow, jobs: readonly Job[], volumeName: string): Location {
    const placed = this.#options.places.of(row);
    const totals = locationTotals(library, row);
    return {
      id: row.uuid,
      libraryId: library.id,
      name: row.name,
      path: placed ? toSdPath(placed.root, this.#options.deviceId) : formatVolumePath(row.volumeFingerprint, row.path),
      pathInVolume: displayName(row.path),
      volumeFingerprint: row.volumeFingerprint,
      volumeName,
      isOnline: placed !== null,
      mode: row.indexMode,
      scanState: scanStateOf(row, jobs),
      watchEnabled: row.watchEnabled,
      watchState: this.#watchStateOf(library, row, placed !== null),
      rules: row.rules,
      lastScanAt: row.lastScanAt,
      error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' },
      problemCount: row.problemCount,
      totalFileCount: totals.fileCount,
      totalFolderCount: totals.folderCount,
      totalBytes: totals.bytes,
      jobId: (jobs.find(isGoingOn) ?? jobs[0])?.id ?? null,
      createdAt: row.createdAt,
    };
  }

  #watchStateOf(library: Library, row: LocationRow, isOnline: boolean): WatchState {
    if (!row.watchEnabled || row.isPaused) return 'off';
    return isOnline ? this.#options.watchStates.stateOf(library.id, row.uuid) : 'offline';
  }
}

/** From its jobs that have not ended, else from what the last of them left. */
function scanStateOf(row: LocationRow, jobs: readonly Job[]): ScanState {
  if (jobs.some(isGoingOn)) return 'scanning';
  if (row.isPaused || jobs.length > 0) return 'paused';
  if (row.errorCode !== null) return 'error';
  return row.lastScanAt === null ? 'pending' : 'complete';
}

function isGoingOn({ status }: Job): boolean {
  return status === 'running' || status === 'queued';
}
