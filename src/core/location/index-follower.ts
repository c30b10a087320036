import { toMooringError } from '#shared/contract/error.ts';
import type { EphemeralIndexes } from '../entry/ephemeral/ephemeral-indexes.ts';
import type { IndexFollow, OwnChange, OwnMove } from '../file-operation/index-follow/index-follow.ts';
import { isWithin, type NativePath, parentOf } from '../fs/native-path.ts';
import type { ChangedFolder, IndexChanges } from '../indexing/index-task.ts';
import type { Indexers } from '../indexing/indexers.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../log/logger.ts';
import type { LiveVolume } from '../volume/live-volume.ts';
import { volumeContaining } from '../volume/path-volume.ts';
import { FollowQueue } from './follow-queue.ts';
import type { IndexChangeEvents } from './index-change-events.ts';
import type { LocationPlaces, PlacedLocation } from './location-places.ts';
import type { LocationScans } from './location-scans.ts';

export interface IndexFollowerOptions {
  libraries: { readonly opened: readonly Library[] };
  volumes: { readonly live: readonly LiveVolume[] };
  places: LocationPlaces;
  scans: LocationScans;
  changes: IndexChangeEvents;
  indexers: Indexers;
  ephemeral: Pick<EphemeralIndexes, 'follow'>;
  log: Logger;
}

/** Whoever has changed something waits at most so long for the index: then it follows by itself. */
const PATIENCE_MS = 3000;

/**
 * Brings the indexes of open libraries, and those in memory, in line with what our own operations have done, whether their locations are watched or not. What the
 * watcher notices of the same afterwards is found unchanged, and nothing is told twice.
 *
 * The work of each volume waits for nothing but itself; that of a location that is being scanned waits for the end of the scan, which may have
 * passed the folder already.
 */
export class IndexFollower implements IndexFollow {
  readonly #options: IndexFollowerOptions;
  readonly #queues = new Map<string, FollowQueue>();
  readonly #abort = new AbortController();

  constructor(options: IndexFollowerOptions) {
    this.#options = options;
  }

  async changed(changes: readonly OwnChange[], moves: readonly OwnMove[] = []): Promise<void> {
    if (changes.length === 0 || this.#abort.signal.aborted) return;
    const { libraries, ephemeral } = this.#options;
    const work = libraries.opened.map((library) => this.#follow(library, changes, moves));
    work.push(ephemeral.follow(changes.map(toChangedFolder)));
    const { promise: patience, resolve: loseIt } = Promise.withResolvers<void>();
    const timer = setTimeout(loseIt, PATIENCE_MS);
    await Promise.race([Promise.all(work), patience]);
    clearTimeout(timer);
  }

  /** Ends what is under way. */
  close(): void {
    this.#abort.abort();
  }

  async #follow(library: Library, changes: readonly OwnChange[], moves: readonly OwnMove[]): Promise<void> {
    try {
      const placed = this.#followed(library);
      if (placed.length === 0) return;
      // Folders that are not known yet have to be looked at before anything is put into them.
      const hasPlaces = await this.#relocate(library, placed, moves);
      const parts = this.#parts(library, placed, changes);
      await Promise.all(parts.map(({ key, locations, folders }) => this.#queue(library, key, locations).add(folders)));
      if (!hasPlaces) await this.#relocate(library, placed, moves);
    } catch (error) {
      // The library is being closed, or lies on a drive that was pulled out.
      this.#options.log.warn({ err: error, library: library.id }, 'What was changed could not be followed');
    }
  }

  /** Locations that have been indexed, and can be reached. */
  #followed(library: Library): PlacedLocation[] {
    return this.#options.places.online(library).filter(({ row }) => row.rootEntryId !== null && !row.isPaused);
  }

  /** @returns whether all have their places now */
  async #relocate(library: Library, placed: readonly PlacedLocation[], moves: readonly OwnMove[]): Promise<boolean> {
    const { places, indexers, changes } = this.#options;
    const holders = new Set<PlacedLocation>();
    const known = moves.filter(({ from, to }) => {
      const ends = [from, to].map((path) => placed.filter((one) => this.#holds(one, parentOf(path))));
      if (ends.some((locations) => locations.length === 0)) return false;
      for (const location of ends.flat()) holders.add(location);
      return true;
    });
    if (known.length === 0) return true;
    const task = { roots: [...holders].map((one) => places.rootFor(one)), moves: known };
    const listener = { onChanges: (change: IndexChanges) => changes.report(library, change) };
    const { moved } = await indexers.for(library).relocate(task, listener, this.#abort.signal);
    return moved === known.length;
  }

  #parts(library: Library, placed: readonly PlacedLocation[], changes: readonly OwnChange[]) {
    const scanning = this.#options.scans.allUnderWay(library);
    const isScanned = ({ row }: PlacedLocation) => (scanning.get(row.uuid) ?? []).some(({ status }) => status === 'running');
    const groups = Map.groupBy(placed, (one) =>
      isScanned(one) ? `${one.row.volumeFingerprint} ${one.row.uuid}` : one.row.volumeFingerprint,
    );
    return [...groups].flatMap(([key, locations]) => {
      const folders = changes.filter(({ folder }) => locations.some((one) => this.#holds(one, folder))).map(toChangedFolder);
      return folders.length === 0 ? [] : [{ key, locations: locations.map(({ row }) => row.uuid), folders }];
    });
  }

  /** What is mounted below a location is not part of it, unless its rules say so. */
  #holds({ row, root, live }: PlacedLocation, folder: NativePath): boolean {
    if (!isWithin(folder, root)) return false;
    return row.rules.crossVolumes || volumeContaining(this.#options.volumes.live, folder)?.fingerprint === live.fingerprint;
  }

  #queue(library: Library, key: string, locations: readonly string[]): FollowQueue {
    const id = `${library.id} ${key}`;
    const present = this.#queues.get(id);
    if (present) return present;
    const queue = new FollowQueue({
      apply: (folders) => this.#apply(library, locations, folders),
      onEmpty: () => this.#queues.delete(id),
    });
    this.#queues.set(id, queue);
    return queue;
  }

  async #apply(library: Library, locations: readonly string[], folders: ChangedFolder[]): Promise<void> {
    const { places, indexers, changes, log } = this.#options;
    try {
      const roots = this.#followed(library).flatMap((one) => (locations.includes(one.row.uuid) ? [places.rootFor(one)] : []));
      const listener = { onChanges: (change: IndexChanges) => changes.report(library, change) };
      await indexers.for(library).applyChanges({ roots, folders }, listener, this.#abort.signal);
    } catch (error) {
      const { code } = toMooringError(error);
      // A drive that has gone is caught up with when it is back.
      if (code === 'VOLUME_OFFLINE' || code === 'CANCELLED') return;
      log.warn({ err: error, library: library.id }, 'What was changed could not be followed');
    }
  }
}

function toChangedFolder({ folder, names }: OwnChange): ChangedFolder {
  return names === null ? { path: folder, names: null, recursive: true } : { path: folder, names: [...names] };
}
