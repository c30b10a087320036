// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextActions } from '../../components/Menu.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import type { CellTools, EntryLayout } from '../entry/entry-layout.ts';
import { EMPTY_SELECTION } from '../entry/selection.ts';
import { useRenaming } from '../file-operation/rename-store.ts';
import type { EntryRows } from './entry-rows.ts';
import type { EntryViewProps } from './entry-view.ts';
import { type ColumnTools, HEADING_HEIGHT, ListHeading } from './ListHeading.tsx';
import { EmptyRow, ListRow } from './ListRow.tsx';
import { RowLayer } from './RowLayer.tsx';
import { RubberBand } from './RubberBand.tsx';
import { layerStart } from './row-layer.ts';
import { useDensity } from './use-density.ts';
import { useEntryView } from './use-entry-view.ts';
import { useRowWindow } from './use-row-window.ts';
import { useRubberBand } from './use-rubber-band.ts';
import { useViewKeys } from './use-view-keys.ts';
import { useViewScroll } from './use-view-scroll.ts';
import { listStep } from './view-steps.ts';

const ROW_HEIGHT = { comfortable: 30, compact: 24 };
/** Below the last row, so that there is a place beside the rows. */
const BELOW = 24;

export interface ListViewProps<Sort extends string> extends EntryViewProps<Sort> {
  layout: EntryLayout<Sort>;
  /** Where its columns can be chosen. */
  columnTools?: ColumnTools;
  /** Left out: yes. */
  hasHeading?: boolean;
  /** So wide it is at least; narrower, it is scrolled sideways. Pixels. */
  leastWidth?: number;
}

/** A list of entries with columns: only the rows in sight exist, however many there are. */
export function ListView<Sort extends string>(props: ListViewProps<Sort>) {
  const { label, layout, rows, place, sorting, onSort, selection, onSelect, isAway, hitOf, hasHeading = true } = props;
  const above = hasHeading ? HEADING_HEIGHT : 0;
  // The grid has the keyboard, and so it is what scrolls; its heading stays.
  const grid = useRef<HTMLDivElement>(null);
  const listId = useId();
  const rowHeight = ROW_HEIGHT[useDensity()];
  const { choose, stateOf, menu } = useEntryView(props);
  const tools = useCellTools();
  const shown = useRowWindow(grid, { count: rows.count, rowHeight, above });
  const height = rows.count * rowHeight + BELOW;
  useViewScroll({ scroller: grid, rows, selection, place, rowHeight, perRow: 1, above, scrollTo: shown.scrollTo });
  const pageRows = Math.max(1, shown.bottom - shown.top - 1);
  const step = (key: string, from: number) => listStep(key, from, { pageRows, count: rows.count });
  const onKeyDown = useViewKeys({ rows, selection, onSelect, choose, step, reveal: shown.scrollTo });
  const band = useRubberBand({
    scroller: grid,
    rows,
    selection,
    onSelect,
    inBand: ({ top, bottom }) => [{ first: Math.floor((top - above) / rowHeight), last: Math.floor((bottom - above) / rowHeight) }],
  });
  const { show } = rows;
  useEffect(() => show(shown.top, shown.bottom), [show, shown.top, shown.bottom]);
  const indexes = useShownIndexes(rows, shown);
  const layer = layerStart(shown.first * rowHeight);
  const activeIndex = selection.active === null ? -1 : rows.indexOf(selection.active);

  return (
    <ContextActions items={menu.items} {...(props.onMenu ? { onOpenChange: props.onMenu } : {})}>
      <div
        ref={grid}
        onContextMenu={menu.onContextMenu}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={rows.count + 1}
        aria-colcount={layout.columns.length + 1}
        aria-activedescendant={indexes.includes(activeIndex) ? `${listId}-${activeIndex}` : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={band.onPointerDown}
        className={classNames(
          'group/list relative h-full overflow-y-auto outline-none',
          props.leastWidth ? 'overflow-x-auto' : 'overflow-x-hidden',
        )}
      >
        <div role="presentation" className="flex min-h-full flex-col" style={{ minWidth: props.leastWidth }}>
          {hasHeading && <ListHeading layout={layout} sorting={sorting} onSort={onSort} tools={props.columnTools} />}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys. */}
          <div
            role="rowgroup"
            className={classNames('flex-1', hasHeading ? 'px-4' : 'px-1.5 pt-1.5')}
            onClick={() => !band.wasDrawn() && onSelect(EMPTY_SELECTION)}
          >
            <div role="presentation" className="relative" style={{ height }}>
              <RowLayer start={layer}>
                {indexes.map((index) => {
                  const entry = rows.at(index);
                  const top = index * rowHeight - layer;
                  if (!entry) return <EmptyRow key={index} index={index} top={top} height={rowHeight} />;
                  return (
                    <ListRow
                      key={entry.path}
                      id={`${listId}-${index}`}
                      layout={layout}
                      tools={tools}
                      entry={entry}
                      hit={hitOf?.(entry.path) ?? null}
                      isAway={isAway(entry.path)}
                      index={index}
                      top={top}
                      height={rowHeight}
                      {...stateOf(entry)}
                    />
                  );
                })}
              </RowLayer>
            </div>
          </div>
        </div>
        <RubberBand band={band.band} />
      </div>
    </ContextActions>
  );
}

/** One for all rows: to ask in each takes as long as to draw it. */
function useCellTools(): CellTools {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => ({ t, format }), [t, format]);
}

/** The rows that exist: those in sight and around, and the one whose name is being written, which would be lost with its row. */
export function useShownIndexes(rows: EntryRows, { first, last }: { first: number; last: number }): number[] {
  const renaming = useRenaming((state) => state.path);
  return useMemo(() => {
    const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
    const written = renaming === null ? -1 : rows.indexOf(renaming);
    return written < 0 || (written >= first && written <= last) ? indexes : [...indexes, written];
  }, [rows, first, last, renaming]);
}
