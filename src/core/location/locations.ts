import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { IndexMode, Location, LocationRules, LocationRulesPatch, ScanDepth } from '#shared/contract/location.ts';
import type { EventBus } from '../events/event-bus.ts';
import { joinNames } from '../fs/path-names.ts';
import { refuseUnlessReadable } from '../fs/readable-folder.ts';
import { applyRulesPatch, rulesChange } from '../indexing/rules/rules-change.ts';
import type { Libraries } from '../library/libraries.ts';
import type { Library } from '../library/library.ts';
import type { Volumes } from '../volume/volumes.ts';
import { type AddLocationOptions, addLocation, type LocationToAdd } from './add-location.ts';
import { LocationFinder } from './find-location.ts';
import type { LocationAnnouncer } from './location-announcer.ts';
import type { LocationPlaces } from './location-places.ts';
import type { LocationRemovals } from './location-removals.ts';
import { deleteLocation, type LocationPatch, type LocationRow, locationRow, locationRows, updateLocation } from './location-rows.ts';
import type { LocationScans } from './location-scans.ts';
import type { LocationView } from './location-view.ts';

export interface LocationsOptions extends AddLocationOptions {
  libraries: Pick<Libraries, 'resolve' | 'opened'>;
  volumes: Volumes;
  events: EventBus;
  places: LocationPlaces;
  scans: LocationScans;
  removals: LocationRemovals;
  view: LocationView;
  announcer: LocationAnnouncer;
}

/** A location by its id, name or path, in a library; left out, the current one. */
export interface LocationRef {
  location: string;
  library?: string | undefined;
}

export interface LocationChange {
  name?: string | undefined;
  mode?: IndexMode | undefined;
  rules?: LocationRulesPatch | undefined;
  watch?: boolean | undefined;
}

export interface FolderToScan {
  path: string;
  library?: string | undefined;
  depth: ScanDepth;
  /** 0: its own entries; null: all below it. */
  maxDepth: number | null;
}

/** What users do with locations. All throw MooringError `LIBRARY_NOT_OPEN`, `LIBRARY_NOT_FOUND`, and `LOCATION_NOT_FOUND` as `LocationFinder.find` does. */
export class Locations {
  readonly #options: LocationsOptions;
  readonly #finder: LocationFinder;

  constructor(options: LocationsOptions) {
    this.#options = options;
    this.#finder = new LocationFinder(options);
  }

  /** @param volume only those on it: a reference as for `Volumes.find` */
  async list({ library: ref, volume }: { library?: string | undefined; volume?: string | undefined }): Promise<Location[]> {
    const library = this.#options.libraries.resolve(ref);
    const all = this.#options.view.all(library);
    if (volume === undefined) return all;
    const { fingerprint } = await this.#options.volumes.resolve(volume, library.id);
    return all.filter(({ volumeFingerprint }) => volumeFingerprint === fingerprint);
  }

  async get(ref: LocationRef): Promise<Location> {
    const { library, row } = await this.#find(ref);
    return this.#options.view.one(library, row);
  }

  /** @throws MooringError as `addLocation` does */
  async add({ library: ref, ...wanted }: LocationToAdd & { library?: string | undefined }): Promise<{ location: Location; job: Job }> {
    const { libraries, events, view, scans } = this.#options;
    const library = libraries.resolve(ref);
    // Threads take as long to start as all that comes before the scan.
    scans.prepare(library);
    const row = await addLocation(library, wanted, this.#options);
    events.publish({ type: 'LocationAdded', libraryId: library.id, location: view.one(library, row) });
    const job = scans.start(library, row, { depth: 'full' });
    return { location: view.one(library, row), job };
  }

  /** @returns the job that brings the index in line with changed rules; null when there is nothing to do, or the location is paused */
  async update(ref: LocationRef, change: LocationChange): Promise<{ location: Location; job: Job | null }> {
    const { library, row } = await this.#find(ref);
    const rules = applyRulesPatch(row.rules, change.rules ?? {});
    const patch = { name: change.name, indexMode: change.mode, watchEnabled: change.watch, rules: change.rules && rules };
    const job = await this.#applyRules(library, row, rules, patch);
    return { location: this.#changed(library, row), job };
  }

  /** A scan that runs already is returned. @throws MooringError `VOLUME_OFFLINE`, `CONFLICT` when it is paused */
  async rescan(ref: LocationRef, depth: ScanDepth): Promise<{ location: Location; job: Job }> {
    const { library, row } = await this.#find(ref);
    this.#refuseUnlessReady(library, row);
    const job = this.#options.scans.start(library, row, { depth });
    return { location: this.#options.view.one(library, row), job };
  }

  /** Looks at one folder of a location. @throws MooringError `VOLUME_OFFLINE`, `CONFLICT` when it is paused, and as `refuseUnlessReadable` does */
  async scan({ path, library: ref, depth, maxDepth }: FolderToScan): Promise<Job> {
    const library = this.#options.libraries.resolve(ref);
    const found = await this.#finder.holding(library, path);
    if (!found) {
      throw new MooringError(
        'LOCATION_NOT_FOUND',
        `“${path}” lies in no location. Add it as one, or look at it without keeping what is found (ephemeral).`,
      );
    }
    const { row, below } = found;
    const placed = this.#refuseUnlessReady(library, row);
    await refuseUnlessReadable(joinNames(placed.root, below));
    return this.#options.scans.start(library, row, { depth, below, maxDepth });
  }

  /** Stops scanning and watching it until `resume`. */
  async pause(ref: LocationRef): Promise<Location> {
    const { library, row } = await this.#find(ref);
    updateLocation(library, row.id, { isPaused: true });
    await this.#options.scans.pause(library, row);
    return this.#changed(library, row);
  }

  async resume(ref: LocationRef): Promise<Location> {
    const { library, row } = await this.#find(ref);
    const { scans, places } = this.#options;
    updateLocation(library, row.id, { isPaused: false });
    scans.resume(library, row);
    // Nobody has looked meanwhile, and rules may have changed.
    if (row.isPaused && places.of(row)) scans.start(library, row, { depth: 'catch-up', prune: true });
    return this.#changed(library, row);
  }

  /** Forgets a location. Its entries go in the background; files are never touched. */
  async remove(ref: LocationRef): Promise<{ id: string; name: string }> {
    const { library, row } = await this.#find(ref);
    await this.#remove(library, row);
    return { id: row.uuid, name: row.name };
  }

  /** Forgets all locations on a volume. */
  async removeAllOn(fingerprint: string, ref?: string): Promise<void> {
    const library = this.#options.libraries.resolve(ref);
    for (const row of locationRows(library)) {
      if (row.volumeFingerprint === fingerprint) await this.#remove(library, row);
    }
  }

  async #remove(library: Library, row: LocationRow): Promise<void> {
    const { scans, removals, events } = this.#options;
    await scans.cancel(library, row);
    deleteLocation(library, row.id);
    events.publish({ type: 'LocationRemoved', libraryId: library.id, locationId: row.uuid });
    removals.begin(library, row.id);
  }

  /** Writes changed rules down, and starts what brings the index in line with them. What runs with the old ones ends before. */
  async #applyRules(library: Library, row: LocationRow, rules: LocationRules, patch: LocationPatch): Promise<Job | null> {
    const { scans } = this.#options;
    const needed = rulesChange(row.rules, rules);
    if (needed === 'none') {
      updateLocation(library, row.id, patch);
      return null;
    }
    const wasScanning = scans.underWay(library, row).length > 0;
    await scans.cancel(library, row);
    updateLocation(library, row.id, patch);
    if (row.isPaused) return null;
    const isPruneEnough = needed === 'prune' && !wasScanning && row.lastScanAt !== null;
    return scans.start(library, row, { depth: isPruneEnough ? 'none' : 'full', prune: needed === 'prune' });
  }

  #refuseUnlessReady(library: Library, row: LocationRow) {
    if (row.isPaused) throw new MooringError('CONFLICT', `“${row.name}” is paused. Resume it first: it is then looked at by itself.`);
    const placed = this.#options.places.of(row);
    if (placed) return placed;
    const { volumeName } = this.#options.view.one(library, row);
    throw new MooringError(
      'VOLUME_OFFLINE',
      `“${row.name}” is on “${volumeName}”, which is not connected. When it is, the location is looked at by itself.`,
      { details: { fingerprint: row.volumeFingerprint } },
    );
  }

  #changed(library: Library, { uuid, name }: LocationRow): Location {
    const row = locationRow(library, uuid);
    if (!row) throw new MooringError('LOCATION_NOT_FOUND', `The location “${name}” has been removed meanwhile.`);
    this.#options.announcer.changed(library, uuid);
    return this.#options.view.one(library, row);
  }

  async #find({ location, library: ref }: LocationRef): Promise<{ library: Library; row: LocationRow }> {
    const library = this.#options.libraries.resolve(ref);
    return { library, row: await this.#finder.find(library, location) };
  }
}
