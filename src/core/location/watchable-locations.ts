import type { EventBus } from '../events/event-bus.ts';
import type { IndexChanges, Indexer } from '../indexing/index-task.ts';
import type { Indexers } from '../indexing/indexers.ts';
import type { Library } from '../library/library.ts';
import { databasePath } from '../library/library-folder.ts';
import type { Logger } from '../log/logger.ts';
import type { WatchedLocation, WatchedLocations } from '../watching/watched-locations.ts';
import type { IndexChangeEvents } from './index-change-events.ts';
import type { LocationAnnouncer } from './location-announcer.ts';
import { type LocationPlaces, type PlacedLocation, walkersFor } from './location-places.ts';
import { locationRow } from './location-rows.ts';
import type { LocationScans } from './location-scans.ts';

export interface WatchableLocationsOptions {
  events: EventBus;
  libraries: { readonly opened: readonly Library[]; afterReturn(listener: (library: Library) => void): () => void };
  places: LocationPlaces;
  scans: LocationScans;
  changes: IndexChangeEvents;
  announcer: LocationAnnouncer;
  indexers: Indexers;
  log: Logger;
}

const CHANGES_OF_LOCATIONS = [
  ...(['LocationAdded', 'LocationUpdated', 'LocationRemoved'] as const),
  ...(['LibraryOpened', 'LibraryClosed', 'VolumeMountChanged'] as const),
];

/** The locations of all open libraries, as the watcher sees them. */
export class WatchableLocations implements WatchedLocations {
  readonly #options: WatchableLocationsOptions;

  constructor(options: WatchableLocationsOptions) {
    this.#options = options;
  }

  list(): WatchedLocation[] {
    return this.#options.libraries.opened.flatMap((library) => this.#ofLibrary(library));
  }

  onChange(listener: () => void): () => void {
    const { events, libraries } = this.#options;
    const unsubscribe = [...CHANGES_OF_LOCATIONS.map((type) => events.on(type, listener)), libraries.afterReturn(listener)];
    return () => {
      for (const end of unsubscribe) end();
    };
  }

  indexer(libraryId: string): Indexer {
    return this.#options.indexers.for(this.#library(libraryId));
  }

  onIndexChanges(libraryId: string, changes: IndexChanges): void {
    this.#options.changes.report(this.#library(libraryId), changes);
  }

  catchUp(libraryId: string, uuid: string): void {
    const library = this.#library(libraryId);
    const row = locationRow(library, uuid);
    if (!row) return;
    try {
      this.#options.scans.start(library, row, { depth: 'catch-up', afresh: true, priority: 'background' });
    } catch (error) {
      // The engine is stopping: the next one looks.
      this.#options.log.warn({ err: error, location: uuid }, 'What has changed meanwhile could not be looked for');
    }
  }

  onWatchState(libraryId: string, uuid: string): void {
    this.#options.announcer.changed(this.#library(libraryId), uuid);
  }

  #ofLibrary(library: Library): WatchedLocation[] {
    const { places, scans } = this.#options;
    try {
      const jobs = scans.allUnderWay(library);
      const watched = places.online(library).filter(({ row }) => row.watchEnabled && !row.isPaused);
      return watched.map((placed) => {
        const isScanning = (jobs.get(placed.row.uuid) ?? []).some(({ status }) => status === 'running');
        return this.#describe(library, placed, isScanning);
      });
    } catch (error) {
      // The library lies on a drive that was pulled out: it is about to be closed.
      this.#options.log.warn({ err: error, library: library.id }, 'The locations of a library could not be read');
      return [];
    }
  }

  #describe(library: Library, placed: PlacedLocation, isScanning: boolean): WatchedLocation {
    const { row, live } = placed;
    return {
      uuid: row.uuid,
      libraryId: library.id,
      databasePath: databasePath(library.path),
      volumeFingerprint: row.volumeFingerprint,
      root: this.#options.places.rootFor(placed),
      isNetwork: live.mountType === 'Network',
      walkers: walkersFor(placed),
      isScanned: row.lastScanAt !== null,
      isScanning,
    };
  }

  /** @throws RangeError */
  #library(id: string): Library {
    const library = this.#options.libraries.opened.find((opened) => opened.id === id);
    if (!library) throw new RangeError(`The library ${id} is not open.`);
    return library;
  }
}
