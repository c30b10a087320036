import type { Band } from './use-rubber-band.ts';

/** How tiles lie, in pixels. */
export interface GridLayout {
  perRow: number;
  columnWidth: number;
  rowHeight: number;
  tileWidth: number;
  tileHeight: number;
  pictureHeight: number;
  /** Of the first tile. */
  left: number;
  top: number;
}

const MARGIN = 20;
const TOP = 8;
/** Two lines of a name and one of facts, with what is around them. */
const LABEL = 64;

/** @param width of the view */
export function layTiles({ width, tileSize, isCompact }: { width: number; tileSize: number; isCompact: boolean }): GridLayout {
  const gap = isCompact ? 4 : 12;
  const room = Math.max(tileSize, width - 2 * MARGIN);
  const perRow = Math.max(1, Math.floor((room + gap) / (tileSize + gap)));
  // What is left over goes between the tiles.
  const columnWidth = perRow === 1 ? tileSize : Math.floor((room - tileSize) / (perRow - 1));
  const pictureHeight = Math.round(tileSize * 0.72);
  const tileHeight = pictureHeight + LABEL;
  return {
    perRow,
    columnWidth: Math.min(columnWidth, tileSize + gap + 40),
    rowHeight: tileHeight + gap,
    tileWidth: tileSize,
    tileHeight,
    pictureHeight,
    left: MARGIN,
    top: TOP,
  };
}

/** The tiles that a rectangle touches, row by row. */
export function tilesIn(band: Band, layout: GridLayout): { first: number; last: number }[] {
  const { perRow, columnWidth, rowHeight, tileWidth, tileHeight, left, top } = layout;
  const between = (from: number, to: number, start: number, step: number, size: number) => ({
    first: Math.max(0, Math.ceil((from - start - size) / step)),
    last: Math.floor((to - start) / step),
  });
  const columns = between(band.left, band.right, left, columnWidth, tileWidth);
  const lines = between(band.top, band.bottom, top, rowHeight, tileHeight);
  const lastColumn = Math.min(columns.last, perRow - 1);
  if (lastColumn < columns.first) return [];
  return Array.from({ length: Math.max(0, lines.last - lines.first + 1) }, (_, line) => ({
    first: (lines.first + line) * perRow + columns.first,
    last: (lines.first + line) * perRow + lastColumn,
  }));
}
