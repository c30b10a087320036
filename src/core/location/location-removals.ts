import { MooringError } from '#shared/contract/error.ts';
import type { Indexers } from '../indexing/indexers.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../log/logger.ts';
import { removedLocationIds } from './location-rows.ts';

/**
 * Removes the entries of locations that are gone, behind what the user does. The location itself goes first, so that a removal which is cut
 * off is found by what it has left, and finished when the library is opened again.
 */
export class LocationRemovals {
  readonly #indexers: Indexers;
  readonly #log: Logger;

  constructor({ indexers, log }: { indexers: Indexers; log: Logger }) {
    this.#indexers = indexers;
    this.#log = log;
  }

  /** Finishes what was cut off. */
  finish(library: Library): void {
    for (const id of removedLocationIds(library)) this.begin(library, id);
  }

  begin(library: Library, locationId: number): void {
    this.#indexers
      .for(library)
      .removeEntries(locationId)
      .catch((error: unknown) => {
        const isInterrupted = error instanceof MooringError && error.code === 'CANCELLED';
        if (!isInterrupted)
          this.#log.warn({ err: error, library: library.id, locationId }, 'The entries of a removed location are still there');
      });
  }
}
