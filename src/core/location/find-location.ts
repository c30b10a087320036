import { MooringError } from '#shared/contract/error.ts';
import type { Addresses } from '../entry/entry-address.ts';
import type { Library } from '../library/library.ts';
import { resolveLinks } from '../volume/path-volume.ts';
import { isPathRef } from '../volume/volume-ref.ts';
import type { Volumes } from '../volume/volumes.ts';
import type { LocationPlaces, PlaceInLocation } from './location-places.ts';
import { type LocationRow, locationRows } from './location-rows.ts';

export interface LocationFinderOptions {
  places: LocationPlaces;
  volumes: Pick<Volumes, 'live' | 'ensureFresh'>;
  addresses: Addresses;
}

/** Finds locations by what users call them. */
export class LocationFinder {
  readonly #options: LocationFinderOptions;

  constructor(options: LocationFinderOptions) {
    this.#options = options;
  }

  /**
   * @param ref id, name, or a path of the location or below it; also where its drive was seen last
   * @throws MooringError `LOCATION_NOT_FOUND`, `INVALID_INPUT` when several have the name
   */
  async find(library: Library, ref: string): Promise<LocationRow> {
    const rows = locationRows(library);
    const byId = rows.find((row) => row.uuid === ref.toLowerCase());
    if (byId) return byId;
    const named = rows.filter((row) => row.name === ref);
    if (named.length > 1) {
      throw new MooringError('INVALID_INPUT', `${named.length} locations are called “${ref}”. Name the one you mean by its path or id.`, {
        details: { field: 'location', candidates: named.map(({ uuid }) => uuid) },
      });
    }
    const found = named[0] ?? (isPathRef(ref) ? (await this.holding(library, ref))?.row : undefined);
    if (found) return found;
    throw new MooringError('LOCATION_NOT_FOUND', `This library has no location “${ref}”. List the locations to see which there are.`);
  }

  /**
   * The deepest location that holds a path, also of a drive that is not here.
   * @throws MooringError `INVALID_INPUT`, `NOT_SUPPORTED` for what is no path of this device
   */
  async holding(library: Library, ref: string): Promise<PlaceInLocation | null> {
    const { places, volumes, addresses } = this.#options;
    await volumes.ensureFresh();
    const address = addresses.read(ref);
    if (address.path === null) return places.holdingInVolume(library, address.fingerprint ?? '', address.names);
    const online = places.holding(library, await resolveLinks(address.path, volumes.live));
    if (online) return { row: online.row.row, below: online.below };
    const remembered = addresses.remembered(address.path);
    // Another drive is mounted there now: what lies on that one is meant.
    if (!remembered || addresses.ofPath(address.path).names.length <= remembered.names.length) return null;
    return places.holdingInVolume(library, remembered.fingerprint ?? '', remembered.names);
  }
}
