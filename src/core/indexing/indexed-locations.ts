import type Database from 'better-sqlite3';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { fromBytes, type NativePath } from '#core/fs/native-path.ts';
import { joinNames, splitVolumePath } from '#core/fs/path-names.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { EntryIds } from './entry-ids.ts';
import { LOCATION_SCAN } from './index-task.ts';

interface LocationPlace {
  id: number;
  names: NativePath[];
  rootEntryId: number | null;
}

type LocationRow = [id: number, path: string | Buffer, rootEntryId: number | null];

/** What the index worker reads and writes of `locations`. */
export class IndexedLocations {
  readonly #ids: EntryIds;
  readonly #onSameVolume: Database.Statement<[number], LocationRow>;
  readonly #setRoot: Database.Statement<[number | null, number]>;
  readonly #insertRoot: Database.Statement<[number, number]>;
  readonly #hasEntry: Database.Statement<[number], number>;
  readonly #scanJob: Database.Statement<[], number>;

  constructor(connection: Database.Database, ids: EntryIds) {
    this.#ids = ids;
    this.#onSameVolume = connection
      .prepare<[number], LocationRow>(
        `SELECT id, path, root_entry_id FROM locations
         WHERE volume_fingerprint = (SELECT volume_fingerprint FROM locations WHERE id = ?)`,
      )
      .raw();
    this.#setRoot = connection.prepare('UPDATE locations SET root_entry_id = ? WHERE id = ?');
    this.#insertRoot = connection.prepare(
      `INSERT INTO entries (id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns)
       VALUES (?, ?, NULL, '', '', ${KIND_RANK.folder}, 0, 0, 0)`,
    );
    this.#scanJob = connection
      .prepare<[], number>(`SELECT 1 FROM jobs WHERE name = '${LOCATION_SCAN}' AND status IN ('queued', 'running') LIMIT 1`)
      .pluck();
    this.#hasEntry = connection.prepare<[number], number>('SELECT 1 FROM entries WHERE id = ?').pluck();
  }

  /**
   * The root entry of a location, made when there is none. Only within a transaction.
   * @throws MooringError `LOCATION_NOT_FOUND`
   */
  enterRoot(locationId: number): { id: number; isNew: boolean } {
    const place = this.#placesBeside(locationId).find(({ id }) => id === locationId);
    if (!place) throw new MooringError('LOCATION_NOT_FOUND', 'This location has been removed.');
    if (place.rootEntryId !== null && this.#hasEntry.get(place.rootEntryId)) return { id: place.rootEntryId, isNew: false };
    const id = this.#ids.next();
    this.#insertRoot.run(id, locationId);
    this.#setRoot.run(id, locationId);
    return { id, isNew: true };
  }

  /** Whether scans run or wait for their turn, as `core/job` has written it. */
  areScansExpected(): boolean {
    return this.#scanJob.get() !== undefined;
  }

  forgetRoot(locationId: number): void {
    this.#setRoot.run(null, locationId);
  }

  /**
   * The location itself, and those on its volume that have entries and neither hold it nor lie in it: between them files may have moved.
   * @returns where each is while the volume is mounted at `mountPoint`
   */
  kinOf(locationId: number, mountPoint: string): Map<number, NativePath> {
    const places = this.#placesBeside(locationId);
    const own = places.find(({ id }) => id === locationId);
    const kin = places.filter((place) => place.id === locationId || (own && place.rootEntryId !== null && !doOverlap(own, place)));
    return new Map(kin.map(({ id, names }) => [id, joinNames(mountPoint, names)]));
  }

  #placesBeside(locationId: number): LocationPlace[] {
    return this.#onSameVolume.all(locationId).map(([id, path, rootEntryId]) => ({
      id,
      names: splitVolumePath(typeof path === 'string' ? path : fromBytes(path)),
      rootEntryId,
    }));
  }
}

function doOverlap(a: LocationPlace, b: LocationPlace): boolean {
  const [short, long] = a.names.length < b.names.length ? [a.names, b.names] : [b.names, a.names];
  return short.every((name, index) => Buffer.from(name).equals(Buffer.from(long[index] ?? '')));
}
