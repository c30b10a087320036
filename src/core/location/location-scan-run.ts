import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type { ScanDepth } from '#shared/contract/location.ts';
import { displayName } from '../fs/native-path.ts';
import type { Indexer, IndexListener } from '../indexing/index-task.ts';
import { decodeNames } from './encoded-names.ts';
import { type LocationPlaces, type PlacedLocation, walkersFor } from './location-places.ts';
import { type LocationLibrary, type LocationRow, locationRow, locationTotals, updateLocation } from './location-rows.ts';
import type { LocationScanContext, LocationScanInput, LocationScanState } from './location-scan-job.ts';
import { addMetrics } from './scan-metrics.ts';

export interface ScanRunOptions {
  library: LocationLibrary;
  places: LocationPlaces;
  volumes: { refresh(): Promise<void> };
  indexer: Indexer;
  /** Takes over what is known of a new location from elsewhere. @returns the pass that it needs then; null when nothing is known of it */
  promote(row: LocationRow, signal: AbortSignal): Promise<ScanDepth | null>;
  onChanges: NonNullable<IndexListener['onChanges']>;
  /** Tells what has been held back of the changes. */
  flushChanges(locationId: number): void;
}

type Pass = ScanDepth | 'prune';

/** How often a scan begins anew at once where its volume seemed to vanish and is there: then it was mounted elsewhere meanwhile. */
const MOST_RETURNS = 5;

/** One run of a scan: from the start, or from where the last one was interrupted. */
export class LocationScanRun {
  readonly #context: LocationScanContext;
  readonly #options: ScanRunOptions;
  #passes: Pass[];
  #state: LocationScanState;

  constructor(context: LocationScanContext, options: ScanRunOptions) {
    this.#context = context;
    this.#options = options;
    this.#passes = passesOf(context.input);
    this.#state = context.state ?? { passesDone: 0, metrics: null, checkpoint: null };
  }

  /** @throws MooringError `LOCATION_NOT_FOUND`, and as `Indexer.scan` does */
  async run(): Promise<IndexMetrics> {
    const { library, flushChanges } = this.#options;
    const row = this.#row();
    try {
      if (row.rootEntryId === null && this.#isWhole) await this.#promote(row);
      const metrics = await this.#runPasses();
      if (this.#isWhole) recordSuccess(library, row.id, metrics.problems, this.#passes.includes('full'));
      return metrics;
    } catch (error) {
      this.#recordFailure(row.id, error);
      throw error;
    } finally {
      flushChanges(row.id);
    }
  }

  /** A first scan only verifies what is known already. When it is interrupted, the next one reads everything. */
  async #promote(row: LocationRow): Promise<void> {
    const depth = await this.#options.promote(row, this.#context.signal);
    this.#context.checkInterrupt();
    if (depth !== null) this.#passes = this.#passes.map((pass) => (pass === 'full' ? depth : pass));
  }

  async #runPasses(): Promise<IndexMetrics> {
    let lastPass: IndexMetrics | null = null;
    for (let returns = 0; this.#state.passesDone < this.#passes.length; ) {
      try {
        const metrics = await this.#runPass(this.#passes[this.#state.passesDone] ?? 'full');
        lastPass = metrics;
        const { passesDone } = this.#state;
        this.#checkpoint({ passesDone: passesDone + 1, metrics: addMetrics(this.#state.metrics, metrics), checkpoint: null });
      } catch (error) {
        if (!(await this.#isBack(error)) || ++returns > MOST_RETURNS) throw error;
      }
    }
    if (!this.#state.metrics) throw new MooringError('INTERNAL', 'This scan has nothing to do.');
    // What was told last was told on the way.
    if (lastPass) this.#tellEnd(lastPass);
    return this.#state.metrics;
  }

  /** Where the location is, and what its rules are, is found out anew for each pass. */
  async #runPass(pass: Pass): Promise<IndexMetrics> {
    const { places, indexer } = this.#options;
    const { signal, input } = this.#context;
    const row = this.#row();
    const placed = places.of(row);
    if (!placed)
      throw new MooringError('VOLUME_OFFLINE', `The drive of “${row.name}” is not connected.`, { details: { locationId: row.uuid } });
    const root = places.rootFor(placed);
    const listener = this.#listener(pass, placed);
    if (pass === 'prune') {
      this.#context.progress({ phase: 'processing' });
      return indexer.prune(root, listener, signal);
    }
    const task = {
      root,
      depth: pass,
      below: decodeNames(input.below) ?? [],
      maxDepth: input.maxDepth,
      resumeFrom: this.#state.checkpoint,
      walkers: walkersFor(placed),
    };
    return indexer.scan(task, listener, signal);
  }

  #listener(pass: Pass, { row }: PlacedLocation): IndexListener {
    const { library, onChanges } = this.#options;
    const { input } = this.#context;
    // As many as there were last time; of a first scan nobody knows.
    const totals = pass === 'full' && row.lastScanAt !== null && this.#isWhole ? locationTotals(library, row) : null;
    const known = totals ? totals.fileCount + totals.folderCount : null;
    return {
      onChanges,
      onProblem: (problem) => {
        // A catch-up meets each problem twice.
        if (pass !== 'quick' || input.depth !== 'catch-up') this.#context.problem(problem);
      },
      onCheckpoint: (checkpoint) => this.#checkpoint({ ...this.#state, checkpoint }),
      onProgress: ({ phase, currentPath, counts }) =>
        this.#context.progress({
          phase,
          currentItem: currentPath === null ? null : displayName(currentPath),
          itemsDone: counts.entriesSeen,
          itemsTotal: known !== null && known >= counts.entriesSeen ? known : null,
          bytesDone: counts.bytesSeen,
        }),
    };
  }

  /** A scan of all has looked after all that there is, however much of it had to be read, or read twice. */
  #tellEnd({ entriesSeen, bytesSeen }: IndexMetrics): void {
    const totals = this.#isWhole ? locationTotals(this.#options.library, this.#row()) : null;
    const itemsDone = totals ? totals.fileCount + totals.folderCount : entriesSeen;
    this.#context.progress({ currentItem: null, itemsDone, itemsTotal: itemsDone, bytesDone: totals?.bytes ?? bytesSeen });
  }

  #checkpoint(state: LocationScanState): void {
    this.#state = state;
    this.#context.checkpoint(state);
  }

  /** Whether a volume that a walker has missed is mounted after all: elsewhere, or again. */
  async #isBack(error: unknown): Promise<boolean> {
    if (!(error instanceof MooringError) || error.code !== 'VOLUME_OFFLINE' || this.#context.signal.aborted) return false;
    await this.#options.volumes.refresh();
    this.#context.checkInterrupt();
    return this.#options.places.of(this.#row()) !== null;
  }

  #recordFailure(id: number, error: unknown): void {
    const { code, message } = toMooringError(error);
    const isPause = this.#context.signal.aborted || code === 'VOLUME_OFFLINE' || code === 'NO_SPACE';
    const concernsAll = this.#isWhole || code === 'LOCATION_GONE';
    if (isPause || !concernsAll) return;
    try {
      updateLocation(this.#options.library, id, { errorCode: code, errorMessage: message });
    } catch {
      // The library may be what has failed. The job says why it ended.
    }
  }

  get #isWhole(): boolean {
    return isWholeScan(this.#context.input);
  }

  #row() {
    const row = locationRow(this.#options.library, this.#context.input.locationId);
    if (!row) throw new MooringError('LOCATION_NOT_FOUND', 'The location has been removed meanwhile.');
    return row;
  }
}

/** Whether it looks at all of a location, and not at a part of it. */
export function isWholeScan(input: Pick<LocationScanInput, 'below' | 'maxDepth' | 'depth'>): boolean {
  return input.below === '' && input.maxDepth === null && input.depth !== 'none';
}

function passesOf({ depth, prune }: LocationScanInput): Pass[] {
  const scans: Pass[] = depth === 'catch-up' ? ['quick', 'full'] : depth === 'none' ? [] : [depth];
  return prune || scans.length === 0 ? ['prune', ...scans] : scans;
}

function recordSuccess(library: LocationLibrary, id: number, problemCount: number, wasFull: boolean): void {
  const now = new Date().toISOString();
  updateLocation(library, id, {
    lastScanAt: now,
    ...(wasFull ? { lastFullScanAt: now } : {}),
    problemCount,
    errorCode: null,
    errorMessage: null,
  });
}
