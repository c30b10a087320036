/** @file Where keys lead in a view, from an index to an index; null where they mean nothing. From -1: nothing is active. */

interface GridShape {
  perRow: number;
  pageRows: number;
  count: number;
}

/** To the sides entry by entry, up and down in the same column. */
export function gridStep(key: string, from: number, { perRow, pageRows, count }: GridShape): number | null {
  const start = Math.max(from, 0);
  const down = (by: number) =>
    start + by < count ? start + by : Math.floor(start / perRow) < Math.floor((count - 1) / perRow) ? count - 1 : start;
  const up = (by: number) => (start - by >= 0 ? start - by : start % perRow);
  if (key === 'ArrowRight') return from + 1;
  if (key === 'ArrowLeft') return from < 0 ? count - 1 : from - 1;
  if (key === 'ArrowDown') return from < 0 ? 0 : down(perRow);
  if (key === 'ArrowUp') return from < 0 ? count - 1 : start >= perRow ? start - perRow : start;
  if (key === 'PageDown') return down(perRow * pageRows);
  if (key === 'PageUp') return up(perRow * pageRows);
  return endSteps(key, count);
}

/** Up and down, entry by entry. */
export function listStep(key: string, from: number, { pageRows, count }: Omit<GridShape, 'perRow'>): number | null {
  if (key === 'ArrowDown') return from + 1;
  if (key === 'ArrowUp') return from < 0 ? count - 1 : from - 1;
  if (key === 'PageDown') return from + pageRows;
  if (key === 'PageUp') return from - pageRows;
  return endSteps(key, count);
}

/** To the sides, entry by entry; up and down mean the same. */
export function stripStep(key: string, from: number, { pageRows, count }: Omit<GridShape, 'perRow'>): number | null {
  const turned: Record<string, string> = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' };
  return listStep(turned[key] ?? key, from, { pageRows, count });
}

function endSteps(key: string, count: number): number | null {
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
