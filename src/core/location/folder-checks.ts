import type { LocationChecks, OpenedFolder } from '../entry/entries-options.ts';
import type { EventBus } from '../events/event-bus.ts';
import { toBytes } from '../fs/native-path.ts';
import { LOCATION_SCAN } from '../indexing/index-task.ts';
import type { Indexers } from '../indexing/indexers.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../log/logger.ts';
import type { IndexChangeEvents } from './index-change-events.ts';
import type { LocationPlaces } from './location-places.ts';
import { locationRow } from './location-rows.ts';
import type { LocationScans } from './location-scans.ts';
import type { WatchStates } from './watch-states.ts';

export interface FolderChecksOptions {
  libraries: { readonly opened: readonly Library[] };
  places: LocationPlaces;
  scans: LocationScans;
  indexers: Indexers;
  changes: IndexChangeEvents;
  watchStates: WatchStates;
  events: EventBus;
  log: Logger;
}

/** Somebody who opens folders faster than they can be looked at is not interested in the first of them any more. */
const MOST_WAITING = 8;
/** Nobody needs to know sooner what has changed since a folder was looked at. */
const FRESH_MS = 2000;
const MOST_REMEMBERED = 1000;
/** In a folder of more entries only what its own time tells is found out: what was changed in place is left to scans. */
const MOST_COMPARED = 5000;

interface Check {
  key: string;
  location: string;
  folder: OpenedFolder;
}

/**
 * Looks at folders that somebody has just opened and that nobody watches: what has changed in them reaches the index. One at a time in each
 * location, the last opened first; many at once are let go, and a scan never waits for them.
 */
export class FolderChecks implements LocationChecks {
  readonly #options: FolderChecksOptions;
  /** By location. */
  readonly #underWay = new Map<string, { key: string; stop: AbortController }>();
  /** The last opened at the end. */
  #waiting: Check[] = [];
  /** When folders were looked at, in the order of these times. */
  readonly #checkedAt = new Map<string, number>();
  readonly #unsubscribe: (() => void)[];
  #isClosed = false;

  constructor(options: FolderChecksOptions) {
    this.#options = options;
    const { events } = options;
    this.#unsubscribe = [
      events.on('JobStarted', ({ job }) => this.#makeWay(job)),
      events.on('JobResumed', ({ job }) => this.#makeWay(job)),
    ];
  }

  isWatched(libraryId: string, locationId: string): boolean {
    return this.#options.watchStates.stateOf(libraryId, locationId) === 'watching';
  }

  checkFolder(folder: OpenedFolder): void {
    const location = locationKey(folder.libraryId, folder.locationId);
    const key = `${location} ${toBytes(folder.path).toString('latin1')}`;
    if (this.#isClosed || this.#underWay.get(location)?.key === key || this.#isFresh(key)) return;
    this.#waiting = [...this.#waiting.filter((other) => other.key !== key), { key, location, folder }].slice(-MOST_WAITING);
    this.#next();
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const { stop } of this.#underWay.values()) stop.abort();
  }

  /** A scan that begins gets there by itself. */
  #makeWay({ name, libraryId, input }: { name: string; libraryId: string | null; input: Record<string, unknown> }): void {
    if (name !== LOCATION_SCAN || libraryId === null) return;
    const location = locationKey(libraryId, String(input.locationId));
    this.#waiting = this.#waiting.filter((check) => check.location !== location);
    this.#underWay.get(location)?.stop.abort();
  }

  #next(): void {
    const check = this.#waiting.findLast(({ location }) => !this.#underWay.has(location));
    if (!check) return;
    const { key, location, folder } = check;
    const stop = new AbortController();
    this.#waiting = this.#waiting.filter((other) => other !== check);
    this.#underWay.set(location, { key, stop });
    this.#check(folder, stop.signal)
      .then(() => this.#remember(key))
      .catch((error: unknown) => {
        // It was shown as it was known. Whoever scans the location learns why it could not be looked at.
        this.#options.log.debug({ err: error, location: folder.locationId }, 'An opened folder could not be compared with its index');
      })
      .finally(() => {
        this.#underWay.delete(location);
        this.#next();
      });
  }

  async #check({ libraryId, locationId, path, childCount }: OpenedFolder, signal: AbortSignal): Promise<void> {
    const { libraries, places, scans, indexers, changes } = this.#options;
    const library = libraries.opened.find(({ id }) => id === libraryId);
    const row = library && locationRow(library, locationId);
    const placed = row && !row.isPaused && places.of(row);
    // A scan that runs gets there by itself.
    if (!library || !placed || scans.underWay(library, row).some(({ status }) => status === 'running')) return;
    const folder = { path, names: null, unlessModified: childCount > MOST_COMPARED };
    const task = { roots: [places.rootFor(placed)], folders: [folder] };
    await indexers.for(library).applyChanges(task, { onChanges: (change) => changes.report(library, change) }, signal);
  }

  #isFresh(key: string): boolean {
    return performance.now() - (this.#checkedAt.get(key) ?? Number.NEGATIVE_INFINITY) < FRESH_MS;
  }

  #remember(key: string): void {
    this.#checkedAt.delete(key);
    this.#checkedAt.set(key, performance.now());
    const [oldest] = this.#checkedAt.keys();
    if (oldest !== undefined && this.#checkedAt.size > MOST_REMEMBERED) this.#checkedAt.delete(oldest);
  }
}

function locationKey(libraryId: string, locationId: string): string {
  return `${libraryId} ${locationId}`;
}
