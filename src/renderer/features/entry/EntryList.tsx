// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type MouseEvent, type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { ContextActions } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { classNames } from '../../lib/class-names.ts';
import { useFileClipboard } from '../file-operation/file-clipboard.ts';
import { useChosenScope } from '../file-operation/file-scope.ts';
import { useIsActivePane } from '../workspace/workspace-store.ts';
import { EntryRow, type RowActions } from './EntryRow.tsx';
import type { EntryColumn, EntryLayout } from './entry-layout.ts';
import type { ListPlace } from './kept-place.ts';
import { EMPTY_SELECTION, type Selection, select } from './selection.ts';
import { useEntryMenu } from './use-entry-menu.ts';
import { useListKeys } from './use-list-keys.ts';
import { useListPlace } from './use-list-place.ts';

const ROW_HEIGHT = 30;
/** With the line below it. */
const HEADING_HEIGHT = 31;

export interface Sorting<Sort extends string> {
  sort: Sort;
  order: 'asc' | 'desc';
}

export interface EntryListProps<Sort extends string> {
  /** What the list is of. */
  label: string;
  layout: EntryLayout<Sort>;
  entries: Entry[];
  totalCount: number;
  /** Where it begins, and, later, where it is. */
  place: ListPlace;
  sorting: Sorting<Sort>;
  onSort: (sorting: Sorting<Sort>) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (entry: Entry) => void;
  onSelectAll: () => void;
  /** Goes to the last entry, which is not loaded yet. Left out: to the last one that is. */
  onEnd?: (() => void) | undefined;
  /** Rows up to this index are in sight. */
  onShow: (lastIndex: number) => void;
  /** Whether folders here accept what is dropped on them. */
  canReceive: boolean;
  /** Whether the drive of an entry is not plugged in. */
  isAway: (path: string) => boolean;
  /** Where the entries were found, when they were searched for. */
  hitOf?: (path: string) => SearchHit | undefined;
  /** What opening an entry means here, as lines of its menu. */
  openingMenu?: (entry: Entry) => MenuItem[];
  /** The menu of the place beside the rows. */
  folderMenu?: () => MenuItem[];
}

/** A list of entries: only the rows in sight exist, however many there are. */
export function EntryList<Sort extends string>(props: EntryListProps<Sort>) {
  const { label, layout, entries, totalCount, place, sorting, onSort, selection, onSelect, onOpen, onShow, canReceive, isAway, hitOf } =
    props;
  // The grid has the keyboard, and so it is what scrolls; its heading stays.
  const grid = useRef<HTMLDivElement>(null);
  const listId = useId();
  const rows = useVirtualizer({
    // What is still being loaded has its place already: the scroll bar does not shrink under the hand.
    count: Math.max(entries.length, totalCount),
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialOffset: place.top,
    scrollMargin: HEADING_HEIGHT,
    scrollPaddingStart: HEADING_HEIGHT,
  });
  const order = useMemo(() => entries.map((entry) => entry.path), [entries]);
  const onKeyDown = useListKeys(props, order);
  const actions = useRowActions({ order, entries, selection, onSelect, onOpen });
  const clipboard = useFileClipboard();
  const cut = useMemo(() => new Set(clipboard.isCut ? clipboard.sources : []), [clipboard]);
  const openActive = () => {
    const entry = entries.find(({ path }) => path === selection.active);
    if (entry) onOpen(entry);
  };
  useChosenScope({
    entries,
    paths: selection.paths,
    active: selection.active,
    isAway,
    onOpenActive: openActive,
    onSelectAll: props.onSelectAll,
  });
  const menu = useListMenu(props, actions);
  const items = rows.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const activeIndex = selection.active === null ? -1 : order.indexOf(selection.active);

  const isActivePane = useIsActivePane();

  useEffect(() => onShow(lastShown), [onShow, lastShown]);
  useSteadyRows(grid, order);
  useListPlace(grid, place, rows.getTotalSize());

  // The list of the folder before had the focus and is gone: the keyboard goes on in this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about the beginning.
  useEffect(() => {
    if (isActivePane && document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
  }, []);
  // What is active from the beginning need not be in sight: it begins where it was left.
  const wasActive = useRef(selection.active);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the active entry changes, not when it moves.
  useEffect(() => {
    if (wasActive.current === selection.active) return;
    wasActive.current = selection.active;
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' });
  }, [selection.active]);

  return (
    <ContextActions items={menu.items}>
      <div
        ref={grid}
        onContextMenu={menu.onContextMenu}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={totalCount + 1}
        aria-colcount={layout.columns.length + 1}
        aria-activedescendant={items.some((item) => item.index === activeIndex) ? `${listId}-${activeIndex}` : undefined}
        onKeyDown={onKeyDown}
        className="group/list h-full overflow-y-auto outline-none"
      >
        <Heading layout={layout} sorting={sorting} onSort={onSort} />
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
                  layout={layout}
                  entry={entry}
                  hit={hitOf?.(entry.path) ?? null}
                  isAway={isAway(entry.path)}
                  index={index}
                  top={start - HEADING_HEIGHT}
                  isSelected={selection.paths.has(entry.path)}
                  isActive={selection.active === entry.path}
                  chosenCount={selection.paths.has(entry.path) ? selection.paths.size : 1}
                  canReceive={canReceive}
                  isCut={cut.has(entry.path)}
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
function useListMenu<Sort extends string>(list: EntryListProps<Sort>, actions: RowActions) {
  const { entries, selection, openingMenu, folderMenu } = list;
  const [path, setPath] = useState<string | null>(null);
  const entry = path === null ? undefined : entries.find((candidate) => candidate.path === path);
  const rowItems = useEntryMenu(entry, actions.open, entry && openingMenu?.(entry));
  const items = entry ? rowItems : (folderMenu ?? []);
  const onContextMenu = (event: MouseEvent) => {
    // Of the menu itself, which React counts as being in the list.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return event.preventDefault();
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-path]') : null;
    const target = row?.dataset.path ?? (event.button === 0 ? selection.active : null);
    setPath(target);
    if (target === null) {
      if (!folderMenu) event.preventDefault();
      list.onSelect(EMPTY_SELECTION);
    } else if (!selection.paths.has(target)) actions.select(target, 'single');
  };
  return { items, onContextMenu };
}

/** One object for all rows and redraws, which always works with what the list is now. */
function useRowActions(
  now: { order: readonly string[] } & Pick<EntryListProps<string>, 'entries' | 'selection' | 'onSelect' | 'onOpen'>,
): RowActions {
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
      selected: () => latest.current.entries.filter((entry) => latest.current.selection.paths.has(entry.path)),
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

interface HeadingProps<Sort extends string> {
  layout: EntryLayout<Sort>;
  sorting: Sorting<Sort>;
  onSort: (sorting: Sorting<Sort>) => void;
}

function Heading<Sort extends string>({ layout, sorting, onSort }: HeadingProps<Sort>) {
  const columns: readonly Pick<EntryColumn<Sort>, 'name' | 'sort' | 'isRight' | 'className'>[] = [
    { name: 'name', sort: layout.nameSort },
    ...layout.columns,
  ];
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-line border-b bg-canvas px-4">
      <div role="row" aria-rowindex={1} tabIndex={-1} className={classNames(layout.grid, 'h-7.5 px-3')}>
        {columns.map((column) => {
          const isCurrent = column.sort !== null && sorting.sort === column.sort;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus.
            <div
              key={column.name}
              role="columnheader"
              {...(column.sort === null
                ? {}
                : { 'aria-sort': isCurrent ? (sorting.order === 'asc' ? 'ascending' : 'descending') : 'none' })}
              className={classNames(column.isRight && 'text-right', column.className)}
            >
              <HeadingLabel column={column} isCurrent={isCurrent} order={sorting.order} onSort={onSort} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadingLabelProps<Sort extends string> {
  column: Pick<EntryColumn<Sort>, 'name' | 'sort' | 'isRight'>;
  isCurrent: boolean;
  order: 'asc' | 'desc';
  onSort: (sorting: Sorting<Sort>) => void;
}

function HeadingLabel<Sort extends string>({ column, isCurrent, order, onSort }: HeadingLabelProps<Sort>) {
  const { t } = useTranslation();
  const { name, sort, isRight } = column;
  const Arrow = order === 'asc' ? ChevronUp : ChevronDown;
  if (sort === null) return <span className="inline-flex h-6 items-center text-faint text-xs">{t(`column.${name}`)}</span>;
  return (
    <button
      type="button"
      onClick={() => onSort({ sort, order: isCurrent && order === 'asc' ? 'desc' : 'asc' })}
      className={classNames(
        '-mx-1.5 inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-xs transition-colors hover:text-ink',
        isCurrent ? 'font-medium text-ink' : 'text-faint',
        isRight && 'flex-row-reverse',
      )}
    >
      {t(`column.${name}`)}
      {isCurrent && <Arrow aria-hidden className="size-3" strokeWidth={2.4} />}
    </button>
  );
}
