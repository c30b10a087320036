import type { Logger } from '../log/logger.ts';
import type { LiveVolume } from './live-volume.ts';
import { recordSightings, type TrackedVolume, type TrackingLibrary, trackedVolumes } from './tracking.ts';

/** The part of `Libraries` that volumes need. */
export interface TrackingLibraries {
  readonly opened: readonly TrackingLibrary[];
  readonly current: TrackingLibrary | null;
  resolve(ref?: string): TrackingLibrary;
}

/** What is remembered of volumes that are here is written at most this often while nothing happens to them. */
const SIGHTING_INTERVAL_MS = 60_000;

/**
 * What the open libraries remember. A library may itself lie on a drive that was just pulled out: it then remembers
 * nothing, and the others are not kept from it.
 */
export class RememberedVolumes {
  #sightedAt = 0;
  readonly #libraries: TrackingLibraries;
  readonly #deviceId: string;
  readonly #log: Logger;

  constructor(libraries: TrackingLibraries, deviceId: string, log: Logger) {
    this.#libraries = libraries;
    this.#deviceId = deviceId;
    this.#log = log;
  }

  in(library: TrackingLibrary | null): TrackedVolume[] {
    if (!library) return [];
    try {
      return trackedVolumes(library);
    } catch (error) {
      this.#log.warn({ err: error, library: library.id }, 'The tracked volumes of a library could not be read');
      return [];
    }
  }

  everywhere(): TrackedVolume[] {
    return this.#libraries.opened.flatMap((library) => this.in(library));
  }

  /** Writes down in every open library which of its volumes were here just now. */
  sight(seen: readonly LiveVolume[]): void {
    this.#sightedAt = Date.now();
    for (const library of this.#libraries.opened) {
      try {
        recordSightings(library, seen, this.#deviceId);
      } catch (error) {
        this.#log.warn({ err: error, library: library.id }, 'A library could not be told which volumes are here');
      }
    }
  }

  sightNowAndThen(seen: readonly LiveVolume[]): void {
    if (Date.now() - this.#sightedAt >= SIGHTING_INTERVAL_MS) this.sight(seen);
  }
}
