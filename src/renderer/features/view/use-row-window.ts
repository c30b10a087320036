import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** Rows that exist beyond those in sight, above and below. */
const OVERSCAN = 8;

interface RowWindow {
  /** Indexes of the rows that exist. */
  first: number;
  last: number;
  /** Of those that are in sight. */
  top: number;
  bottom: number;
}

interface RowGeometry {
  count: number;
  rowHeight: number;
  /** What is above the first row, in pixels, as a heading that stays in sight. */
  above?: number;
  /** Rows go to the right instead of down. */
  isHorizontal?: boolean;
}

/**
 * Which rows of one height are in sight of what scrolls: only they exist. A virtualizer for rows of any height keeps the place of each, which is
 * 100 MB for a million; these are where arithmetic says.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, { count, rowHeight, above = 0, isHorizontal = false }: RowGeometry) {
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: -1, top: 0, bottom: 0 });
  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const [start, size] = isHorizontal
      ? [element.scrollLeft - above, element.clientWidth]
      : [element.scrollTop, element.clientHeight - above];
    const top = Math.max(0, Math.floor(start / rowHeight));
    const bottom = Math.min(count - 1, Math.ceil((start + size) / rowHeight) - 1);
    setShown((old) => {
      // While the scroll bar is dragged, every row in sight is another one: those beyond would only be drawn to be thrown away.
      const beyond = top > old.bottom || bottom < old.top ? 0 : OVERSCAN;
      const next = { top, bottom, first: Math.max(0, top - beyond), last: Math.min(count - 1, bottom + beyond) };
      return isSame(old, next) ? old : next;
    });
  }, [scroller, count, rowHeight, above, isHorizontal]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    measure();
    const resizing = new ResizeObserver(measure);
    resizing.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      resizing.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [scroller, measure]);

  /** Brings a row into sight, moving as little as that takes. */
  const scrollTo = useCallback(
    (row: number) => {
      const element = scroller.current;
      if (!element) return;
      const [start, size] = isHorizontal ? [element.scrollLeft, element.clientWidth] : [element.scrollTop, element.clientHeight - above];
      const place = row * rowHeight + (isHorizontal ? above : 0);
      const to = place < start ? place : place + rowHeight > start + size ? place + rowHeight - size : start;
      if (isHorizontal) element.scrollLeft = to;
      else element.scrollTop = to;
      measure();
    },
    [scroller, rowHeight, above, isHorizontal, measure],
  );
  return { ...shown, last: Math.min(shown.last, count - 1), scrollTo };
}

function isSame(a: RowWindow, b: RowWindow): boolean {
  return a.first === b.first && a.last === b.last && a.top === b.top && a.bottom === b.bottom;
}
