import { type KeyboardEvent, useRef } from 'react';
import { runChord } from '../command/run-chord.ts';
import type { EntryListProps } from './EntryList.tsx';
import { EMPTY_SELECTION, findTyped, select } from './selection.ts';

const PAGE_ROWS = 15;
/** So much to the right of where the row begins, in pixels: below its icon. */
const MENU_INSET = 40;
/** Letters typed within this time of each other are one word. */
const TYPING_MS = 800;

/** The keyboard of the list. */
export function useListKeys<Sort extends string>(list: EntryListProps<Sort>, order: readonly string[]) {
  const typed = useRef({ text: '', at: 0 });
  const { entries, totalCount, selection, onSelect, onEnd } = list;
  const active = selection.active === null ? -1 : order.indexOf(selection.active);

  const moveTo = (index: number, event: KeyboardEvent) => {
    const target = Math.min(Math.max(index, 0), order.length - 1);
    const path = order[target];
    if (path === undefined) return;
    const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'focus' : 'single';
    onSelect(select(selection, order, path, mode));
  };

  const typeAhead = (key: string) => {
    const now = performance.now();
    const isGoingOn = now - typed.current.at < TYPING_MS;
    typed.current = { text: isGoingOn ? typed.current.text + key : key, at: now };
    // The same letter again goes to the next name that begins with it; a longer word may stay where it is.
    const start = typed.current.text.length === 1 ? active + 1 : Math.max(active, 0);
    const index = findTyped(
      entries.map((entry) => entry.name),
      typed.current.text,
      start,
    );
    const path = order[index];
    if (path === undefined) return;
    onSelect(select(selection, order, path, 'single'));
  };

  const moves: Record<string, () => number> = {
    ArrowDown: () => active + 1,
    ArrowUp: () => (active < 0 ? order.length - 1 : active - 1),
    Home: () => 0,
    End: () => order.length - 1,
    PageDown: () => active + PAGE_ROWS,
    PageUp: () => active - PAGE_ROWS,
  };

  const commands: Record<string, (() => void) | undefined> = {
    // With nothing selected it is for what the list is part of.
    Escape: selection.paths.size > 0 ? () => onSelect(EMPTY_SELECTION) : undefined,
    ' ': () => {
      if (selection.active !== null) onSelect(select(selection, order, selection.active, 'toggle'));
    },
    // What lies further down has to be loaded first.
    End: order.length < totalCount ? onEnd : undefined,
  };

  const actionFor = (event: KeyboardEvent): (() => void) | undefined => {
    const isTyping = typed.current.text !== '' && performance.now() - typed.current.at < TYPING_MS;
    if (isMenuKey(event)) return () => openMenu(event.currentTarget);
    if (event.key === ' ' && isTyping) return () => typeAhead(' ');
    if (runChord(event.nativeEvent)) return () => undefined;
    const command = isPlain(event) ? commands[event.key] : undefined;
    if (command) return command;
    const move = event.altKey ? undefined : moves[event.key];
    if (move) return () => moveTo(move(), event);
    return isPlain(event) && event.key.length === 1 ? () => typeAhead(event.key) : undefined;
  };

  return (event: KeyboardEvent) => {
    // Heading buttons have keys of their own.
    if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return;
    // So has the field in which a name is written.
    if (event.target instanceof HTMLInputElement) return;
    const action = actionFor(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}

const isMenuKey = ({ key, shiftKey }: KeyboardEvent) => key === 'ContextMenu' || (key === 'F10' && shiftKey);
const isPlain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey;

/** Opens the menu of the active row, at that row: a browser that opens it by itself does so anywhere in the list. */
function openMenu(grid: Element): void {
  const id = grid.getAttribute('aria-activedescendant');
  const row = id === null ? null : document.getElementById(id);
  if (!row) return;
  const { left, top, height } = row.getBoundingClientRect();
  const place = { clientX: left + MENU_INSET, clientY: top + height / 2 };
  row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
}
