import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ListPlace } from '../entry/kept-place.ts';
import type { Selection } from '../entry/selection.ts';
import { useTakeKeyboard } from '../workspace/use-take-keyboard.ts';
import type { EntryRows } from './entry-rows.ts';
import { placeAt, scrolledTo, type ViewPlace } from './view-place.ts';

/** Chromium scrolls so exactly, in pixels: far down it has no odd numbers. */
const INEXACT = 2;

interface ScrolledView {
  scroller: RefObject<HTMLElement | null>;
  rows: EntryRows;
  selection: Selection;
  place: ListPlace;
  /** Height of a row in pixels, or width, where rows go to the right, and how many entries are in one. */
  rowHeight: number;
  perRow: number;
  /** Above the first row or beside it, in pixels: a heading that stays in sight. */
  above?: number;
  isHorizontal?: boolean;
  /** Its size is not known yet. */
  isUnlaid?: boolean;
  scrollTo: (row: number) => void;
}

/**
 * Keeps a view where it is: where it was left or another view stood, at the same entries when others come or go above them or rows change their
 * shape, and at the active one when that moves.
 */
export function useViewScroll(view: ScrolledView): void {
  const { scroller, rows, selection, place, perRow, scrollTo, isUnlaid = false } = view;
  const begun = useRef(place.shown);
  useKeptScroll(view);
  useSteadyRows(view);

  // The view of the folder before had the focus and is gone: the keyboard goes on in this one.
  useTakeKeyboard(scroller);
  // What is active from the beginning need not be in sight, unless it was in the view before this one.
  const wasActive = useRef(selection.active);
  const seen = useRef(rows);
  const wanted = useRef(selection.active !== null && isBetween(rows.indexOf(selection.active), begun.current) ? selection.active : null);
  useEffect(() => {
    if (wasActive.current !== selection.active) {
      // By another address, as when its drive was pulled out, the same entry is not gone to.
      const isSame = seen.current !== rows && nameOf(wasActive.current) === nameOf(selection.active);
      wasActive.current = selection.active;
      if (!isSame || wanted.current !== null) wanted.current = selection.active;
    }
    seen.current = rows;
    const path = wanted.current;
    if (path === null || isUnlaid) return;
    const index = rows.indexOf(path);
    if (index >= 0) {
      wanted.current = null;
      return scrollTo(Math.floor(index / perRow));
    }
    rows.locate(path).then((far) => {
      if (wanted.current !== path) return;
      if (far < 0) wanted.current = null;
      else scrollTo(Math.floor(far / perRow));
    }, ignoreUnread);
  }, [selection.active, rows, perRow, scrollTo, isUnlaid]);
}

const nameOf = (path: string | null) => path?.slice(path.lastIndexOf('/'));

/** The list itself says what could not be read. */
const ignoreUnread = () => undefined;

function isBetween(index: number, { first, last }: ViewPlace): boolean {
  return index >= first && index <= last;
}

/**
 * Has a view begin where it was left, and notes where it is. Where that is further down than the view is high as yet, it goes there when it has
 * become so, unless the user takes it in hand.
 */
function useKeptScroll(view: ScrolledView): void {
  const { scroller, rows, place, rowHeight, perRow, above = 0, isHorizontal = false, isUnlaid = false } = view;
  const goal = useRef<ViewPlace | null>(place.shown);
  const wasLaid = useRef({ rowHeight, perRow });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it can be scrolled further when there is more.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || isUnlaid) return;
    const shape = { rowHeight, perRow };
    if (wasLaid.current.rowHeight !== rowHeight || wasLaid.current.perRow !== perRow) goal.current ??= place.shown;
    wasLaid.current = shape;
    if (goal.current === null) return;
    const wanted = scrolledTo(goal.current, shape);
    const margin = isHorizontal && wanted > 0 ? above : 0;
    const side = isHorizontal ? 'scrollLeft' : 'scrollTop';
    element[side] = wanted + margin;
    if (element[side] >= wanted + margin - INEXACT) goal.current = null;
  }, [scroller, rows.count, rowHeight, perRow, isUnlaid]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || isUnlaid) return;
    const note = () => {
      if (goal.current !== null) return;
      const [scrolled, seen] = isHorizontal
        ? [Math.max(0, element.scrollLeft - above), element.clientWidth]
        : [element.scrollTop, element.clientHeight - above];
      place.shown = placeAt(scrolled, seen, { rowHeight, perRow });
    };
    const letGo = () => {
      goal.current = null;
    };
    note();
    element.addEventListener('scroll', note, { passive: true });
    for (const type of ['wheel', 'pointerdown', 'keydown']) element.addEventListener(type, letGo, { passive: true });
    return () => {
      element.removeEventListener('scroll', note);
      for (const type of ['wheel', 'pointerdown', 'keydown']) element.removeEventListener(type, letGo);
    };
  }, [scroller, place, rowHeight, perRow, above, isHorizontal, isUnlaid]);
}

/** Rows that come or go above what is in sight do not move it: the topmost row stays where it is. At the very top, new rows show. */
function useSteadyRows({ scroller, rows, rowHeight, perRow, isHorizontal = false }: ScrolledView): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = rows;
    const element = scroller.current;
    const side = isHorizontal ? 'scrollLeft' : 'scrollTop';
    if (!element || old.version === rows.version || element[side] === 0) return;
    const top = Math.floor(element[side] / rowHeight);
    const path = old.at(top * perRow)?.path;
    if (path === undefined || rows.at(top * perRow)?.path === path) return;
    const moved = rows.indexOf(path);
    if (moved >= 0) element[side] += (Math.floor(moved / perRow) - top) * rowHeight;
  }, [scroller, rows, rowHeight, perRow, isHorizontal]);
}
