import { type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { MOST_SOURCES } from '../../../shared/contract/file.ts';
import type { Selection } from '../entry/selection.ts';
import type { EntryRows } from './entry-rows.ts';

/** A rectangle in what is scrolled, in pixels from its top left corner. */
export interface Band {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Entries from one index to another, both included. */
interface IndexRange {
  first: number;
  last: number;
}

interface RubberBandOptions {
  scroller: RefObject<HTMLElement | null>;
  rows: EntryRows;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** The entries that a rectangle touches. */
  inBand: (band: Band) => IndexRange[];
}

/** So far the pointer has to move before it draws. */
const LEAST_MOVE = 4;
/** Within so many pixels of an edge the view scrolls by itself, the faster the nearer, and by so many pixels a frame at most. */
const EDGE = 36;
const MOST_SCROLL = 28;
/** Where a drag is not about the band. */
const OTHERS = '[data-path], button, input, [role="columnheader"], [data-width-of], [data-own-keys]';

interface Drawing {
  /** In what is scrolled. */
  from: { x: number; y: number };
  pointer: { x: number; y: number };
  before: Selection;
  mode: 'replace' | 'add' | 'toggle';
  isDrawn: boolean;
}

/** Selecting with a rectangle that is drawn beside the entries: Shift adds to what is selected, Ctrl or Command turns it round. */
export function useRubberBand(now: RubberBandOptions) {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  const [band, setBand] = useState<Band | null>(null);
  const drawing = useRef<Drawing | null>(null);
  const frame = useRef(0);
  const hasDrawn = useRef(false);
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);

  const draw = useCallback(() => {
    const { current } = drawing;
    const element = latest.current.scroller.current;
    if (!current || !element) return;
    const { left, top } = element.getBoundingClientRect();
    const x = Math.max(0, current.pointer.x - left) + element.scrollLeft;
    const y = Math.max(0, current.pointer.y - top) + element.scrollTop;
    const { from } = current;
    if (!current.isDrawn && Math.hypot(x - from.x, y - from.y) < LEAST_MOVE) return;
    current.isDrawn = true;
    const next = {
      left: Math.min(from.x, x),
      top: Math.min(from.y, y),
      right: Math.min(Math.max(from.x, x), element.scrollWidth),
      bottom: Math.min(Math.max(from.y, y), element.scrollHeight),
    };
    setBand(next);
    const { rows, inBand, onSelect } = latest.current;
    // The keyboard goes on where the drawing ends; until then nothing is scrolled to.
    onSelect({ ...withBand(current, pathsIn(rows, inBand(next))), active: null });
  }, []);

  const scrollByItself = useCallback(() => {
    const element = latest.current.scroller.current;
    const { current } = drawing;
    if (!element || !current) return;
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const push = (near: number, far: number) =>
      Math.round(MOST_SCROLL * (Math.min(1, Math.max(0, far) / EDGE) - Math.min(1, Math.max(0, near) / EDGE)));
    const down = push(top + EDGE - current.pointer.y, current.pointer.y - bottom + EDGE);
    const aside = push(left + EDGE - current.pointer.x, current.pointer.x - right + EDGE);
    if (current.isDrawn && (down !== 0 || aside !== 0)) {
      element.scrollTop += down;
      element.scrollLeft += aside;
      draw();
    }
    frame.current = requestAnimationFrame(scrollByItself);
  }, [draw]);

  const onPointerDown = (event: PointerEvent) => {
    hasDrawn.current = false;
    const element = latest.current.scroller.current;
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || event.pointerType === 'touch' || !element || !target || target.closest(OTHERS)) return;
    const { left, top } = element.getBoundingClientRect();
    // The scroll bars are part of the element.
    if (event.clientX - left >= element.clientWidth || event.clientY - top >= element.clientHeight) return;
    const pointer = { x: event.clientX, y: event.clientY };
    drawing.current = {
      from: { x: pointer.x - left + element.scrollLeft, y: pointer.y - top + element.scrollTop },
      pointer,
      before: latest.current.selection,
      mode: event.shiftKey ? 'add' : event.ctrlKey || event.metaKey ? 'toggle' : 'replace',
      isDrawn: false,
    };
    const controller = new AbortController();
    const { signal } = controller;
    const follow = (move: globalThis.PointerEvent) => {
      if (drawing.current) drawing.current.pointer = { x: move.clientX, y: move.clientY };
      draw();
    };
    end.current = () => {
      controller.abort();
      cancelAnimationFrame(frame.current);
      hasDrawn.current = drawing.current?.isDrawn ?? false;
      if (hasDrawn.current) void finishBand(latest.current, drawing.current, bandNow());
      drawing.current = null;
      setBand(null);
    };
    const bandNow = (): IndexRange[] => {
      const { current } = drawing;
      if (!current) return [];
      const box = element.getBoundingClientRect();
      const [x, y] = [current.pointer.x - box.left + element.scrollLeft, current.pointer.y - box.top + element.scrollTop];
      const { from } = current;
      return latest.current.inBand({
        left: Math.min(from.x, x),
        top: Math.min(from.y, y),
        right: Math.max(from.x, x),
        bottom: Math.max(from.y, y),
      });
    };
    window.addEventListener('pointermove', follow, { signal });
    for (const type of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(type, () => end.current(), { signal });
    frame.current = requestAnimationFrame(scrollByItself);
  };
  /** The click at the end of a drag is no click beside the entries. */
  const wasDrawn = () => hasDrawn.current;
  return { band, onPointerDown, wasDrawn };
}

/** What was passed too fast to be loaded belongs to it all the same. */
async function finishBand({ rows, onSelect, scroller }: RubberBandOptions, drawing: Drawing | null, ranges: IndexRange[]): Promise<void> {
  if (!drawing || !scroller.current) return;
  onSelect(withBand(drawing, pathsIn(rows, ranges)));
  const within = ranges.map(({ first, last }) => ({ first: Math.max(0, first), last: Math.min(last, rows.count - 1) }));
  const isWhole = within.every(({ first, last }) => pathsIn(rows, [{ first, last }]).length >= last - first + 1);
  if (isWhole) return;
  const paths = await Promise.all(
    within.filter(({ first, last }) => first <= last).map(({ first, last }) => pathsBetween(rows, first, last)),
  );
  onSelect(withBand(drawing, paths.flat()));
}

/** Loaded, unless they are too many to be looked at one by one. */
async function pathsBetween(rows: EntryRows, first: number, last: number): Promise<readonly string[]> {
  if (last - first >= MOST_SOURCES) return rows.paths(first, last);
  return (await rows.load(first, last)).map(({ path }) => path);
}

function pathsIn(rows: EntryRows, ranges: readonly IndexRange[]): string[] {
  const paths: string[] = [];
  for (const { first, last } of ranges) {
    for (let index = Math.max(0, first); index <= Math.min(last, rows.count - 1); index++) {
      const entry = rows.at(index);
      if (entry) paths.push(entry.path);
    }
  }
  return paths;
}

function withBand({ before, mode }: Drawing, inside: readonly string[]): Selection {
  const last = inside.at(-1) ?? null;
  if (mode === 'replace') return { paths: new Set(inside), isAll: false, active: last, anchor: inside[0] ?? null };
  const paths = new Set(before.paths);
  for (const path of inside) {
    if (mode === 'add' || !before.paths.has(path)) paths.add(path);
    else paths.delete(path);
  }
  return { ...before, paths, active: last ?? before.active };
}
