import type { Job } from '#shared/contract/job.ts';
import type { Location } from '#shared/contract/location.ts';
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

/** Many locations that are scanned one after the other change all the time, and to describe one takes as long as to describe all of them. */
const INTERVAL_MS = 100;

/** Publishes `LocationUpdated` when anything has changed that clients see of a location. Several changes at once are told once. */
export class LocationAnnouncer {
  readonly #options: LocationAnnouncerOptions;
  /** By library and uuid. */
  readonly #changed = new Map<string, { library: Library; uuid: string }>();
  readonly #unsubscribe: (() => void)[];
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

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

  /** In the next moment, so that what brings this about has been told before; ten times a second at most. */
  changed(library: Library, uuid: string): void {
    if (this.#changed.size === 0) this.#tellSoon();
    this.#changed.set(`${library.id} ${uuid}`, { library, uuid });
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    this.#changed.clear();
  }

  #tellSoon(): void {
    const waitMs = this.#toldAtMs + INTERVAL_MS - performance.now();
    if (waitMs <= 0) queueMicrotask(() => this.#tell());
    else this.#timer = setTimeout(() => this.#tell(), waitMs);
  }

  #tell(): void {
    const { events } = this.#options;
    const changed = Map.groupBy(this.#changed.values(), ({ library }) => library);
    this.#changed.clear();
    this.#toldAtMs = performance.now();
    for (const [library, locations] of changed) {
      // Others are being closed.
      if (!this.#options.libraries.opened.includes(library)) continue;
      for (const location of this.#describe(library, locations)) {
        events.publish({ type: 'LocationUpdated', libraryId: library.id, location });
      }
    }
  }

  #describe(library: Library, locations: readonly { uuid: string }[]): Location[] {
    try {
      const rows = locations.flatMap(({ uuid }) => locationRow(library, uuid) ?? []);
      return this.#options.view.of(library, rows);
    } catch {
      return []; // The library lies on a drive that was pulled out: it is about to be closed.
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
