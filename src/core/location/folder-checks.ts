import type { LocationChecks } from '../entry/entries.ts';
import { type NativePath, toBytes } from '../fs/native-path.ts';
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
  log: Logger;
}

/** Looks at folders that somebody has just opened and that nobody watches: what has changed in them reaches the index. */
export class FolderChecks implements LocationChecks {
  readonly #options: FolderChecksOptions;
  /** Folders that are being looked at: opening one again meanwhile adds nothing. */
  readonly #underWay = new Set<string>();
  readonly #closing = new AbortController();

  constructor(options: FolderChecksOptions) {
    this.#options = options;
  }

  isWatched(libraryId: string, locationId: string): boolean {
    return this.#options.watchStates.stateOf(libraryId, locationId) === 'watching';
  }

  checkFolder(libraryId: string, locationId: string, folder: NativePath): void {
    const key = `${libraryId} ${locationId} ${toBytes(folder).toString('latin1')}`;
    if (this.#underWay.has(key) || this.#closing.signal.aborted) return;
    this.#underWay.add(key);
    this.#check(libraryId, locationId, folder)
      .catch((error: unknown) => {
        // It was shown as it was known. Whoever scans the location learns why it could not be looked at.
        this.#options.log.debug({ err: error, location: locationId }, 'An opened folder could not be compared with its index');
      })
      .finally(() => this.#underWay.delete(key));
  }

  close(): void {
    this.#closing.abort();
  }

  async #check(libraryId: string, locationId: string, folder: NativePath): Promise<void> {
    const { libraries, places, scans, indexers, changes } = this.#options;
    const library = libraries.opened.find(({ id }) => id === libraryId);
    const row = library && locationRow(library, locationId);
    const placed = row && places.of(row);
    // A scan that runs gets there by itself.
    if (!library || !placed || scans.underWay(library, row).some(({ status }) => status === 'running')) return;
    const task = { roots: [places.rootFor(placed)], folders: [{ path: folder, names: null }] };
    await indexers.for(library).applyChanges(task, { onChanges: (change) => changes.report(library, change) }, this.#closing.signal);
  }
}
