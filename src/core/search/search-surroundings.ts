import { mountsOf } from '#core/fs/mounts.ts';
import { isWithin, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import type { LocationPlaces } from '#core/location/location-places.ts';
import { type LocationLibrary, type LocationRow, locationRows } from '#core/location/location-rows.ts';
import type { Volumes } from '#core/volume/volumes.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import type { SearchRequest } from './index/search-index.ts';
import { KeptWhileUnchanged } from './kept-while-unchanged.ts';
import { foldText } from './query/fold-text.ts';

export interface SearchSurroundingsOptions {
  places: LocationPlaces;
  volumes: Pick<Volumes, 'list' | 'live'>;
  deviceId: string;
}

/** A location, as far as what is found in it has to say. */
export interface SearchedLocation {
  row: LocationRow;
  /** Its address: by device while its volume is there, else by volume. */
  address: string;
  volumeName: string;
  isOnline: boolean;
  /** Other volumes that are mounted below it now, by the addresses of their mount points, the longest first. */
  mounts: readonly { address: string; fingerprint: string }[];
}

/** The locations of a library by their row ids. The same object as long as nothing of them has changed. */
export type SearchedLocations = ReadonlyMap<number, SearchedLocation>;

/** Of an entry at an address below a location. */
export function volumeAt(address: string, { row, mounts }: SearchedLocation): string {
  const mount = mounts.find((other) => address === other.address || address.startsWith(`${other.address}/`));
  return mount?.fingerprint ?? row.volumeFingerprint;
}

/** What searches have to know of the locations of libraries. It is asked for with each letter that is typed, and seldom changes. */
export class SearchSurroundings {
  readonly #options: SearchSurroundingsOptions;
  readonly #kept = new KeptWhileUnchanged<SearchedLocations>();

  constructor(options: SearchSurroundingsOptions) {
    this.#options = options;
  }

  /** As they are now. */
  locations(library: LocationLibrary): SearchedLocations {
    return this.#kept.get(library, this.#options.volumes.live, () => searchedLocations(library, this.#options));
  }
}

function searchedLocations(library: LocationLibrary, { places, volumes, deviceId }: SearchSurroundingsOptions): SearchedLocations {
  const rows = locationRows(library);
  const names = rows.length === 0 ? [] : volumes.list({ all: true, library: library.id });
  const mounted = mountsOf(volumes.live);
  const mountsBelow = (root: NativePath) =>
    mounted
      .filter(({ mountPoint }) => mountPoint.length > root.length && isWithin(mountPoint, root))
      .map(({ mountPoint, fingerprint }) => ({ address: toSdPath(mountPoint, deviceId), fingerprint }));
  const nameOf = new Map(names.map(({ fingerprint, name }) => [fingerprint, name]));
  return new Map(
    rows.map((row) => {
      const placed = places.of(row);
      const address = placed ? toSdPath(placed.root, deviceId) : formatVolumePath(row.volumeFingerprint, row.path);
      const volumeName = nameOf.get(row.volumeFingerprint) ?? `Drive ${row.volumeFingerprint.slice(0, 8)}`;
      return [row.id, { row, address, volumeName, isOnline: placed !== null, mounts: placed ? mountsBelow(placed.root) : [] }];
    }),
  );
}

/** What the index is told of them. */
export function surroundingsOf(locations: SearchedLocations): Pick<SearchRequest, 'online' | 'volumes' | 'names'> {
  const all = [...locations];
  return {
    online: new Set(all.flatMap(([id, { isOnline }]) => (isOnline ? [id] : []))),
    volumes: new Map(all.map(([id, { row, volumeName }]) => [id, { name: foldText(volumeName), fingerprint: row.volumeFingerprint }])),
    names: new Map(all.map(([id, { row }]) => [id, foldText(row.name)])),
  };
}
