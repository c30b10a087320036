import { type NativePath, toBytes } from '../fs/native-path.ts';
import { joinNames, namesBelow, splitVolumePath } from '../fs/path-names.ts';
import type { IndexedRoot } from '../indexing/index-task.ts';
import type { LiveVolume } from '../volume/live-volume.ts';
import { volumeContaining } from '../volume/path-volume.ts';
import { type LocationLibrary, type LocationRow, locationRows } from './location-rows.ts';

/** A location that can be reached now, and where. */
export interface PlacedLocation {
  row: LocationRow;
  live: LiveVolume;
  /** Where its volume is mounted. */
  mountPoint: string;
  /** Absolute path of the location's folder. */
  root: NativePath;
}

/** A location, and the way from its folder to something in it. */
export interface PlaceInLocation<Row = LocationRow> {
  row: Row;
  below: NativePath[];
}

export interface LocationPlacesOptions {
  volumes: { readonly live: readonly LiveVolume[] };
  /** Absolute paths of real folders that are never indexed: the data folder, and those of open libraries. */
  excluded: () => NativePath[];
}

/** Where locations are on this computer now. Nothing of it is stored: what is mounted where is asked of the volume manager each time. */
export class LocationPlaces {
  readonly #options: LocationPlacesOptions;

  constructor(options: LocationPlacesOptions) {
    this.#options = options;
  }

  /** Null while its volume is not mounted, or does not answer. */
  of(row: LocationRow): PlacedLocation | null {
    const live = this.#options.volumes.live.find(({ fingerprint }) => fingerprint === row.volumeFingerprint);
    const mountPoint = live?.mountPoints[0];
    if (!live || mountPoint === undefined || live.unresponsive) return null;
    return { row, live, mountPoint, root: joinNames(mountPoint, splitVolumePath(row.path)) };
  }

  /** All of a library's that can be reached now. */
  online(library: LocationLibrary): PlacedLocation[] {
    return locationRows(library).flatMap((row) => this.of(row) ?? []);
  }

  /**
   * The deepest of the locations that hold a path of this computer, and can be reached. By the text of the path alone. What is mounted
   * below a location is not part of it, unless its rules say so.
   */
  holding(library: LocationLibrary, path: NativePath): PlaceInLocation<PlacedLocation> | null {
    const volume = volumeContaining(this.#options.volumes.live, path);
    const holding = this.online(library).flatMap((placed) => {
      const below = namesBelow(path, placed.root);
      const isPartOfIt = placed.row.rules.crossVolumes || volume?.fingerprint === placed.live.fingerprint;
      return below && isPartOfIt ? [{ row: placed, below }] : [];
    });
    return holding.toSorted((a, b) => a.below.length - b.below.length)[0] ?? null;
  }

  /** The deepest of the locations that hold a path within a volume, plugged in or not. */
  holdingInVolume(library: LocationLibrary, fingerprint: string, names: readonly NativePath[]): PlaceInLocation | null {
    const holding = locationRows(library).flatMap((row) => {
      if (row.volumeFingerprint !== fingerprint) return [];
      const root = splitVolumePath(row.path);
      const isAbove = root.every((name, index) => toBytes(name).equals(toBytes(names[index] ?? '')));
      return isAbove ? [{ row, below: names.slice(root.length) }] : [];
    });
    return holding.toSorted((a, b) => a.below.length - b.below.length)[0] ?? null;
  }

  /** What the indexer is told of it. */
  rootFor({ row, live, mountPoint, root }: PlacedLocation): IndexedRoot {
    return { locationId: row.id, path: root, mountPoint, drive: live.drive ?? null, rules: row.rules, excluded: this.#options.excluded() };
  }
}

/** How many threads read it at once: a disk with moving parts is read by one. */
export function walkersFor({ live }: PlacedLocation): number {
  return live.diskType === 'HDD' ? 1 : 2;
}
