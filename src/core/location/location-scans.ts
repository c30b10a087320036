import { MooringError } from '#shared/contract/error.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type { Job } from '#shared/contract/job.ts';
import type { EphemeralIndexes } from '../entry/ephemeral/ephemeral-indexes.ts';
import type { NativePath } from '../fs/native-path.ts';
import { LOCATION_SCAN } from '../indexing/index-task.ts';
import type { Indexers } from '../indexing/indexers.ts';
import type { Jobs } from '../job/jobs.ts';
import type { Library } from '../library/library.ts';
import { encodeNames } from './encoded-names.ts';
import type { IndexChangeEvents } from './index-change-events.ts';
import type { LocationPlaces } from './location-places.ts';
import { type LocationRow, locationRow } from './location-rows.ts';
import { type LocationScanContext, LocationScanInput, locationScanJob } from './location-scan-job.ts';
import { isWholeScan, LocationScanRun } from './location-scan-run.ts';

export interface LocationScansOptions {
  jobs: Jobs;
  indexers: Indexers;
  places: LocationPlaces;
  volumes: { refresh(): Promise<void> };
  changes: IndexChangeEvents;
  ephemeral: Pick<EphemeralIndexes, 'promote'>;
}

export interface ScanOrder {
  depth: LocationScanInput['depth'];
  /** A folder of the location; left out, all of it. */
  below?: readonly NativePath[];
  /** 0: that folder's own entries; left out, all below it. */
  maxDepth?: number | null;
  /** First remove what the rules leave out. */
  prune?: boolean;
  /** What runs already has begun too early to find all that is meant. */
  afresh?: boolean;
  priority?: Job['priority'];
}

/** The scans of locations: starts them, and knows which are under way. The jobs themselves are kept by `Jobs`. */
export class LocationScans {
  readonly #options: LocationScansOptions;
  readonly #definition: ReturnType<typeof locationScanJob>;

  constructor(options: LocationScansOptions) {
    this.#options = options;
    this.#definition = locationScanJob({
      run: (context) => this.#run(context),
      startByName: (input, library) => this.#startByName(input, library),
    });
    options.jobs.register(this.#definition);
  }

  /** To be called when a scan may be asked for soon: what it needs is made ready. */
  prepare(library: Library): void {
    this.#options.indexers.for(library).prepare();
  }

  /**
   * A scan that is under way or waits, and would find all that this one would, is returned instead of being doubled. A user who asks for
   * it lets it go on when it was paused.
   */
  start(library: Library, row: LocationRow, order: ScanOrder): Job {
    const { depth, below = [], maxDepth = null, prune = false, afresh = false, priority = 'user' } = order;
    const input: LocationScanInput = { locationId: row.uuid, depth, below: encodeNames(below), maxDepth, prune };
    const candidates = this.underWay(library, row).filter((job) => !afresh || (job.status === 'queued' && job.lastCheckpointAt === null));
    const same = candidates.find((job) => covers(LocationScanInput.parse(job.input), input));
    if (!same) return this.#options.jobs.dispatch(this.#definition, input, { volumes: [row.volumeFingerprint], library, priority });
    const isHeldByUser = same.status === 'paused' && same.pauseReason !== 'volume-offline';
    return isHeldByUser && priority === 'user' ? this.#options.jobs.resume(same.id) : same;
  }

  /** Those of its jobs that have not ended, oldest first. */
  underWay(library: Library, { uuid }: Pick<LocationRow, 'uuid'>): Job[] {
    return this.allUnderWay(library).get(uuid) ?? [];
  }

  /** The jobs of all locations of a library that have not ended, by the location's uuid. */
  allUnderWay(library: Library): Map<string, Job[]> {
    const jobs = this.#options.jobs.unfinished().filter((job) => job.name === LOCATION_SCAN && job.libraryId === library.id);
    return Map.groupBy(jobs, (job) => String(job.input.locationId));
  }

  /** Ends what is under way for a location, before it changes what that works with. */
  async cancel(library: Library, row: Pick<LocationRow, 'uuid'>): Promise<void> {
    await Promise.all(this.underWay(library, row).map((job) => this.#options.jobs.cancel(job.id).catch(ignoreFinished)));
  }

  async pause(library: Library, row: Pick<LocationRow, 'uuid'>): Promise<void> {
    await Promise.all(this.underWay(library, row).map((job) => this.#options.jobs.pause(job.id).catch(ignoreFinished)));
  }

  /** Lets go on what a user has paused. */
  resume(library: Library, row: Pick<LocationRow, 'uuid'>): void {
    const paused = this.underWay(library, row).filter((job) => job.status === 'paused' && job.pauseReason !== 'volume-offline');
    for (const { id } of paused) {
      try {
        this.#options.jobs.resume(id);
      } catch (error) {
        ignoreFinished(error);
      }
    }
  }

  #run(context: LocationScanContext): Promise<IndexMetrics> {
    const { library } = context;
    if (!library) throw new MooringError('LIBRARY_NOT_OPEN', 'The library of this location is not open.');
    const { places, volumes, indexers, changes, ephemeral } = this.#options;
    return new LocationScanRun(context, {
      library,
      places,
      volumes,
      indexer: indexers.for(library),
      promote: (row, signal) => ephemeral.promote(library, row, signal),
      onChanges: (change) => changes.report(library, change),
      flushChanges: (locationId) => changes.flush(library, locationId),
    }).run();
  }

  #startByName({ locationId, depth, below, maxDepth, prune }: LocationScanInput, library: Library): Job {
    const row = locationRow(library, locationId);
    if (!row) throw new MooringError('LOCATION_NOT_FOUND', `This library has no location ${locationId}.`);
    const input = { locationId, depth, below, maxDepth, prune };
    return this.#options.jobs.dispatch(this.#definition, input, { volumes: [row.volumeFingerprint], library });
  }
}

/** Whether a scan that is under way does all that another one would. */
function covers(running: LocationScanInput, wanted: LocationScanInput): boolean {
  const isSamePart = running.below === wanted.below && running.maxDepth === wanted.maxDepth;
  if (wanted.prune && !running.prune) return false;
  const isDeepEnough =
    running.depth === wanted.depth || running.depth === 'catch-up' || (running.depth === 'full' && wanted.depth === 'quick');
  return (isWholeScan(running) || isSamePart) && isDeepEnough && running.depth !== 'none';
}

function ignoreFinished(error: unknown): void {
  // It ended by itself meanwhile, or waits already.
  if (error instanceof MooringError && ['JOB_FINISHED', 'JOB_NOT_FOUND', 'JOB_NOT_PAUSED', 'VOLUME_OFFLINE'].includes(error.code)) return;
  throw error;
}
