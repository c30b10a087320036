import type Database from 'better-sqlite3';
import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import { KIND_RANK as KIND } from '#core/entry/row-order.ts';
import { displayName, fromBytes, type NativePath } from '#core/fs/native-path.ts';
import { EntryInserts, type InsertListener, type RowsFolder, storedExtension } from './entry-inserts.ts';
import type { FolderFacts } from './folder-node.ts';
import { nameToWire, type WalkedRows } from './walked-rows.ts';

/** A row of `entries`, as far as it is compared with what is on disk. */
export interface KnownEntry extends FolderFacts {
  parentId: number;
  locationId: number;
  /** As batches write it: one string for each name. */
  wireName: string;
  kind: number;
  size: number;
  bornMs: number | null;
  /** Both 0 where the file number is not known. */
  inodeHigh: number;
  inodeLow: number;
  mode: number | null;
  linkTarget: NativePath | null;
}

type KnownRow = [
  id: number,
  parentId: number,
  locationId: number,
  name: string | Buffer,
  kind: number,
  size: number,
  modifiedMs: number,
  modifiedNs: number,
  bornMs: number | null,
  inodeHigh: number | null,
  inodeLow: number | null,
  mode: number | null,
  linkTarget: string | Buffer | null,
  problem: string | null,
  listedMs: number | null,
  listedNs: number | null,
  hash: number | null,
  childCount: number | null,
  folderCount: number | null,
];

// A file number may need all of its 64 bits, which a double does not have: it comes in two halves.
const KNOWN_COLUMNS = `id, parent_id, location_id, name, kind, size, modified_ms, modified_ns, born_ms, inode >> 32, inode & 4294967295, mode,
  link_target, problem, listed_ms, listed_ns, listing_hash, child_count, folder_count`;
const COPIED = 'kind, size, modified_ms, modified_ns, born_ms, inode, mode, extension, in_large_folder, link_target, problem';
/** Each is looked for on disk. Of a file with more hard links than that, one that moves by itself may get a new row; folders have no links. */
const SAME_INODE_LIMIT = 16;

/** What a row has below it, itself left out: 0 of everything for what is no folder. */
export interface EntryTotals {
  bytes: number;
  files: number;
  folders: number;
}

/** The statements of one connection that change or look up single rows of `entries`. */
export class EntryStore {
  /** Rows written and queries made, for the metrics. */
  writes = 0;
  reads = 0;
  /** Changes whenever a row gets another parent. */
  placements = 0;
  readonly #inserts: EntryInserts;
  readonly #update: Database.Statement;
  readonly #updateFolder: Database.Statement;
  readonly #setProblem: Database.Statement;
  readonly #place: Database.Statement;
  readonly #park: Database.Statement;
  readonly #copy: Database.Statement;
  readonly #relocate: Database.Statement;
  readonly #childrenOf: Database.Statement<[number], KnownRow>;
  readonly #named: Database.Statement<[number, string, NativePath], KnownRow>;
  readonly #withInode: Database.Statement<[number | bigint], KnownRow>;
  readonly #byId: Database.Statement<[number], KnownRow>;
  readonly #totals: Database.Statement<[number], [number, number | null, number | null, number]>;

  constructor(connection: Database.Database, onInsert: InsertListener | null = null) {
    this.#inserts = new EntryInserts(connection, onInsert);
    const facts = 'modified_ms = ?, modified_ns = ?, born_ms = ?, inode = ?, mode = ?';
    this.#update = connection.prepare(`UPDATE entries SET ${facts}, size = ?, link_target = ?, problem = ? WHERE id = ?`);
    this.#updateFolder = connection.prepare(`UPDATE entries SET ${facts} WHERE id = ?`);
    this.#setProblem = connection.prepare('UPDATE entries SET problem = ? WHERE id = ?');
    this.#place = connection.prepare(
      'UPDATE entries SET parent_id = ?, location_id = ?, name = ?, sort_key = ?, extension = ?, in_large_folder = ? WHERE id = ?',
    );
    this.#park = connection.prepare('UPDATE entries SET parent_id = ?, sort_key = CAST(id AS TEXT) WHERE id = ?');
    this.#copy = connection.prepare(
      `INSERT INTO entries (id, location_id, parent_id, name, sort_key, ${COPIED})
       SELECT ?, location_id, ?, name, ?, ${COPIED} FROM entries WHERE id = ?`,
    );
    this.#relocate = connection.prepare(
      `WITH RECURSIVE below (id) AS (SELECT ? UNION ALL SELECT entries.id FROM entries JOIN below ON entries.parent_id = below.id)
       UPDATE entries SET location_id = ? WHERE id IN below`,
    );
    this.#childrenOf = connection.prepare<[number], KnownRow>(`SELECT ${KNOWN_COLUMNS} FROM entries WHERE parent_id = ?`).raw();
    this.#named = connection
      .prepare<[number, string, NativePath], KnownRow>(
        `SELECT ${KNOWN_COLUMNS} FROM entries WHERE parent_id = ? AND kind IN (0, 1, 2, 3) AND sort_key = ? AND name = ?`,
      )
      .raw();
    this.#withInode = connection
      .prepare<[number | bigint], KnownRow>(
        `SELECT ${KNOWN_COLUMNS} FROM entries WHERE inode = ? AND parent_id IS NOT NULL LIMIT ${SAME_INODE_LIMIT}`,
      )
      .raw();
    this.#byId = connection.prepare<[number], KnownRow>(`SELECT ${KNOWN_COLUMNS} FROM entries WHERE id = ?`).raw();
    this.#totals = connection
      .prepare<[number], [number, number | null, number | null, number]>(
        'SELECT size, file_count, folder_count, kind FROM entries WHERE id = ?',
      )
      .raw();
  }

  /** Makes rows of what was found in a folder, from row `from` to before `to`, with ids from `firstId` on. */
  insert(firstId: number, folder: RowsFolder, rows: WalkedRows, from: number, to: number): void {
    this.writes += to - from;
    this.#inserts.run(firstId, folder, rows, from, to);
  }

  /** Gives a row what was found: not its place, and of a folder not its size. */
  update(id: number, rows: WalkedRows, row: number): void {
    const facts = [rows.modifiedMs(row), rows.modifiedNs(row), rows.bornMs(row), rows.inode(row), rows.mode(row)];
    this.writes += 1;
    if (rows.kind(row) === KIND.folder) this.#updateFolder.run(...facts, id);
    else this.#update.run(...facts, rows.ownSize(row), rows.linkTarget(row), rows.problem(row), id);
  }

  updateFolder(
    id: number,
    self: { modifiedMs: number; modifiedNs: number; bornMs: number | null; inode: bigint; mode: number | null },
  ): void {
    this.writes += 1;
    this.#updateFolder.run(self.modifiedMs, self.modifiedNs, self.bornMs, self.inode === 0n ? null : self.inode, self.mode, id);
  }

  setProblem(id: number, problem: string | null): void {
    this.writes += 1;
    this.#setProblem.run(problem, id);
  }

  /** Gives a row another place, and what was found there. */
  place(entry: KnownEntry, folder: RowsFolder, rows: WalkedRows, row: number): void {
    const name = rows.name(row);
    const extension = entry.kind === KIND.file ? storedExtension(name) : null;
    this.writes += 1;
    this.placements += 1;
    this.#place.run(folder.id, folder.locationId, name, rows.sortKey(row), extension, folder.isLarge ? 1 : 0, entry.id);
    if (entry.kind === KIND.folder && entry.locationId !== folder.locationId) this.#relocate.run(entry.id, folder.locationId);
    this.update(entry.id, rows, row);
  }

  /** Puts a row among those that have vanished. Its sort key makes it the only one of its name there. */
  park(id: number, limboId: number): void {
    this.writes += 1;
    this.placements += 1;
    this.#park.run(limboId, id);
  }

  /** Makes a new row of what a parked one says, in the place that it had. */
  copyParked(parked: KnownEntry, id: number): void {
    this.writes += 1;
    this.#copy.run(id, parked.parentId, sortKeyOf(parked.name), parked.id);
  }

  /** All rows directly in a folder. */
  *childrenOf(folderId: number): Generator<KnownEntry> {
    this.reads += 1;
    for (const row of this.#childrenOf.all(folderId)) yield toKnown(row);
  }

  /** Rows of a name in a folder, at most one of each kind. */
  named(folderId: number, name: NativePath, sortKey: string = sortKeyOf(name)): KnownEntry[] {
    this.reads += 1;
    return this.#named.all(folderId, sortKey, name).map(toKnown);
  }

  /** Rows of a file number; of all locations. */
  withInode(inode: number | bigint): KnownEntry[] {
    this.reads += 1;
    return this.#withInode.all(inode).map(toKnown);
  }

  byId(id: number): KnownEntry | null {
    this.reads += 1;
    const row = this.#byId.get(id);
    return row ? toKnown(row) : null;
  }

  /** What of a row counts in the folder that it is in: itself and all below it. */
  totals(id: number): EntryTotals {
    this.reads += 1;
    const [size, files, folders, kind] = this.#totals.get(id) ?? [0, 0, 0, KIND.other];
    if (kind === KIND.folder) return { bytes: size, files: files ?? 0, folders: (folders ?? 0) + 1 };
    return { bytes: kind === KIND.file ? size : 0, files: 1, folders: 0 };
  }
}

export function sortKeyOf(name: NativePath): string {
  return naturalSortKey(displayName(name));
}

function toKnown(row: KnownRow): KnownEntry {
  const [id, parentId, locationId, rawName, kind, size, modifiedMs, modifiedNs, bornMs, inodeHigh, inodeLow, mode, target, problem] = row;
  const [, , , , , , , , , , , , , , listedMs, listedNs, hash, childCount, folderCount] = row;
  const name = typeof rawName === 'string' ? rawName : fromBytes(rawName);
  return {
    id,
    parentId,
    locationId,
    name,
    wireName: nameToWire(name),
    kind,
    size,
    modifiedMs,
    modifiedNs,
    bornMs,
    inodeHigh: inodeHigh ?? 0,
    inodeLow: inodeLow ?? 0,
    mode,
    linkTarget: target === null || typeof target === 'string' ? target : fromBytes(target),
    problem,
    listedMs,
    listedNs: listedNs ?? 0,
    hash,
    childCount,
    folderCount: folderCount ?? 0,
  };
}
