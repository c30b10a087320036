import { type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { changeSearch, leaveSearch, useRoute } from '../../app/navigation.ts';
import { useQueryText } from './open-search.ts';
import { focusSearchField, focusSearchResults } from './search-field.ts';
import { useCompletion } from './use-completion.ts';
import type { Completion } from './use-query-texts.ts';

/** The search field: what it says, what could be written there, and its keys. */
export function useSearchField() {
  const text = useQueryText();
  const isSearching = useRoute().page === 'search';
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const completion = useCompletion(text, caret, isOpen);
  const { items, range, isCurrent } = completion;
  const [active, setActive] = useActive(items);

  const noteCaret = () => setCaret(field.current?.selectionStart ?? 0);
  const close = () => setOpen(false);
  const write = (query: string) => {
    // Nothing is searched for before something is written.
    if (isSearching || query !== '') changeSearch({ query });
  };
  const choose = (index: number) => {
    const item = items[index];
    if (!item || !isCurrent) return;
    const end = range.start + item.text.length;
    flushSync(() => {
      write(text.slice(0, range.start) + item.text + text.slice(range.end));
      setCaret(end);
      // The name of a filter asks for its value.
      setOpen(item.text.endsWith(':'));
    });
    field.current?.setSelectionRange(end, end);
  };
  const onEscape = () => {
    if (items.length > 0) return close();
    field.current?.blur();
    if (isSearching) leaveSearch();
  };
  const step = (by: 1 | -1) => setActive(((active + 1 + by + items.length + 1) % (items.length + 1)) - 1);

  const keys: Record<string, (() => unknown) | undefined> = {
    ArrowDown: items.length > 0 ? () => step(1) : () => focusSearchResults() || setOpen(true),
    ArrowUp: items.length > 0 ? () => step(-1) : undefined,
    'alt+ArrowDown': () => setOpen(true),
    'ctrl+ ': () => setOpen(true),
    Enter: () => {
      if (active >= 0) return choose(active);
      close();
      focusSearchResults();
    },
    Tab: active >= 0 ? () => choose(active) : undefined,
    Escape: onEscape,
  };
  return {
    field,
    text,
    completion,
    active,
    setActive,
    choose,
    close,
    noteCaret,
    clear: () => {
      write('');
      focusSearchField();
    },
    onChange: (value: string) => {
      const at = field.current?.selectionStart ?? value.length;
      setCaret(at);
      // Of nothing and of single letters too much could be made: it would cover the results unasked.
      setOpen(/\S\S$/.test(value.slice(0, at)));
      setActive(-1);
      write(value);
    },
    onKeyDown: (event: KeyboardEvent) => {
      // Of an input method that is choosing among characters.
      if (event.nativeEvent.isComposing) return;
      const action = keys[`${event.altKey ? 'alt+' : ''}${event.ctrlKey ? 'ctrl+' : ''}${event.shiftKey ? 'shift+' : ''}${event.key}`];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    },
  };
}

/** Which of the proposals is chosen: what is proposed anew stays so, since the answer to the last letter may come after the key that chose it. */
function useActive(items: readonly Completion[]): [number, (active: number) => void] {
  const [chosen, choose] = useState({ of: items, active: -1 });
  if (chosen.of === items) return [chosen.active, (active) => choose({ of: items, active })];
  const text = chosen.of[chosen.active]?.text;
  const now = { of: items, active: text === undefined ? -1 : items.findIndex((item) => item.text === text) };
  choose(now);
  return [now.active, (active) => choose({ of: items, active })];
}
