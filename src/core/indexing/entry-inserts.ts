import type Database from 'better-sqlite3';
import { extensionOf } from '#core/entry/entry-facts.ts';
import { KIND_RANK as KIND } from '#core/entry/row-order.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import type { SearchedEntry } from '#core/search/index/segment-builder.ts';
import type { WalkedRows } from './walked-rows.ts';

const COLUMNS = `id, location_id, parent_id, name, sort_key, kind, size, modified_ms, modified_ns, born_ms, inode, mode, extension,
  in_large_folder, link_target, problem`;
const ONE_ROW = `(${COLUMNS.replaceAll(/\w+/g, '?')})`;
const VALUES_PER_ROW = COLUMNS.split(',').length;
/** Rows that one statement inserts, most first: measured by itself, sixteen at a time take half as long as one by one. */
const GROUPS = [16, 4, 1];

/** The folder that rows are in. */
export interface RowsFolder {
  id: number;
  locationId: number;
  /** As `FolderNode.isLarge`. */
  isLarge: boolean;
}

/** Told of each new row. */
export type InsertListener = (id: number, entry: SearchedEntry) => void;

type SqlValue = string | number | bigint | Buffer | null;

/** The statements that make rows of `entries` of what was found on disk. */
export class EntryInserts {
  readonly #groups: { count: number; statement: Database.Statement }[];
  readonly #onInsert: InsertListener | null;

  constructor(connection: Database.Database, onInsert: InsertListener | null) {
    this.#onInsert = onInsert;
    this.#groups = GROUPS.map((count) => {
      const values = Array.from({ length: count }, () => ONE_ROW).join(', ');
      const statement = connection.prepare(`INSERT INTO entries (${COLUMNS}) VALUES ${values}`);
      return { count, statement };
    });
  }

  /** Inserts rows `from` to before `to`, all in one folder, with ids from `firstId` on. */
  run(firstId: number, folder: RowsFolder, rows: WalkedRows, from: number, to: number): void {
    let row = from;
    for (const { count, statement } of this.#groups) {
      for (; to - row >= count; row += count) {
        const values = new Array<SqlValue>(count * VALUES_PER_ROW);
        for (let at = 0; at < count; at++) fillValues(values, at * VALUES_PER_ROW, folder, firstId + row - from + at, rows, row + at);
        statement.run(...values);
        if (this.#onInsert) tellOf(values, this.#onInsert);
      }
    }
  }
}

/** In the order of `COLUMNS`, as `fillValues` has put them there. */
function tellOf(values: SqlValue[], onInsert: InsertListener): void {
  for (let at = 0; at < values.length; at += VALUES_PER_ROW) {
    const name = values[at + 3];
    const bornMs = values[at + 9];
    onInsert(Number(values[at]), {
      parentId: Number(values[at + 2]),
      name: typeof name === 'string' || Buffer.isBuffer(name) ? name : '',
      sortKey: String(values[at + 4]),
      kind: Number(values[at + 5]),
      size: Number(values[at + 6]),
      modifiedMs: Number(values[at + 7]),
      bornMs: typeof bornMs === 'number' ? bornMs : null,
    });
  }
}

/** In the order of `COLUMNS`. */
function fillValues(values: SqlValue[], at: number, folder: RowsFolder, id: number, rows: WalkedRows, row: number): void {
  const kind = rows.kind(row);
  const name = rows.name(row);
  values[at] = id;
  values[at + 1] = folder.locationId;
  values[at + 2] = folder.id;
  values[at + 3] = name;
  values[at + 4] = rows.sortKey(row);
  values[at + 5] = kind;
  values[at + 6] = rows.ownSize(row);
  values[at + 7] = rows.modifiedMs(row);
  values[at + 8] = rows.modifiedNs(row);
  values[at + 9] = rows.bornMs(row);
  values[at + 10] = rows.inode(row);
  values[at + 11] = rows.mode(row);
  values[at + 12] = kind === KIND.file ? storedExtension(name) : null;
  values[at + 13] = folder.isLarge ? 1 : 0;
  values[at + 14] = kind === KIND.symlink ? rows.linkTarget(row) : null;
  values[at + 15] = rows.problem(row);
}

/** `entries.extension` of a file. */
export function storedExtension(name: NativePath): string {
  return extensionOf(typeof name === 'string' ? name : displayName(name)) ?? '';
}
