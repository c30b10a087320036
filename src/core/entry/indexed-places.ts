import type { NativePath } from '#core/fs/native-path.ts';
import { toBytes } from '#core/fs/native-path.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import type { EntryStatements } from './entry-statements.ts';
import { IN_LARGE, SHOWN, SMALL_GROUP, type SortedValue, segmentsOf, startOf, VALUES } from './indexed-page.ts';
import { type KnownOrder, placesAround, rememberPlace } from './known-places.ts';
import { compareRows, KIND_RANK, kindValue, type Row, type RowOrder, rowKey } from './row-order.ts';
import { firstFrom, type RowPlaces } from './row-places.ts';
import { kindOfNumber, shownName } from './stored-entry.ts';

/** So many rows that are not shown are kept in memory, to be counted among the others. Of more, each row is looked at. */
const MOST_HIDDEN = 2000;
/** Of many rows of one value, every so many places are remembered on the way: none of them is looked for twice. */
const GROUP_STEP = 1000;
const KIND_NUMBERS = [0, 1, 2, 3];

type Value = Row['value'];

/**
 * The order of a large folder by number. SQLite has no number for a row, but passes over 30 of an index in a microsecond: a place is found from
 * the end of the index that is nearer, or from another place that is known already.
 */
export class IndexedPlaces implements RowPlaces {
  readonly #statements: EntryStatements;
  readonly #folder: { id: number; childCount: number };
  readonly #order: RowOrder;
  readonly #known: KnownOrder;
  /** Left out of every count and every step; empty where those that are not shown are in memory. */
  readonly #condition: string;

  constructor(statements: EntryStatements, folder: { id: number; childCount: number }, order: RowOrder, known: KnownOrder) {
    this.#statements = statements;
    this.#folder = folder;
    this.#order = order;
    this.#known = known;
    known.hidden ??= order.showHidden ? [] : this.#readHidden();
    this.#condition = known.hidden.length > MOST_HIDDEN ? `AND ${SHOWN}` : '';
  }

  rowAt(index: number): Row | null {
    let left = index;
    for (const kinds of segmentsOf(this.#order)) {
      const hidden = this.#hiddenOf(kinds);
      const count = this.#countOf(kinds) - hidden.length;
      if (left < count) return this.#shownRow(kinds, left, hidden);
      left -= count;
    }
    return null;
  }

  indexOf(row: Row): number {
    let index = 0;
    for (const kinds of segmentsOf(this.#order)) {
      const hidden = this.#hiddenOf(kinds);
      if (kinds.includes(KIND_RANK[row.kind])) {
        for (const kind of kinds) index += this.#countBefore(kind, row);
        return index - firstFrom(hidden, row, this.#order);
      }
      index += this.#countOf(kinds) - hidden.length;
    }
    return index;
  }

  /** Where the row would be were all shown, those that are not are not counted. Each look comes nearer, and none goes too far. */
  #shownRow(kinds: readonly number[], index: number, hidden: readonly Row[]): Row | null {
    for (let place = index; ; ) {
      const row = this.#merged(kinds, place);
      if (!row || hidden.length === 0) return row;
      const before = firstFrom(hidden, row, this.#order);
      const isHidden = hidden[before]?.name === row.name;
      if (!isHidden && place - before === index) return row;
      place = index + before + (isHidden ? 1 : 0);
    }
  }

  /**
   * The row of a number among those of several kinds. While some have to be passed over, each kind gives the row at the end of its share: all up to
   * the first of these come before the wanted one.
   */
  #merged(kinds: readonly number[], index: number): Row | null {
    let ranges = kinds.map((kind) => ({ kind, from: 0, count: this.#countOf([kind]) }));
    for (let left = index; ; ) {
      ranges = ranges.filter(({ from, count }) => from < count);
      const [only] = ranges;
      if (!only) return null;
      if (ranges.length === 1) return only.from + left < only.count ? this.#rowOfKind(only.kind, only.from + left) : null;
      const step = Math.max(1, Math.floor(left / ranges.length));
      const ends = ranges.flatMap((range) => {
        const row = range.from + step <= range.count ? this.#rowOfKind(range.kind, range.from + step - 1) : null;
        return row ? [{ range, row }] : [];
      });
      const first = ends.toSorted((a, b) => compareRows(a.row, b.row, this.#order))[0];
      if (!first) return null;
      if (left === 0) return first.row;
      first.range.from += step;
      left -= step;
    }
  }

  #rowOfKind(kind: number, index: number): Row | null {
    const value = this.#valueOf(kind);
    const places = this.#known.places.get(kind) ?? [];
    this.#known.places.set(kind, places);
    const { before, after } = placesAround(places, index);
    if (value) return this.#byValue(value, kind, index, before);
    if (before?.index === index) return before.row;
    const [fromStart, fromEnd] = [index - (before?.index ?? -1), (after?.index ?? this.#countOf([kind])) - index];
    const row =
      fromStart <= fromEnd ? this.#step(kind, before?.row, fromStart - 1, false) : this.#step(kind, after?.row, fromEnd - 1, true);
    if (row) rememberPlace(places, { index, row });
    return row;
  }

  /** The row that comes `count` rows after the next one of a place, in the order of names. */
  #step(kind: number, place: Row | undefined, count: number, isBack: boolean): Row | null {
    const [beyond, direction] = this.#isAscending === isBack ? ['<', 'DESC'] : ['>', 'ASC'];
    const start = place && startOf(place, 'name');
    const sql = `SELECT name FROM entries INDEXED BY entries_listing WHERE parent_id = ? AND kind = ? ${start ? `AND (sort_key, name) ${beyond} (?, ?)` : ''}
      ${this.#condition} ORDER BY sort_key ${direction}, name ${direction} LIMIT 1 OFFSET ?`;
    return this.#rows(kind, sql, [...(start ? [start.sortKey, start.name] : []), count])[0] ?? null;
  }

  /** An index by value has rows of the same value in no useful order: the value that is at the place, then the row among those that have it. */
  #byValue(value: SortedValue, kind: number, index: number, place: { index: number; row: Row } | undefined): Row | null {
    const { column } = value;
    const known = place && this.#stored(place.row);
    const from = place === undefined ? '' : `AND ${column} ${this.#beyond}= ?`;
    const bounds = known === undefined ? [] : [known];
    const base = place?.index ?? 0;
    const found = this.#statements.get<{ value: Value }>(
      `SELECT ${column} AS value FROM entries INDEXED BY ${value.index} WHERE parent_id = ? AND kind = ? AND ${IN_LARGE} ${from} ${this.#condition}
        ORDER BY ${column} ${this.#direction} LIMIT 1 OFFSET ?`,
      ...[this.#folder.id, kind, ...bounds, index - base],
    );
    if (!found) return null;
    const first = base + this.#count(value.index, `AND ${IN_LARGE} ${from} AND ${column} ${this.#before} ?`, kind, ...bounds, found.value);
    const row = this.#ofValue(value, kind, found.value, index - first);
    if (row) rememberPlace(this.#known.places.get(kind) ?? [], { index: first, row });
    return row;
  }

  /** Of the rows of one value, in the order of names. Few are sorted; many are picked from all. */
  #ofValue({ column, index }: SortedValue, kind: number, value: Value, place: number): Row | null {
    const few = this.#statements.get<{ count: number }>(
      `SELECT count(*) AS count FROM (SELECT 1 FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? AND ${IN_LARGE} AND ${column} = ? LIMIT ?)`,
      ...[this.#folder.id, kind, value, SMALL_GROUP + 1],
    );
    const rowAfter = (index: string, row: Row | undefined, count: number): Row | undefined => {
      const start = row && startOf(row, this.#order.sort);
      const sql = `SELECT name, size, modified_ms AS modifiedMs, extension FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? AND ${IN_LARGE}
        AND ${column} = ? ${start ? `AND (sort_key, name) ${this.#beyond} (?, ?)` : ''} ${this.#condition}
        ORDER BY sort_key ${this.#direction}, name ${this.#direction} LIMIT 1 OFFSET ?`;
      return this.#rows(kind, sql, [value, ...(start ? [start.sortKey, start.name] : []), count])[0];
    };
    if ((few?.count ?? 0) <= SMALL_GROUP) return rowAfter(index, undefined, place) ?? null;
    const key = `${kind} ${value}`;
    const places = this.#known.groups.get(key) ?? [];
    this.#known.groups.set(key, places);
    let known = placesAround(places, place).before;
    while ((known?.index ?? -1) < place) {
      const from: number = known?.index ?? -1;
      const steps = Math.min(GROUP_STEP, place - from);
      const row = rowAfter('entries_listing', known?.row, steps - 1);
      if (!row) return null;
      known = { index: from + steps, row };
      rememberPlace(places, known);
    }
    return known?.row ?? null;
  }

  #countBefore(kind: number, row: Row): number {
    const value = this.#valueOf(kind);
    const start = startOf(row, this.#order.sort);
    const byName = `(sort_key, name) ${this.#before} (?, ?)`;
    if (!value) return this.#count('entries_listing', `AND ${byName}`, kind, start.sortKey, start.name);
    const { column, index } = value;
    const less = this.#count(index, `AND ${IN_LARGE} AND ${column} ${this.#before} ?`, kind, start.value);
    return less + this.#count(index, `AND ${IN_LARGE} AND ${column} = ? AND ${byName}`, kind, start.value, start.sortKey, start.name);
  }

  #count(index: string, condition: string, kind: number, ...values: unknown[]): number {
    const sql = `SELECT count(*) AS count FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? ${condition} ${this.#condition}`;
    return this.#statements.get<{ count: number }>(sql, this.#folder.id, kind, ...values)?.count ?? 0;
  }

  /** Files are most of the time by far the most: as many as the others leave of all. */
  #countOf(kinds: readonly number[]): number {
    const { counts } = this.#known;
    if (counts.length === 0) {
      const [folders = 0, symlinks = 0, others = 0] = [0, 2, 3].map((kind) => this.#count('entries_listing', '', kind));
      const files = this.#condition === '' ? this.#folder.childCount - folders - symlinks - others : this.#count('entries_listing', '', 1);
      counts.push(folders, files, symlinks, others);
    }
    return kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  }

  #hiddenOf(kinds: readonly number[]): Row[] {
    if (this.#condition !== '') return [];
    const rows = (this.#known.hidden ?? []).filter(({ kind }) => kinds.includes(KIND_RANK[kind]));
    return rows.sort((a, b) => compareRows(a, b, this.#order));
  }

  /** The sort key of a name that begins with a dot does so, too. */
  #readHidden(): Row[] {
    return KIND_NUMBERS.flatMap((kind) =>
      this.#rows(
        kind,
        `SELECT name, size, modified_ms AS modifiedMs, extension FROM entries INDEXED BY entries_listing
          WHERE parent_id = ? AND kind = ? AND sort_key >= '.' AND sort_key < '/' AND NOT (${SHOWN}) LIMIT ${MOST_HIDDEN + 1}`,
        [],
      ),
    );
  }

  #rows(kind: number, sql: string, values: readonly unknown[]): Row[] {
    interface Stored {
      name: NativePath;
      size?: number;
      modifiedMs?: number;
      extension?: string | null;
    }
    const stored = this.#statements.all<Stored>(sql, this.#folder.id, kind, ...values);
    return stored.map(({ name, size = 0, modifiedMs = 0, extension = null }) => {
      const kindName = kindOfNumber(kind);
      const known: Partial<Record<EntrySort, number | string>> = { size, modified: modifiedMs, kind: kindValue(kindName, extension) };
      const value = known[this.#order.sort] ?? 0;
      return { name: toBytes(name).toString('latin1'), key: rowKey(shownName(name)), kind: kindName, value };
    });
  }

  /** Only files have an extension: the other kinds are in the order of their names. */
  #valueOf(kind: number): SortedValue | undefined {
    const { sort } = this.#order;
    return sort === 'kind' && kind !== KIND_RANK.file ? undefined : VALUES[sort];
  }

  #stored(row: Row): Value {
    return startOf(row, this.#order.sort).value;
  }

  get #isAscending(): boolean {
    return this.#order.order === 'asc';
  }

  get #direction(): string {
    return this.#isAscending ? 'ASC' : 'DESC';
  }

  get #beyond(): string {
    return this.#isAscending ? '>' : '<';
  }

  get #before(): string {
    return this.#isAscending ? '<' : '>';
  }
}
