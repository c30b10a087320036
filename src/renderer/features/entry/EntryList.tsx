// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type MouseEvent, type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, EntrySort } from '../../../shared/contract/entry.ts';
import { ContextActions } from '../../components/Menu.tsx';
import { classNames } from '../../lib/class-names.ts';
import type { BrowserPlace } from './browser-place.ts';
import { EntryRow, type RowActions } from './EntryRow.tsx';
import { type Selection, select } from './selection.ts';
import { useEntryMenu } from './use-entry-menu.ts';
import { useListKeys } from './use-list-keys.ts';

const ROW_HEIGHT = 30;
/** With the line below it. */
const HEADING_HEIGHT = 31;
/** One grid for heading and rows, so that columns stand in line. */
export const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_92px_160px_132px] max-[860px]:grid-cols-[minmax(0,1fr)_92px_160px] items-center gap-x-4';

export interface Sorting {
  sort: EntrySort;
  order: 'asc' | 'desc';
}

export interface EntryListProps {
  place: BrowserPlace;
  entries: Entry[];
  totalCount: number;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (entry: Entry) => void;
  onUp: () => void;
  onSelectAll: () => void;
  /** Goes to the last entry, which is not loaded yet. */
  onEnd: () => void;
  /** Rows up to this index are in sight. */
  onShow: (lastIndex: number) => void;
  /** Whether folders here accept what is dropped on them. */
  canReceive: boolean;
}

/** The list of a folder: only the rows in sight exist, however many there are. */
export function EntryList(props: EntryListProps) {
  const { place, entries, totalCount, sorting, onSort, selection, onSelect, onOpen, onShow, canReceive } = props;
  const { t } = useTranslation();
  // The grid has the keyboard, and so it is what scrolls; its heading stays.
  const grid = useRef<HTMLDivElement>(null);
  const listId = useId();
  const rows = useVirtualizer({
    // What is still being loaded has its place already: the scroll bar does not shrink under the hand.
    count: Math.max(entries.length, totalCount),
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: HEADING_HEIGHT,
    scrollPaddingStart: HEADING_HEIGHT,
  });
  const order = useMemo(() => entries.map((entry) => entry.path), [entries]);
  const onKeyDown = useListKeys(props, order);
  const actions = useRowActions({ order, selection, onSelect, onOpen });
  const menu = useListMenu(props, actions);
  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const activeIndex = selection.active === null ? -1 : order.indexOf(selection.active);

  useEffect(() => onShow(lastShown), [onShow, lastShown]);
  useSteadyRows(grid, order);

  // The list of the folder before had the focus and is gone: the keyboard goes on in this one.
  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the active entry changes, not when it moves.
  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' });
  }, [selection.active]);

  return (
    <ContextActions items={menu.items}>
      <div
        ref={grid}
        onContextMenu={menu.onContextMenu}
        role="grid"
        tabIndex={0}
        aria-label={t('browser.list')}
        aria-multiselectable
        aria-rowcount={totalCount + 1}
        aria-colcount={4}
        aria-activedescendant={items.some((item) => item.index === activeIndex) ? `${listId}-${activeIndex}` : undefined}
        onKeyDown={onKeyDown}
        className="group/list h-full overflow-y-auto outline-none"
      >
        <Heading sorting={sorting} onSort={onSort} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above. */}
        <div
          role="rowgroup"
          className="min-h-[calc(100%-31px)] px-4"
          onClick={() => onSelect({ paths: new Set(), active: null, anchor: null })}
        >
          <div role="presentation" className="relative" style={{ height: rows.getTotalSize() + 24 }}>
            {items.map(({ index, start }) => {
              const entry = entries[index];
              if (!entry) return null;
              return (
                <EntryRow
                  key={entry.path}
                  id={`${listId}-${index}`}
                  place={place}
                  entry={entry}
                  index={index}
                  top={start - HEADING_HEIGHT}
                  isSelected={selection.paths.has(entry.path)}
                  isActive={selection.active === entry.path}
                  chosenCount={selection.paths.has(entry.path) ? selection.paths.size : 1}
                  canReceive={canReceive}
                  actions={actions}
                />
              );
            })}
          </div>
        </div>
      </div>
    </ContextActions>
  );
}

/** One menu for all rows: of the row that was pointed at, or, opened by the keyboard, of the active one. */
function useListMenu({ entries, place, selection }: EntryListProps, actions: RowActions) {
  const [path, setPath] = useState<string | null>(null);
  const entry = path === null ? undefined : entries.find((candidate) => candidate.path === path);
  const isSelected = path !== null && selection.paths.has(path);
  const chosen = {
    count: isSelected ? selection.paths.size : 1,
    paths: () => (isSelected ? actions.selected() : path === null ? [] : [path]),
  };
  const items = useEntryMenu(entry, chosen, place, actions.open);
  const onContextMenu = (event: MouseEvent) => {
    // Of the menu itself, which React counts as being in the list.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return event.preventDefault();
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-path]') : null;
    const target = row?.dataset.path ?? (event.button === 0 ? selection.active : null);
    // Beside the rows there is nothing that a menu could be about.
    if (target === null) return event.preventDefault();
    setPath(target);
    if (!selection.paths.has(target)) actions.select(target, 'single');
  };
  return { items, onContextMenu };
}

/** One object for all rows and redraws, which always works with what the list is now. */
function useRowActions(now: { order: readonly string[] } & Pick<EntryListProps, 'selection' | 'onSelect' | 'onOpen'>): RowActions {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  return useMemo(
    () => ({
      select: (path, mode) => {
        const { selection, order, onSelect } = latest.current;
        onSelect(select(selection, order, path, mode));
      },
      selected: () => [...latest.current.selection.paths],
      open: (entry) => latest.current.onOpen(entry),
    }),
    [],
  );
}

/** Rows that come or go above what is in sight do not move it: the topmost row stays where it is. At the very top, new rows show. */
function useSteadyRows(scroller: RefObject<HTMLDivElement | null>, order: readonly string[]): void {
  const before = useRef(order);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = order;
    const element = scroller.current;
    if (!element || old === order || element.scrollTop === 0) return;
    const top = Math.floor(element.scrollTop / ROW_HEIGHT);
    const path = old[top];
    if (path === undefined || order[top] === path) return;
    const moved = order.indexOf(path);
    if (moved >= 0) element.scrollTop += (moved - top) * ROW_HEIGHT;
  }, [scroller, order]);
}

const HEADINGS: readonly EntrySort[] = ['name', 'size', 'modified', 'kind'];

function Heading({ sorting, onSort }: { sorting: Sorting; onSort: (sorting: Sorting) => void }) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-line border-b bg-canvas px-4">
      <div role="row" aria-rowindex={1} tabIndex={-1} className={classNames(COLUMNS, 'h-7.5 px-3')}>
        {HEADINGS.map((name) => {
          const isCurrent = sorting.sort === name;
          const Arrow = sorting.order === 'asc' ? ChevronUp : ChevronDown;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus.
            <div
              key={name}
              role="columnheader"
              aria-sort={isCurrent ? (sorting.order === 'asc' ? 'ascending' : 'descending') : 'none'}
              className={classNames(name === 'size' && 'text-right', name === 'kind' && 'max-[860px]:hidden')}
            >
              <button
                type="button"
                onClick={() => onSort({ sort: name, order: isCurrent && sorting.order === 'asc' ? 'desc' : 'asc' })}
                className={classNames(
                  '-mx-1.5 inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-xs transition-colors hover:text-ink',
                  isCurrent ? 'font-medium text-ink' : 'text-faint',
                  name === 'size' && 'flex-row-reverse',
                )}
              >
                {t(`column.${name}`)}
                {isCurrent && <Arrow aria-hidden className="size-3" strokeWidth={2.4} />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
