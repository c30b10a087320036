// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type DragEvent, type MouseEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextActions } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { classNames } from '../../lib/class-names.ts';
import type { EntryColumn, EntryLayout } from '../entry/entry-layout.ts';
import type { Sorting } from './entry-view.ts';

/** Marks a heading that is dragged to another place. */
const DRAG_TYPE = 'application/x-mooring-column';

/** Of a list whose columns can be chosen. */
export interface ColumnTools {
  /** @param name of the column that was pointed at; null: that of names, which stays */
  menu: (name: string | null) => MenuItem[];
  resize: (name: string, width: number) => void;
  /** To its usual width. */
  reset: (name: string) => void;
  /** @param before the column that it is put before; null: at the end */
  move: (name: string, before: string | null) => void;
  widthOf: (name: string) => number;
}

interface HeadingProps<Sort extends string> {
  layout: EntryLayout<Sort>;
  sorting: Sorting<Sort>;
  onSort: (sorting: Sorting<Sort>) => void;
  tools?: ColumnTools | undefined;
}

export const HEADING_HEIGHT = 31;

/** The columns of a list: sorted by a click, and, where they can be chosen, moved, made wider and put away. */
export function ListHeading<Sort extends string>({ layout, sorting, onSort, tools }: HeadingProps<Sort>) {
  const name: HeadedColumn<Sort> = { name: 'name', sort: layout.nameSort };
  const row = (
    <div
      role="row"
      aria-rowindex={1}
      tabIndex={-1}
      className={classNames(layout.grid, 'h-7.5 px-3')}
      style={{ gridTemplateColumns: layout.template }}
    >
      {[name, ...layout.columns].map((column) => (
        <ColumnHeading key={column.name} column={column} sorting={sorting} onSort={onSort} tools={tools} />
      ))}
    </div>
  );
  return (
    <div role="rowgroup" className="sticky top-0 z-10 min-w-full border-line border-b bg-canvas px-4">
      {row}
    </div>
  );
}

type HeadedColumn<Sort extends string> = Pick<EntryColumn<Sort>, 'name' | 'sort' | 'isRight' | 'className'>;

interface ColumnHeadingProps<Sort extends string> extends Omit<HeadingProps<Sort>, 'layout'> {
  column: HeadedColumn<Sort>;
}

function ColumnHeading<Sort extends string>({ column, sorting, onSort, tools }: ColumnHeadingProps<Sort>) {
  const [isOver, setOver] = useState(false);
  const isCurrent = column.sort !== null && sorting.sort === column.sort;
  const isMovable = tools !== undefined && column.name !== 'name';
  const isColumn = (event: DragEvent) => event.dataTransfer.types.includes(DRAG_TYPE);
  const dragProps = isMovable && {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.stopPropagation();
      event.dataTransfer.setData(DRAG_TYPE, column.name);
      event.dataTransfer.effectAllowed = 'move';
    },
  };
  const dropProps = tools && {
    onDragOver: (event: DragEvent) => {
      if (!isColumn(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!isColumn(event)) return;
      event.preventDefault();
      event.stopPropagation();
      // What is dropped on the names comes first behind them.
      tools.move(event.dataTransfer.getData(DRAG_TYPE), column.name);
    },
  };
  const label = <HeadingLabel column={column} isCurrent={isCurrent} sorting={sorting} onSort={onSort} />;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus.
    <div
      role="columnheader"
      {...(column.sort === null ? {} : { 'aria-sort': isCurrent ? (sorting.order === 'asc' ? 'ascending' : 'descending') : 'none' })}
      className={classNames('relative', column.isRight && 'text-right', isOver && 'rounded bg-accent-wash', column.className)}
      {...dragProps}
      {...dropProps}
      // The menu of the list is another one.
      onContextMenu={(event: MouseEvent) => tools && event.stopPropagation()}
    >
      {isMovable && <WidthHandle name={column.name} tools={tools} />}
      {tools ? (
        <ContextActions items={() => tools.menu(column.name === 'name' ? null : column.name)}>
          <div className="inline-flex max-w-full">{label}</div>
        </ContextActions>
      ) : (
        label
      )}
    </div>
  );
}

/** The left edge of a column: the names get or give the room. By the keyboard, the menu of the heading does the same. */
function WidthHandle({ name, tools }: { name: string; tools: ColumnTools }) {
  const [start, setStart] = useState<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setStart({ x: event.clientX, width: tools.widthOf(name) });
  };
  return (
    <span
      aria-hidden
      data-width-of={name}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => start && tools.resize(name, start.width + start.x - event.clientX)}
      onPointerUp={() => setStart(null)}
      onPointerCancel={() => setStart(null)}
      onDoubleClick={() => tools.reset(name)}
      className="group/edge absolute inset-y-0 -left-3.5 z-10 flex w-3 cursor-col-resize justify-center py-1.5"
    >
      <span className={classNames('w-px group-hover/edge:bg-accent', start ? 'bg-accent' : 'bg-line')} />
    </span>
  );
}

interface HeadingLabelProps<Sort extends string> {
  column: HeadedColumn<Sort>;
  isCurrent: boolean;
  sorting: Sorting<Sort>;
  onSort: (sorting: Sorting<Sort>) => void;
}

function HeadingLabel<Sort extends string>({ column, isCurrent, sorting, onSort }: HeadingLabelProps<Sort>) {
  const { t } = useTranslation();
  const { name, sort, isRight } = column;
  const Arrow = sorting.order === 'asc' ? ChevronUp : ChevronDown;
  if (sort === null) return <span className="inline-flex h-6 items-center truncate text-faint text-xs">{t(`column.${name}`)}</span>;
  return (
    <button
      type="button"
      onClick={() => onSort({ sort, order: isCurrent && sorting.order === 'asc' ? 'desc' : 'asc' })}
      className={classNames(
        '-mx-1.5 inline-flex h-6 min-w-0 items-center gap-1 rounded-md px-1.5 text-xs transition-colors hover:text-ink',
        isCurrent ? 'font-medium text-ink' : 'text-faint',
        isRight && 'flex-row-reverse',
      )}
    >
      <span className="truncate">{t(`column.${name}`)}</span>
      {isCurrent && <Arrow aria-hidden className="size-3 shrink-0" strokeWidth={2.4} />}
    </button>
  );
}
