import { compareRows, type Row, type RowOrder } from './row-order.ts';

/** The rows of a folder that are shown, by their number in its order. */
export interface RowPlaces {
  /** Null where there are not so many. */
  rowAt(index: number): Row | null;
  /** How many rows come before a row, which need not be there. */
  indexOf(row: Row): number;
}

/** Of rows that are in their order already. */
export function placesOf(rows: readonly Row[], order: RowOrder): RowPlaces {
  return { rowAt: (index) => rows[index] ?? null, indexOf: (row) => firstFrom(rows, row, order) };
}

/** Index of the first of sorted rows that is `row` or comes after it. */
export function firstFrom(rows: readonly Row[], row: Row, order: RowOrder): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = rows[middle];
    if (candidate && compareRows(candidate, row, order) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a name begins with what somebody types, whatever the case. @param name its bytes, one per character */
export function isTyped(name: string, typed: string): boolean {
  return Buffer.from(name, 'latin1').toString('utf8').toLowerCase().startsWith(typed.toLowerCase());
}

/** Index of the next row from `start` on whose name begins with what was typed, going round; null where there is none. */
export function findTypedRow(rows: readonly Row[], typed: string, start: number): number | null {
  for (let step = 0; step < rows.length; step++) {
    const index = (start + step) % rows.length;
    const row = rows[index];
    if (row && isTyped(row.name, typed)) return index;
  }
  return null;
}
