import type { EventBus } from '../events/event-bus.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../log/logger.ts';
import type { LocationPlaces } from './location-places.ts';
import type { LocationRemovals } from './location-removals.ts';
import type { LocationRow } from './location-rows.ts';
import type { LocationScans } from './location-scans.ts';

export interface LocationCatchUpOptions {
  events: EventBus;
  libraries: { readonly opened: readonly Library[]; afterReturn(listener: (library: Library) => void): () => void };
  places: LocationPlaces;
  scans: LocationScans;
  removals: LocationRemovals;
  log: Logger;
}

/**
 * Finds out what has changed while nobody looked: when a library is opened, and when a volume is there (again). Locations that are watched
 * are left to the watcher, who asks for it as soon as nothing escapes him any more.
 */
export class LocationCatchUp {
  readonly #options: LocationCatchUpOptions;
  /** By library, uuid and drive: which could be reached when it was looked last. A drive that was plugged in anew is another one. */
  readonly #online = new Set<string>();
  readonly #unsubscribe: (() => void)[] = [];

  constructor(options: LocationCatchUpOptions) {
    this.#options = options;
  }

  /** When the jobs that libraries remember have gone on. */
  start(): void {
    const { events, libraries } = this.#options;
    this.#unsubscribe.push(
      libraries.afterReturn((library) => this.#returned(library)),
      events.on('LibraryClosed', ({ library }) => this.#forget(library.id)),
      events.on('VolumeMountChanged', () => this.#look()),
      events.on('VolumeUpdated', () => this.#look()),
    );
    for (const library of libraries.opened) this.#returned(library);
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
  }

  #returned(library: Library): void {
    this.#forget(library.id);
    this.#options.removals.finish(library);
    this.#lookAt(library);
  }

  #look(): void {
    for (const library of this.#options.libraries.opened) this.#lookAt(library);
  }

  #lookAt(library: Library): void {
    try {
      const online = this.#options.places.online(library);
      const keys = new Map(online.map(({ row, live }) => [`${library.id} ${row.uuid} ${live.drive}`, row]));
      for (const key of this.#online) {
        if (key.startsWith(library.id) && !keys.has(key)) this.#online.delete(key);
      }
      for (const [key, row] of keys) {
        if (this.#online.has(key)) continue;
        this.#online.add(key);
        this.#catchUp(library, row);
      }
    } catch (error) {
      // The engine is stopping, or the library lies on a drive that was pulled out and is about to be closed.
      this.#options.log.warn({ err: error, library: library.id }, 'The locations of a library could not be looked at');
    }
  }

  #catchUp(library: Library, row: LocationRow): void {
    const { scans } = this.#options;
    const isLeftToWatcher = row.watchEnabled && row.lastScanAt !== null;
    // What waits for its volume goes on by itself; what a user has paused waits for him.
    if (row.isPaused || isLeftToWatcher || scans.underWay(library, row).length > 0) return;
    const depth = row.lastScanAt === null ? 'full' : 'catch-up';
    scans.start(library, row, { depth, priority: 'background' });
  }

  #forget(libraryId: string): void {
    for (const key of this.#online) {
      if (key.startsWith(libraryId)) this.#online.delete(key);
    }
  }
}
