/** The entries of a view that are in sight, by their indexes: so another view, of other rows, goes on at the same ones. */
export interface ViewPlace {
  first: number;
  last: number;
  /** So far the row of the first is scrolled out of sight, in pixels. */
  within: number;
}

/** At the beginning of everything. */
export const START: ViewPlace = { first: 0, last: -1, within: 0 };

interface RowShape {
  /** Of a row, in pixels; its width, where rows go to the right. */
  rowHeight: number;
  /** Entries in a row. */
  perRow: number;
}

/** Where a view stands that is scrolled so far and shows so much, both in pixels. */
export function placeAt(scrolled: number, seen: number, { rowHeight, perRow }: RowShape): ViewPlace {
  const row = Math.floor(scrolled / rowHeight);
  const lastRow = Math.max(row, Math.ceil((scrolled + seen) / rowHeight) - 1);
  return { first: row * perRow, last: (lastRow + 1) * perRow - 1, within: scrolled - row * rowHeight };
}

/** How far a view is to be scrolled to stand there, in pixels. A row of another height begins at its beginning. */
export function scrolledTo({ first, within }: ViewPlace, { rowHeight, perRow }: RowShape): number {
  return Math.floor(first / perRow) * rowHeight + (within < rowHeight ? within : 0);
}
