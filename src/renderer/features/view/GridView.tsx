// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active tile.
import { useEffect, useId, useRef } from 'react';
import { ContextActions } from '../../components/Menu.tsx';
import { useElementSize } from '../../lib/use-element-size.ts';
import { EMPTY_SELECTION } from '../entry/selection.ts';
import { EntryTile } from './EntryTile.tsx';
import type { UnsortedViewProps } from './entry-view.ts';
import { layTiles, tilesIn } from './grid-layout.ts';
import { RowLayer } from './RowLayer.tsx';
import { RubberBand } from './RubberBand.tsx';
import { layerStart } from './row-layer.ts';
import { useDensity } from './use-density.ts';
import { useEntryView } from './use-entry-view.ts';
import { useRowWindow } from './use-row-window.ts';
import { useRubberBand } from './use-rubber-band.ts';
import { useViewKeys } from './use-view-keys.ts';
import { useViewScroll } from './use-view-scroll.ts';
import { gridStep } from './view-steps.ts';

export interface GridViewProps extends UnsortedViewProps {
  /** Width of a tile, in pixels. */
  tileSize: number;
}

/** Entries as pictures, side by side: only the rows in sight exist. */
export function GridView(props: GridViewProps) {
  const { label, rows, place, selection, onSelect, tileSize } = props;
  const grid = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const { width } = useElementSize(grid);
  const layout = layTiles({ width, tileSize, isCompact: useDensity() === 'compact' });
  const { perRow, rowHeight, top: above } = layout;
  const rowCount = Math.ceil(rows.count / perRow);
  const { choose, stateOf, menu } = useEntryView(props);
  const shown = useRowWindow(grid, { count: rowCount, rowHeight });
  const height = rowCount * rowHeight + 2 * above;
  useViewScroll({ scroller: grid, rows, selection, place, rowHeight, perRow, scrollTo: shown.scrollTo, isUnlaid: width === 0 });
  const pageRows = Math.max(1, shown.bottom - shown.top);
  const step = (key: string, from: number) => gridStep(key, from, { perRow, pageRows, count: rows.count });
  const reveal = (index: number) => shown.scrollTo(Math.floor(index / perRow));
  const onKeyDown = useViewKeys({ rows, selection, onSelect, choose, step, reveal });
  const band = useRubberBand({ scroller: grid, rows, selection, onSelect, inBand: (rectangle) => tilesIn(rectangle, layout) });
  const { show } = rows;
  const [first, last] = [shown.top * perRow, (shown.bottom + 1) * perRow - 1];
  useEffect(() => show(first, last), [show, first, last]);
  const activeIndex = selection.active === null ? -1 : rows.indexOf(selection.active);
  const activeRow = Math.floor(activeIndex / perRow);
  const layer = layerStart(shown.first * rowHeight);
  const lines = Array.from({ length: Math.max(0, shown.last - shown.first + 1) }, (_, line) => shown.first + line);

  return (
    <ContextActions items={menu.items}>
      <div
        ref={grid}
        onContextMenu={menu.onContextMenu}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-rowcount={rowCount}
        aria-colcount={perRow}
        aria-activedescendant={activeIndex >= 0 && lines.includes(activeRow) ? `${gridId}-${activeIndex}` : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={band.onPointerDown}
        onClick={() => !band.wasDrawn() && onSelect(EMPTY_SELECTION)}
        className="group/list relative h-full overflow-y-auto overflow-x-hidden outline-none"
      >
        <div role="rowgroup" className="relative" style={{ height }}>
          <RowLayer start={layer}>
            {lines.map((line) => (
              <div
                key={line}
                role="row"
                aria-rowindex={line + 1}
                className="absolute inset-x-0"
                style={{ top: above + line * rowHeight - layer, height: rowHeight }}
              >
                {Array.from({ length: Math.min(perRow, rows.count - line * perRow) }, (_, column) => {
                  const index = line * perRow + column;
                  const entry = rows.at(index);
                  const box = { left: layout.left + column * layout.columnWidth, width: layout.tileWidth, height: layout.tileHeight };
                  if (!entry) return <EmptyTile key={index} {...box} pictureHeight={layout.pictureHeight} />;
                  return (
                    <EntryTile
                      key={entry.path}
                      id={`${gridId}-${index}`}
                      entry={entry}
                      column={column}
                      {...box}
                      pictureHeight={layout.pictureHeight}
                      {...stateOf(entry)}
                    />
                  );
                })}
              </div>
            ))}
          </RowLayer>
        </div>
        <RubberBand band={band.band} />
      </div>
    </ContextActions>
  );
}

function EmptyTile({ left, width, height, pictureHeight }: { left: number; width: number; height: number; pictureHeight: number }) {
  return (
    <div role="gridcell" aria-busy className="absolute top-0 flex flex-col items-center gap-2 p-1.5" style={{ left, width, height }}>
      <span className="w-3/5 rounded-lg bg-track" style={{ height: pictureHeight * 0.6, marginTop: pictureHeight * 0.2 }} />
      <span className="h-3 w-4/5 rounded bg-track" />
    </div>
  );
}
