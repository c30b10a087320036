import { fromBytes } from '#core/fs/native-path.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import { extensionOf } from './entry-facts.ts';
import type { EntryStatements } from './entry-statements.ts';
import { naturalSortKey } from './natural-sort-key.ts';
import { compareRows, KIND_RANK, type Row, type RowOrder } from './row-order.ts';
import { rowOf, STORED_COLUMNS, type StoredEntry } from './stored-entry.ts';

/** Rows of one value up to which sorting them is cheaper than looking for them in the order of names. */
export const SMALL_GROUP = 4000;
/** Names that are text begin with a dot, or their bytes do. */
const HIDDEN = `substr(name, 1, 1) IN ('.', x'2E')`;
export const SHOWN = `substr(name, 1, 1) NOT IN ('.', x'2E')`;

export const IN_LARGE = 'in_large_folder = 1';

export interface SortedValue {
  column: string;
  index: string;
}

/** What rows of one kind are ordered by before their names, and the index that has them in this order. What is in none: `sorted-places.ts`. */
export const VALUES: Partial<Record<EntrySort, SortedValue>> = {
  size: { column: 'size', index: 'entries_by_size' },
  modified: { column: 'modified_ms', index: 'entries_by_time' },
  /** Only files have an extension: the other kinds are in the order of their names. */
  kind: { column: 'extension', index: 'entries_by_extension' },
};

/** The place after which rows are wanted, in SQLite's terms. */
interface Start {
  value: Row['value'];
  sortKey: string;
  name: string | Buffer;
}

/**
 * A page of a folder's entries by keyset: it begins after a row's place, whether or not that row is still there, and costs the same at
 * the end of a folder of 100,000 as at its beginning. Each kind has a range of its own in every index; the ranges are merged here.
 */
export class IndexedPage {
  readonly #statements: EntryStatements;
  readonly #folderId: number;
  /** Then its rows are in the indexes by value. */
  readonly #isLarge: boolean;
  readonly #order: RowOrder;
  readonly #isAscending: boolean;

  constructor(statements: EntryStatements, folder: { id: number; isLarge: boolean }, order: RowOrder) {
    this.#statements = statements;
    this.#folderId = folder.id;
    this.#isLarge = folder.isLarge;
    this.#order = order;
    this.#isAscending = order.order === 'asc';
  }

  /** At most `limit` entries after the place of `after`. */
  after(after: Row | null, limit: number): StoredEntry[] {
    const segments = segmentsOf(this.#order);
    const first = after === null ? 0 : segments.findIndex((kinds) => kinds.includes(KIND_RANK[after.kind]));
    const page: StoredEntry[] = [];
    for (const [index, kinds] of segments.entries()) {
      if (page.length === limit) break;
      if (index >= first) page.push(...this.#merged(kinds, index === first ? after : null, limit - page.length));
    }
    return page;
  }

  /** How many of the folder's entries are left out when hidden ones are not shown. */
  countHidden(): number {
    // The sort key of a name that begins with a dot does so, too.
    const sql = `SELECT count(*) AS count FROM entries INDEXED BY entries_listing
      WHERE parent_id = ? AND kind IN (0, 1, 2, 3) AND sort_key >= '.' AND sort_key < '/' AND ${HIDDEN}`;
    return this.#statements.get<{ count: number }>(sql, this.#folderId)?.count ?? 0;
  }

  #merged(kinds: readonly number[], after: Row | null, limit: number): StoredEntry[] {
    const ranges = kinds.map((kind) => this.#range(kind, after && startOf(after, this.#order.sort), limit));
    const filled = ranges.filter(({ length }) => length > 0);
    if (filled.length <= 1) return filled[0] ?? [];
    const { sort } = this.#order;
    const rows = filled.flat().map((entry) => ({ entry, row: rowOf(entry, sort) }));
    rows.sort((a, b) => compareRows(a.row, b.row, this.#order));
    return rows.slice(0, limit).map(({ entry }) => entry);
  }

  #range(kind: number, start: Start | null, limit: number): StoredEntry[] {
    const { sort } = this.#order;
    const value = VALUES[sort];
    if (!value || (sort === 'kind' && kind !== KIND_RANK.file)) return this.#byName('entries_listing', '', [kind], start, limit);
    if (!this.#isLarge) return this.#sorted(value.column, kind, start, limit);
    return this.#byValue(value.column, value.index, kind, start, limit);
  }

  /** One range of an index that ends with the names. @param condition further ones, with their values after the kind in `values` */
  #byName(index: string, condition: string, values: readonly unknown[], start: Start | null, limit: number): StoredEntry[] {
    const after = start ? `AND (sort_key, name) ${this.#beyond} (?, ?)` : '';
    const sql = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? ${condition} ${after} ${this.#shown}
      ORDER BY sort_key ${this.#direction}, name ${this.#direction} LIMIT ?`;
    const place = start ? [start.sortKey, start.name] : [];
    return this.#statements.all(sql, this.#folderId, ...values, ...place, limit);
  }

  /**
   * An index by value has rows of the same value in no useful order. So the values are read first, which tells at which of them the page
   * ends: the rows before are all wanted, and no more than a page; of the last value only the first ones are.
   */
  #byValue(column: string, index: string, kind: number, start: Start | null, limit: number): StoredEntry[] {
    const rows = start ? this.#ofValue(column, index, kind, start.value, start, limit) : [];
    for (let from = start?.value ?? null; rows.length < limit; ) {
      const beyond = from === null ? '' : `AND ${column} ${this.#beyond} ?`;
      const bounds = from === null ? [] : [from];
      const last = this.#statements.get<{ value: number }>(
        `SELECT ${column} AS value FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? AND ${IN_LARGE} ${beyond}
          ORDER BY ${column} ${this.#direction} LIMIT 1 OFFSET ?`,
        ...[this.#folderId, kind, ...bounds, limit - rows.length - 1],
      );
      const before = last ? `AND ${column} ${this.#isAscending ? '<' : '>'} ?` : '';
      const whole = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? AND ${IN_LARGE} ${beyond} ${before} ${this.#shown}
        ORDER BY ${column} ${this.#direction}, sort_key ${this.#direction}, name ${this.#direction}`;
      rows.push(...this.#statements.all<StoredEntry>(whole, this.#folderId, kind, ...bounds, ...(last ? [last.value] : [])));
      if (!last) break;
      rows.push(...this.#ofValue(column, index, kind, last.value, null, limit - rows.length));
      from = last.value;
    }
    return rows;
  }

  /** Rows of one value by name: few are sorted; of many, those that have it are picked from all in the order of names. */
  #ofValue(column: string, index: string, kind: number, value: Row['value'], start: Start | null, limit: number): StoredEntry[] {
    const sql = `SELECT count(*) AS count FROM (SELECT 1 FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? AND ${IN_LARGE} AND ${column} = ? LIMIT ?)`;
    const { count = 0 } = this.#statements.get<{ count: number }>(sql, this.#folderId, kind, value, SMALL_GROUP + 1) ?? {};
    return this.#byName(count <= SMALL_GROUP ? index : 'entries_listing', `AND ${IN_LARGE} AND ${column} = ?`, [kind, value], start, limit);
  }

  /** Looks at every entry of the kind and keeps the first ones: in small folders, whose rows no index has in this order. */
  #sorted(value: string, kind: number, start: Start | null, limit: number): StoredEntry[] {
    const after = start ? `AND (${value}, sort_key, name) ${this.#beyond} (?, ?, ?)` : '';
    const sql = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind = ? ${after} ${this.#shown}
      ORDER BY ${value} ${this.#direction}, sort_key ${this.#direction}, name ${this.#direction} LIMIT ?`;
    const place = start ? [start.value, start.sortKey, start.name] : [];
    return this.#statements.all(sql, this.#folderId, kind, ...place, limit);
  }

  get #direction(): string {
    return this.#isAscending ? 'ASC' : 'DESC';
  }

  get #beyond(): string {
    return this.#isAscending ? '>' : '<';
  }

  get #shown(): string {
    return this.#order.showHidden ? '' : `AND ${SHOWN}`;
  }
}

/** Kinds that are merged, one segment after the other. */
export function segmentsOf({ sort, order, foldersFirst }: RowOrder): readonly (readonly number[])[] {
  const isAscending = order === 'asc';
  if (sort !== 'kind') return foldersFirst ? [[0], [1, 2, 3]] : [[0, 1, 2, 3]];
  if (isAscending) return [[0], [1], [2], [3]];
  return foldersFirst ? [[0], [3], [2], [1]] : [[3], [2], [1], [0]];
}

export function startOf({ name, value }: Row, sort: EntrySort): Start {
  const bytes = Buffer.from(name, 'latin1');
  const shown = bytes.toString('utf8');
  const stored = sort === 'kind' ? (extensionOf(shown) ?? '') : value;
  return { value: stored, sortKey: naturalSortKey(shown), name: fromBytes(bytes) };
}
