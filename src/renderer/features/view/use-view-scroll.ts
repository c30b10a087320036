import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ListPlace } from '../entry/kept-place.ts';
import type { Selection } from '../entry/selection.ts';
import { useTakeKeyboard } from '../workspace/use-take-keyboard.ts';
import type { EntryRows } from './entry-rows.ts';

interface ScrolledView {
  scroller: RefObject<HTMLElement | null>;
  rows: EntryRows;
  selection: Selection;
  place: ListPlace;
  /** Height of a row in pixels, and how many entries are in one. */
  rowHeight: number;
  perRow: number;
  /** Height of the view's contents. */
  height: number;
  scrollTo: (row: number) => void;
}

/** Keeps a view where it is: where it was left, at the same entry when others come or go above it, and at the active one when that moves. */
export function useViewScroll({ scroller, rows, selection, place, rowHeight, perRow, height, scrollTo }: ScrolledView): void {
  useKeptScroll(scroller, place, height);
  useSteadyRows(scroller, rows, rowHeight, perRow);

  // The view of the folder before had the focus and is gone: the keyboard goes on in this one.
  useTakeKeyboard(scroller);
  // What is active from the beginning need not be in sight: it begins where it was left.
  const wasActive = useRef(selection.active);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wasActive.current !== selection.active) {
      wasActive.current = selection.active;
      wanted.current = selection.active;
    }
    const path = wanted.current;
    if (path === null) return;
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
  }, [selection.active, rows, perRow, scrollTo]);
}

/** The list itself says what could not be read. */
const ignoreUnread = () => undefined;

/**
 * Has a view begin where it was left, and notes where it is. Where that is further down than the view is high as yet, it goes there when it has
 * become so, unless the user takes it in hand.
 */
function useKeptScroll(scroller: RefObject<HTMLElement | null>, place: ListPlace, height: number): void {
  const goal = useRef(place.top);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it can be scrolled further when it has become higher.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || goal.current === 0) return;
    const wanted = goal.current;
    element.scrollTop = wanted;
    if (element.scrollTop >= wanted - 1) goal.current = 0;
  }, [scroller, height]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const note = () => {
      if (goal.current === 0) place.top = element.scrollTop;
    };
    const letGo = () => {
      goal.current = 0;
    };
    element.addEventListener('scroll', note, { passive: true });
    for (const type of ['wheel', 'pointerdown', 'keydown']) element.addEventListener(type, letGo, { passive: true });
    return () => {
      element.removeEventListener('scroll', note);
      for (const type of ['wheel', 'pointerdown', 'keydown']) element.removeEventListener(type, letGo);
    };
  }, [scroller, place]);
}

/** Rows that come or go above what is in sight do not move it: the topmost row stays where it is. At the very top, new rows show. */
function useSteadyRows(scroller: RefObject<HTMLElement | null>, rows: EntryRows, rowHeight: number, perRow: number): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = rows;
    const element = scroller.current;
    if (!element || old.version === rows.version || element.scrollTop === 0) return;
    const top = Math.floor(element.scrollTop / rowHeight);
    const path = old.at(top * perRow)?.path;
    if (path === undefined || rows.at(top * perRow)?.path === path) return;
    const moved = rows.indexOf(path);
    if (moved >= 0) element.scrollTop += (Math.floor(moved / perRow) - top) * rowHeight;
  }, [scroller, rows, rowHeight, perRow]);
}
