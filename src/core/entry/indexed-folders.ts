import { stringify } from 'uuid';
import type { Mount } from '#core/fs/mounts.ts';
import { baseName, type NativePath, parentOf, samePath, toBytes } from '#core/fs/native-path.ts';
import { joinNames, splitVolumePath } from '#core/fs/path-names.ts';
import type { EntryAddress } from './entry-address.ts';
import { type EntryDatabase, type EntryStatements, StatementCache } from './entry-statements.ts';
import { IndexedPage } from './indexed-page.ts';
import { IndexedPlaces } from './indexed-places.ts';
import { type KnownOrder, KnownPlaces } from './known-places.ts';
import { isLargeFolder } from './large-folder.ts';
import { naturalSortKey } from './natural-sort-key.ts';
import { compareRows, KIND_RANK, type Row, type RowOrder } from './row-order.ts';
import { findTypedRow, firstFrom, isTyped, placesOf, type RowPlaces } from './row-places.ts';
import { type SizeTree, sizeTreeOf, sizeTreeOfAll } from './size-tree.ts';
import { isUnindexed, SortedPlaces } from './sorted-places.ts';
import { kindOfNumber, rowOf, STORED_COLUMNS, type StoredEntry, shownName } from './stored-entry.ts';
import { typedRows } from './typed-rows.ts';

/** A location, as far as finding things in it goes. */
export interface IndexedLocation {
  uuid: string;
  volumeFingerprint: string;
  /** Below the mount point, without slashes at its ends; empty for the whole volume. */
  path: NativePath;
  rootEntryId: number | null;
  /** What is mounted below it is part of it. */
  crossVolumes: number;
}

/** Something that is in an index. */
export interface FoundEntry {
  database: EntryDatabase;
  location: IndexedLocation;
  entry: StoredEntry;
}

export interface StoredPage {
  /** One more than asked for when there are more. */
  entries: StoredEntry[];
  totalCount: number;
}

/** Locations that lie in a folder, which is in no index itself. */
export interface LocationsBelow {
  /** Each with the way to it from the folder. */
  roots: { names: readonly NativePath[]; found: FoundEntry }[];
  tree: SizeTree;
}

/** Where a page begins: after the place of a row, or at a number in the folder's order; null: with the first. */
export type PageStart = Row | number | null;

/** Of somebody who types, so many rows are looked at before all names are. */
const NEXT_ROWS = 500;

/** As it is in the state of the database in which the page is read. */
const CHILD_COUNT = 'SELECT child_count AS childCount FROM entries WHERE id = ?';
const LOCATIONS = `SELECT uuid, volume_fingerprint AS volumeFingerprint, path, root_entry_id AS rootEntryId, rules ->> '$.crossVolumes' AS crossVolumes
  FROM locations`;
const KIND_NUMBERS = [KIND_RANK.folder, KIND_RANK.file, KIND_RANK.symlink, KIND_RANK.other];

/** Looks things up in the indexes of libraries, and in ephemeral ones. Reads databases only: no disk is touched. */
export class IndexedFolders {
  readonly #statements = new StatementCache();
  readonly #known = new KnownPlaces();

  /**
   * The location that holds an address: the deepest, where several do. Null when none does. What is mounted below a location is part of it
   * only when its rules say so.
   */
  locationOf(database: EntryDatabase, address: EntryAddress): IndexedLocation | null {
    return this.#statements.read(database, (statements) => covering(statements, address)[0]?.location ?? null);
  }

  /** What the index has at an address, in the deepest location that has it. */
  find(database: EntryDatabase, address: EntryAddress): FoundEntry | null {
    if (address.fingerprint === null) return null;
    return this.#statements.read(database, (statements) => {
      for (const { location, names } of covering(statements, address)) {
        const entry = resolve(statements, location, names);
        if (entry) return { database, location, entry };
      }
      return null;
    });
  }

  /** Locations that lie directly in a folder of this computer, each with its name there. */
  rootsIn(database: EntryDatabase, folder: NativePath, mounts: readonly Mount[]): { name: NativePath; found: FoundEntry }[] {
    return this.#statements.read(database, (statements) =>
      locations(statements).flatMap((location) => {
        const names = splitVolumePath(location.path);
        const places = mounts.filter(({ fingerprint }) => fingerprint === location.volumeFingerprint);
        const path = places.map(({ mountPoint }) => joinNames(mountPoint, names)).find((place) => samePath(parentOf(place), folder));
        const entry = path === undefined ? null : resolve(statements, location, []);
        return path !== undefined && entry ? [{ name: baseName(path), found: { database, location, entry } }] : [];
      }),
    );
  }

  /** A page of a folder's entries, and how many there are of them. */
  page(found: FoundEntry, order: RowOrder, start: PageStart, limit: number): StoredPage {
    const folder = found.entry;
    return this.#statements.read(found.database, (statements) => {
      if (isUnindexed(order.sort)) return this.#sortedPage(statements, found, order, start, limit);
      const childCount = childCountOf(statements, folder);
      const page = new IndexedPage(statements, { id: folder.id, isLarge: isLargeFolder(childCount) }, order);
      const totalCount = childCount - (order.showHidden ? 0 : page.countHidden());
      if (start === null || start === 0) return { entries: page.after(null, limit + 1), totalCount };
      const after = typeof start === 'number' ? this.#places(statements, found, order).rowAt(start - 1) : start;
      return { entries: after ? page.after(after, limit + 1) : [], totalCount };
    });
  }

  /** The number of an entry in the order of its folder; null where the folder has none of that name, or it is not shown. */
  indexOf(found: FoundEntry, order: RowOrder, name: NativePath): number | null {
    return this.#statements.read(found.database, (statements) => {
      const child = anyChildOf(statements, found.entry.id, name);
      if (!child || (!order.showHidden && shownName(name).startsWith('.'))) return null;
      return this.#places(statements, found, order).indexOf(rowOf(child, order.sort));
    });
  }

  /** The number of the next entry from `start` on whose name begins with what somebody types, going round; null where there is none. */
  findTyped(found: FoundEntry, order: RowOrder, typed: string, start: number): number | null {
    return this.#statements.read(found.database, (statements) => {
      const folder = found.entry;
      if (!isLargeFolder(childCountOf(statements, folder))) return findTypedRow(allRows(statements, folder, order), typed, start);
      const places = this.#places(statements, found, order);
      const before = start === 0 ? null : places.rowAt(start - 1);
      const first = before === null ? 0 : start;
      const next =
        places instanceof SortedPlaces
          ? places.entries(first, NEXT_ROWS)
          : new IndexedPage(statements, { id: folder.id, isLarge: true }, order).after(before, NEXT_ROWS);
      const near = next.findIndex(({ name }) => isTyped(toBytes(name).toString('latin1'), typed));
      if (near >= 0) return first + near;
      const rows = typedRows(statements, folder.id, order, typed);
      const row = rows[before === null ? 0 : firstFrom(rows, before, order)] ?? rows[0];
      return row ? places.indexOf(row) : null;
    });
  }

  #sortedPage(statements: EntryStatements, found: FoundEntry, order: RowOrder, start: PageStart, limit: number): StoredPage {
    const places = this.#sorted(statements, found, order);
    const from = typeof start === 'object' && start !== null ? places.indexAfter(start) : (start ?? 0);
    return { entries: places.entries(from, limit + 1), totalCount: places.count };
  }

  #places(statements: EntryStatements, found: FoundEntry, order: RowOrder): RowPlaces {
    if (isUnindexed(order.sort)) return this.#sorted(statements, found, order);
    const { id } = found.entry;
    const childCount = childCountOf(statements, found.entry);
    if (!isLargeFolder(childCount)) return placesOf(allRows(statements, found.entry, order), order);
    return new IndexedPlaces(statements, { id, childCount }, order, this.#knownOf(statements, found, order));
  }

  #sorted(statements: EntryStatements, found: FoundEntry, order: RowOrder): SortedPlaces {
    return new SortedPlaces(statements, found.entry.id, order, this.#knownOf(statements, found, order));
  }

  #knownOf(statements: EntryStatements, { database, entry: folder }: FoundEntry, order: RowOrder): KnownOrder {
    // Asked for within the transaction: it is that of what is read in it.
    const version = statements.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
    const { sort, order: direction, foldersFirst, showHidden } = order;
    return this.#known.of(database, JSON.stringify([folder.id, sort, direction, foldersFirst, showHidden]), version);
  }

  /** The largest entries at any depth below a folder. */
  sizes({ database, entry }: FoundEntry, limit: number): SizeTree {
    return this.#statements.read(database, (statements) => sizeTreeOf(statements, entry, limit));
  }

  /** The locations that lie in a folder, but in no other one of them, and the largest entries in all of them. Null where there are none. */
  sizesBelow(database: EntryDatabase, address: EntryAddress, limit: number): LocationsBelow | null {
    return this.#statements.read(database, (statements) => {
      const roots = locationsBelow(statements, address).flatMap(({ location, names }) => {
        const entry = resolve(statements, location, []);
        return entry ? [{ names, found: { database, location, entry } }] : [];
      });
      const folders = roots.map(({ found }) => found.entry);
      return roots.length === 0 ? null : { roots, tree: sizeTreeOfAll(statements, folders, limit) };
    });
  }

  /** Those of some names that no entry of a folder has. */
  missing({ database, entry: folder }: FoundEntry, names: readonly NativePath[]): NativePath[] {
    return this.#statements.read(database, (statements) => names.filter((name) => !anyChildOf(statements, folder.id, name)));
  }

  /** Those of a folder's entries that are known, in the order of `names`; null for the others. */
  children({ database, entry: folder }: FoundEntry, names: readonly { name: NativePath; kind: number }[]): (StoredEntry | null)[] {
    return this.#statements.read(database, (statements) => names.map(({ name, kind }) => childOf(statements, folder.id, name, kind)));
  }
}

function childCountOf(statements: EntryStatements, folder: StoredEntry): number {
  return statements.get<{ childCount: number | null }>(CHILD_COUNT, folder.id)?.childCount ?? 0;
}

/** All rows of a folder that is not large, in their order. */
function allRows(statements: EntryStatements, folder: StoredEntry, order: RowOrder): Row[] {
  const sql = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind IN (0, 1, 2, 3)`;
  const entries = statements.all<StoredEntry>(sql, folder.id);
  const shown = order.showHidden ? entries : entries.filter(({ name }) => !shownName(name).startsWith('.'));
  return shown.map((entry) => rowOf(entry, order.sort)).sort((a, b) => compareRows(a, b, order));
}

/** Locations that hold an address, the deepest first, each with the way from it to the address. */
function covering(statements: EntryStatements, address: EntryAddress): { location: IndexedLocation; names: readonly NativePath[] }[] {
  const { fingerprint, names, outer } = address;
  const below = (location: IndexedLocation, way: readonly NativePath[]) => {
    const root = splitVolumePath(location.path);
    return root.every((name, index) => isSameName(name, way[index])) ? [{ location, names: way.slice(root.length) }] : [];
  };
  const found = locations(statements).flatMap((location) => {
    if (location.volumeFingerprint === fingerprint) return below(location, names);
    const beyond = location.crossVolumes ? outer.find((volume) => volume.fingerprint === location.volumeFingerprint) : undefined;
    return beyond ? below(location, beyond.names) : [];
  });
  return found.toSorted((a, b) => a.names.length - b.names.length);
}

/** The outermost locations on the same volume that lie below an address, each with the way to it. */
function locationsBelow(
  statements: EntryStatements,
  { fingerprint, names }: EntryAddress,
): { location: IndexedLocation; names: NativePath[] }[] {
  const isWithin = (way: readonly NativePath[], folder: readonly NativePath[]) =>
    way.length > folder.length && folder.every((name, index) => isSameName(name, way[index]));
  const all = locations(statements).filter(({ volumeFingerprint }) => volumeFingerprint === fingerprint);
  const found = all.map((location) => ({ location, way: splitVolumePath(location.path) })).filter(({ way }) => isWithin(way, names));
  const outermost = found.filter(({ way }) => !found.some((other) => isWithin(way, other.way)));
  return outermost.map(({ location, way }) => ({ location, names: way.slice(names.length) }));
}

function locations(statements: EntryStatements): IndexedLocation[] {
  const rows = statements.all<Omit<IndexedLocation, 'uuid'> & { uuid: Buffer }>(LOCATIONS);
  return rows.map((row) => ({ ...row, uuid: stringify(row.uuid) }));
}

function resolve(statements: EntryStatements, location: IndexedLocation, names: readonly NativePath[]): StoredEntry | null {
  if (location.rootEntryId === null) return null;
  const root = statements.get<StoredEntry>(`SELECT ${STORED_COLUMNS} FROM entries WHERE id = ?`, location.rootEntryId) ?? null;
  let entry: StoredEntry | null = root;
  for (const [index, name] of names.entries()) {
    if (!entry || kindOfNumber(entry.kind) !== 'folder') return null;
    const isLast = index === names.length - 1;
    const parentId: number = entry.id;
    entry = isLast ? anyChildOf(statements, parentId, name) : childOf(statements, parentId, name, KIND_RANK.folder);
  }
  return entry;
}

function anyChildOf(statements: EntryStatements, folderId: number, name: NativePath): StoredEntry | null {
  for (const kind of KIND_NUMBERS) {
    const child = childOf(statements, folderId, name, kind);
    if (child) return child;
  }
  return null;
}

function childOf(statements: EntryStatements, parentId: number, name: NativePath, kind: number): StoredEntry | null {
  const sql = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind = ? AND sort_key = ? AND name = ?`;
  return statements.get<StoredEntry>(sql, parentId, kind, naturalSortKey(shownName(name)), name) ?? null;
}

function isSameName(a: NativePath, b: NativePath | undefined): boolean {
  return b !== undefined && toBytes(a).equals(toBytes(b));
}
