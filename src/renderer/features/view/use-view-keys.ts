import { type KeyboardEvent, useRef } from 'react';
import { runChord } from '../command/run-chord.ts';
import { countSelected, EMPTY_SELECTION, type Selection, select } from '../entry/selection.ts';
import type { EntryRows } from './entry-rows.ts';
import type { Choose } from './use-choose.ts';

/** So much to the right of where an entry begins, in pixels: below its icon. */
const MENU_INSET = 40;
const BACKWARDS: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowLeft', 'PageUp']);
/** Letters typed within this time of each other are one word. */
const TYPING_MS = 800;

interface KeyedView {
  rows: EntryRows;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  choose: Choose;
  /** Where a key leads from an index, by the shape of the view; null where it means nothing. From -1: nothing is active. */
  step: (key: string, from: number) => number | null;
  /** Brings the entry at an index into sight. */
  reveal: (index: number) => void;
}

/** The keyboard of a view: it moves, selects, and goes to what is typed. What else keys mean is a matter of commands. */
export function useViewKeys({ rows, selection, onSelect, choose, step, reveal }: KeyedView) {
  const typed = useRef({ text: '', at: 0, from: 0 });
  const { index: active, isGone } = useLastActive(rows, selection.active);
  const turn = useRef(0);

  /** @param now when the key was pressed: what else the page has to do may delay one for longer than there is between two */
  const typeAhead = (key: string, now: number) => {
    const isGoingOn = now - typed.current.at < TYPING_MS;
    // The same letter again goes to the next name that begins with it; a longer word may stay where it is.
    const from = isGoingOn ? typed.current.from : active + 1;
    typed.current = { text: isGoingOn ? typed.current.text + key : key, at: now, from };
    const { text } = typed.current;
    const mine = ++turn.current;
    const start = [...text].length > 1 ? Math.max(0, from - 1) : from;
    rows.findTyped(text, start % Math.max(1, rows.count)).then((index) => {
      if (mine === turn.current && index >= 0) choose.index(index, 'single');
    }, ignoreUnread);
  };

  const spaceAction = (event: KeyboardEvent): (() => void) | undefined => {
    const { active: path } = selection;
    return event.altKey || path === null ? undefined : () => onSelect(select(selection, [], path, 'toggle'));
  };

  /** What keys mean in the view itself. */
  const ownAction = (event: KeyboardEvent): (() => void) | undefined => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // With nothing selected it is for what the view is part of.
    if (event.key === 'Escape' && isPlain) return countSelected(selection, rows.count) > 0 ? () => onSelect(EMPTY_SELECTION) : undefined;
    if (event.key === ' ') return spaceAction(event);
    // What was active is gone, and others have moved up to where it was.
    const from = isGone && !BACKWARDS.has(event.key) ? active - 1 : active;
    const target = event.altKey ? null : step(event.key, from);
    if (target !== null) {
      return () => {
        choose.index(target, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'focus' : 'single');
        // Also when it is the active one already, and has been scrolled out of sight.
        reveal(Math.min(Math.max(target, 0), rows.count - 1));
      };
    }
    return event.key.length === 1 && isPlain ? () => typeAhead(event.key, event.timeStamp) : undefined;
  };

  const actionFor = (event: KeyboardEvent): (() => void) | undefined => {
    const isTyping = typed.current.text !== '' && event.timeStamp - typed.current.at < TYPING_MS;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      return () => openMenu(event.target instanceof HTMLButtonElement ? event.target : event.currentTarget);
    if (event.key === ' ' && isTyping) return () => typeAhead(' ', event.timeStamp);
    return runChord(event.nativeEvent) ? () => undefined : ownAction(event);
  };

  return (event: KeyboardEvent) => {
    // Buttons in a heading have keys of their own, and so has the field in which a name is written.
    if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return;
    if (event.target instanceof HTMLInputElement) return;
    if (event.target instanceof Element && event.target.closest('[data-own-keys]')) return;
    const action = actionFor(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}

interface LastActive {
  path: string | null;
  /** Where it is, or was last, when it is far away or gone; -1: nothing has been active. */
  index: number;
  isGone: boolean;
}

const NOTHING: LastActive = { path: null, index: -1, isGone: false };

/** Where the keyboard is: also after the entry that it was at has gone. */
function useLastActive(rows: EntryRows, path: string | null): LastActive {
  const last = useRef(NOTHING);
  const { current } = last;
  if (path !== null) {
    const index = rows.indexOf(path);
    last.current = { path, index: index >= 0 ? index : current.index, isGone: false };
  } else if (current.path !== null && !current.isGone) {
    last.current = rows.indexOf(current.path) >= 0 ? NOTHING : { ...current, isGone: true };
  }
  return last.current;
}

/** The list itself says what could not be read. */
const ignoreUnread = () => undefined;

/** Opens the menu of the active entry, at that entry: a browser that opens it by itself does so anywhere in the view. */
function openMenu(view: Element): void {
  const id = view.getAttribute('aria-activedescendant');
  const target = (id === null ? null : document.getElementById(id)) ?? view;
  const { left, top, height } = target.getBoundingClientRect();
  const place = { clientX: left + MENU_INSET, clientY: top + Math.min(height / 2, MENU_INSET) };
  target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
}
