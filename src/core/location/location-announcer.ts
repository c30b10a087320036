import type { Job } from '#shared/contract/job.ts';
import type { EventBus } from '../events/event-bus.ts';
import { LOCATION_SCAN } from '../indexing/index-task.ts';
import type { Library } from '../library/library.ts';
import type { LocationPlaces } from './location-places.ts';
import { type LocationRow, locationRow, locationRows } from './location-rows.ts';
import type { LocationView } from './location-view.ts';

export interface LocationAnnouncerOptions {
  events: EventBus;
  libraries: { readonly opened: readonly Library[] };
  places: LocationPlaces;
  view: LocationView;
}

const JOB_EVENTS = ['JobQueued', 'JobStarted', 'JobPaused', 'JobResumed', 'JobCompleted', 'JobFailed', 'JobCancelled'] as const;

/** Publishes `LocationUpdated` when anything has changed that clients see of a location. Several changes at once are told once. */
export class LocationAnnouncer {
  readonly #options: LocationAnnouncerOptions;
  /** By library and uuid. */
  readonly #changed = new Map<string, { library: Library; uuid: string }>();
  readonly #unsubscribe: (() => void)[];

  constructor(options: LocationAnnouncerOptions) {
    this.#options = options;
    const { events } = options;
    this.#unsubscribe = [
      ...JOB_EVENTS.map((type) => events.on(type, ({ job }) => this.#jobChanged(job))),
      events.on('VolumeMountChanged', ({ fingerprint }) => this.#volumeChanged(fingerprint)),
      events.on('VolumeUpdated', ({ volume }) => this.#volumeChanged(volume.fingerprint)),
      events.on('VolumeTracked', ({ volume }) => this.#volumeChanged(volume.fingerprint)),
      events.on('VolumeUntracked', ({ fingerprint }) => this.#volumeChanged(fingerprint)),
    ];
  }

  /** In the next moment, so that what brings this about has been told before. */
  changed(library: Library, uuid: string): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tell());
    this.#changed.set(`${library.id} ${uuid}`, { library, uuid });
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#changed.clear();
  }

  #tell(): void {
    const { events, view } = this.#options;
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    for (const { library, uuid } of changed) {
      if (!library.isOpen) continue;
      const row = locationRow(library, uuid);
      if (row) events.publish({ type: 'LocationUpdated', libraryId: library.id, location: view.one(library, row) });
    }
  }

  #jobChanged({ name, libraryId, input }: Job): void {
    const library = name === LOCATION_SCAN && this.#options.libraries.opened.find(({ id }) => id === libraryId);
    if (library) this.changed(library, String(input.locationId));
  }

  #volumeChanged(fingerprint: string): void {
    for (const library of this.#options.libraries.opened) {
      for (const row of rowsOn(library, fingerprint)) this.changed(library, row.uuid);
    }
  }
}

function rowsOn(library: Library, fingerprint: string): LocationRow[] {
  try {
    return locationRows(library).filter((row) => row.volumeFingerprint === fingerprint);
  } catch {
    return []; // The library lies on a drive that was pulled out: it is about to be closed.
  }
}
