import type Database from 'better-sqlite3';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { fromBytes } from '#core/fs/native-path.ts';
import type { SearchedEntry } from './segment-builder.ts';

export interface SearchedRow extends SearchedEntry {
  id: number;
}

type Row = [
  id: number,
  parentId: number | null,
  name: string | Buffer,
  sortKey: string,
  kind: number,
  size: number,
  modifiedMs: number,
  bornMs: number | null,
];

const SELECT = 'SELECT id, parent_id, name, sort_key, kind, size, modified_ms, born_ms FROM entries';

/** Reads of `entries` what the search index keeps of them. */
export class SearchedRows {
  readonly #between: Database.Statement<[number, number], Row>;
  readonly #one: Database.Statement<[number], Row>;

  constructor(connection: Database.Database) {
    this.#between = connection.prepare<[number, number], Row>(`${SELECT} WHERE id BETWEEN ? AND ? ORDER BY id`).raw();
    this.#one = connection.prepare<[number], Row>(`${SELECT} WHERE id = ?`).raw();
  }

  /** Those with ids from `first` to `last`, in order. */
  *between(first: number, last: number): Generator<SearchedRow> {
    for (const row of this.#between.iterate(first, last)) yield toRow(row);
  }

  one(id: number): SearchedRow | null {
    const row = this.#one.get(id);
    return row ? toRow(row) : null;
  }
}

/** Whether it can be found at all: a row without a parent that is no folder is where vanished entries wait. */
export function isSearched({ parentId, kind }: SearchedEntry): boolean {
  return parentId !== null || kind === KIND_RANK.folder;
}

function toRow([id, parentId, name, sortKey, kind, size, modifiedMs, bornMs]: Row): SearchedRow {
  return { id, parentId, name: typeof name === 'string' ? name : fromBytes(name), sortKey, kind, size, modifiedMs, bornMs };
}
