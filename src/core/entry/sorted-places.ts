import type { EntrySort } from '#shared/contract/entry.ts';
import { UNTELLABLE_MS } from './entry-facts.ts';
import type { EntryStatements } from './entry-statements.ts';
import { SHOWN, segmentsOf } from './indexed-page.ts';
import type { KnownOrder } from './known-places.ts';
import { compareRows, type Row, type RowOrder } from './row-order.ts';
import type { RowPlaces } from './row-places.ts';
import { rowOf, STORED_COLUMNS, type StoredEntry } from './stored-entry.ts';

/** What no index has in order. Null where an entry has none, as in `rowOf`. */
const UNINDEXED: Partial<Record<EntrySort, string>> = {
  created: `CASE WHEN born_ms >= 0 AND born_ms < ${UNTELLABLE_MS} THEN born_ms END`,
  items: 'CASE WHEN kind = 0 THEN child_count END',
  permissions: 'mode',
  link: 'CASE WHEN kind = 2 THEN natural_sort_key(link_target) END',
};

/** Whether a folder, small or large, has to be sorted for this, since no index has it in order. */
export function isUnindexed(sort: EntrySort): boolean {
  return UNINDEXED[sort] !== undefined;
}

/**
 * A folder in an order that no index has. SQLite sorts all of it when its first page is wanted, and the ids are kept in their order for as long as
 * nothing is written into the database: a page then costs no more at the end of a folder of 100,000 than at its beginning.
 */
export class SortedPlaces implements RowPlaces {
  readonly #statements: EntryStatements;
  readonly #order: RowOrder;
  readonly #ids: Float64Array;

  constructor(statements: EntryStatements, folderId: number, order: RowOrder, known: KnownOrder) {
    this.#statements = statements;
    this.#order = order;
    known.ids ??= sortedIds(statements, folderId, order);
    this.#ids = known.ids;
  }

  /** How many entries are shown. */
  get count(): number {
    return this.#ids.length;
  }

  rowAt(index: number): Row | null {
    const entry = this.#entryAt(index);
    return entry && rowOf(entry, this.#order.sort);
  }

  indexOf(row: Row): number {
    return this.#firstWhere((candidate) => compareRows(candidate, row, this.#order) >= 0);
  }

  /** The number of the first row that comes after a row, which need not be there. */
  indexAfter(row: Row): number {
    return this.#firstWhere((candidate) => compareRows(candidate, row, this.#order) > 0);
  }

  /** At most `limit` entries from a number on. */
  entries(from: number, limit: number): StoredEntry[] {
    const numbers = Array.from({ length: Math.max(0, Math.min(limit, this.count - from)) }, (_, step) => from + step);
    return numbers.flatMap((index) => this.#entryAt(index) ?? []);
  }

  #entryAt(index: number): StoredEntry | null {
    const id = this.#ids[index];
    const sql = `SELECT ${STORED_COLUMNS} FROM entries WHERE id = ?`;
    return id === undefined ? null : (this.#statements.get<StoredEntry>(sql, id) ?? null);
  }

  #firstWhere(isReached: (row: Row) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.rowAt(middle);
      if (candidate && !isReached(candidate)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sortedIds(statements: EntryStatements, folderId: number, order: RowOrder): Float64Array {
  const direction = order.order === 'asc' ? 'ASC' : 'DESC';
  const value = UNINDEXED[order.sort];
  const ids = segmentsOf(order).flatMap((kinds) =>
    statements.numbers(
      `SELECT id FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind IN (${kinds.join(', ')}) ${order.showHidden ? '' : `AND ${SHOWN}`}
        ORDER BY ${value} ${direction} NULLS LAST, sort_key ${direction}, name ${direction}`,
      folderId,
    ),
  );
  return Float64Array.from(ids);
}
