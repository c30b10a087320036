// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active tile.
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextActions } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { kindOf, sizeOf, timeOf } from '../entry/entry-layout.ts';
import { FilePreview } from '../preview/FilePreview.tsx';
import { EntryTile } from './EntryTile.tsx';
import type { UnsortedViewProps } from './entry-view.ts';
import { RowLayer } from './RowLayer.tsx';
import { layerStart } from './row-layer.ts';
import { useEntryView } from './use-entry-view.ts';
import { useRowWindow } from './use-row-window.ts';
import { useViewKeys } from './use-view-keys.ts';
import { useViewScroll } from './use-view-scroll.ts';
import { stripStep } from './view-steps.ts';

const TILE = { width: 96, height: 120, picture: 68 };
const STEP = TILE.width + 8;
const MARGIN = 20;
const LAID = { rowHeight: STEP, above: MARGIN, isHorizontal: true };

/** One entry large, above a strip of all: for looking through pictures and papers. */
export function GalleryView(props: UnsortedViewProps) {
  const { label, rows, place, selection, onSelect } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const strip = useRef<HTMLDivElement>(null);
  const stripId = useId();
  const { choose, stateOf, menu } = useEntryView(props);
  const shown = useRowWindow(strip, { count: rows.count, ...LAID });
  useViewScroll({ scroller: strip, rows, selection, place, ...LAID, perRow: 1, scrollTo: shown.scrollTo });
  const pageRows = Math.max(1, shown.bottom - shown.top - 1);
  const step = (key: string, from: number) => stripStep(key, from, { pageRows, count: rows.count });
  const onKeyDown = useViewKeys({ rows, selection, onSelect, choose, step, reveal: shown.scrollTo });
  const { show } = rows;
  useEffect(() => show(shown.top, shown.bottom), [show, shown.top, shown.bottom]);
  // There is always something to look at.
  const hasRows = rows.at(0) !== undefined;
  useEffect(() => {
    if (selection.active === null && hasRows) choose.index(0, 'single');
  }, [selection.active, hasRows, choose]);
  const active = selection.active === null ? undefined : rows.entryOf(selection.active);
  const activeIndex = selection.active === null ? -1 : rows.indexOf(selection.active);
  const indexes = Array.from({ length: Math.max(0, shown.last - shown.first + 1) }, (_, place) => shown.first + place);
  const layer = layerStart(shown.first * STEP);
  const wheelSideways = (event: { deltaX: number; deltaY: number }) => {
    if (strip.current && event.deltaX === 0) strip.current.scrollLeft += event.deltaY;
  };

  return (
    <div className="flex h-full flex-col">
      <figure className="relative m-0 flex min-h-0 flex-1 flex-col px-5 pt-2">
        <div className="relative min-h-0 flex-1 overflow-hidden rounded-xl bg-sunken">
          {active && <FilePreview key={active.path} entry={active} />}
        </div>
        {active && (
          <GalleryCaption
            entry={active}
            position={t('view.ofAll', { index: format.count(activeIndex + 1), total: format.count(rows.count) })}
          />
        )}
      </figure>
      <ContextActions items={menu.items}>
        <div
          ref={strip}
          onContextMenu={menu.onContextMenu}
          onWheel={wheelSideways}
          role="grid"
          tabIndex={0}
          aria-label={label}
          aria-multiselectable
          aria-rowcount={1}
          aria-colcount={rows.count}
          aria-activedescendant={indexes.includes(activeIndex) ? `${stripId}-${activeIndex}` : undefined}
          onKeyDown={onKeyDown}
          className="group/list relative shrink-0 overflow-x-auto overflow-y-hidden border-line border-t outline-none"
          style={{ height: TILE.height + 24 }}
        >
          <div
            role="row"
            aria-rowindex={1}
            className="absolute top-1.5"
            style={{ width: rows.count * STEP + 2 * MARGIN, height: TILE.height }}
          >
            <RowLayer start={layer} isHorizontal>
              {indexes.map((index) => {
                const entry = rows.at(index);
                const left = MARGIN + index * STEP - layer;
                if (!entry) {
                  return (
                    <div key={index} role="gridcell" aria-busy className="absolute top-4" style={{ left, width: TILE.width }}>
                      <span className="mx-auto block size-12 rounded-lg bg-track" />
                    </div>
                  );
                }
                return (
                  <EntryTile
                    key={entry.path}
                    id={`${stripId}-${index}`}
                    entry={entry}
                    column={index}
                    left={left}
                    width={TILE.width}
                    height={TILE.height}
                    pictureHeight={TILE.picture}
                    {...stateOf(entry)}
                  />
                );
              })}
            </RowLayer>
          </div>
        </div>
      </ContextActions>
    </div>
  );
}

function GalleryCaption({ entry, position }: { entry: Parameters<typeof kindOf>[0]['entry']; position: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tools = { t, format };
  const line = { entry, hit: null };
  const facts = [kindOf(line, tools), sizeOf(line, tools), timeOf(entry.modifiedAt, tools)];
  return (
    <figcaption className="flex h-11 shrink-0 items-center gap-3 px-1">
      <Name className="truncate font-medium">{entry.name}</Name>
      <span className="shrink-0 truncate text-faint text-xs tabular">{facts.join(' · ')}</span>
      <span className="ml-auto shrink-0 text-faint text-xs tabular">{position}</span>
    </figcaption>
  );
}
