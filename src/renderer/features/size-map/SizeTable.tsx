// biome-ignore-all lint/a11y/useSemanticElements: rows of a grid take no focus of their own.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { ContextActions } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { EntryNameField } from '../entry/EntryNameField.tsx';
import { iconOfEntry } from '../entry/entry-icons.ts';
import { select } from '../entry/selection.ts';
import { useEntryMenu } from '../entry/use-entry-menu.ts';
import { useRenaming } from '../file-operation/rename-store.ts';
import type { SizeViewProps } from './SizeTiles.tsx';
import { type TableOf, useSizeMap } from './size-map-store.ts';
import type { SizeMapData } from './size-queries.ts';

/** Further down nothing is large enough to be looked for in a table. */
const MOST_ROWS = 200;

/** The same as the map in numbers: what is in the folder of what is chosen, or the largest files at any depth. */
export function SizeTable({ data, selection, onSelect, onOpen }: SizeViewProps) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();
  const wanted = useSizeMap((state) => state.tableOf);
  const renaming = useRenaming((state) => state.path);
  const files = largestFiles(data);
  // A name is written where it stands: in the table of its folder.
  const tableOf = renaming !== null && !files.some(({ path }) => path === renaming) ? 'folder' : wanted;
  const { folder, rows } = tableOf === 'files' ? { folder: data.folder, rows: files } : besides(data, selection.active);
  const active = rows.findIndex(({ path }) => path === selection.active);
  const activeEntry = rows[active];
  const menu = useEntryMenu(activeEntry, onOpen, undefined);
  const choices: { value: TableOf; label: string }[] = [
    { value: 'folder', label: t('sizeMap.inFolder') },
    { value: 'files', label: t('sizeMap.largestFiles') },
  ];
  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1 };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = moves[event.key];
    const entry = to === undefined ? undefined : rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (entry) onSelect(select(selection, [], entry.path, 'single'));
    else if (event.key === 'Enter' && activeEntry) onOpen(activeEntry);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <aside aria-label={t('sizeMap.table')} className="flex w-76 shrink-0 flex-col">
      <div className="flex flex-col gap-2 pb-2">
        <Segmented
          label={t('sizeMap.tableOf')}
          value={tableOf}
          options={choices}
          onChange={(value) => useSizeMap.setState({ tableOf: value })}
        />
        {folder !== data.folder && <Name className="truncate px-1 font-medium text-xs">{folder.name}</Name>}
      </div>
      <ContextActions items={menu}>
        <div
          ref={grid}
          role="grid"
          tabIndex={0}
          aria-label={choices.find(({ value }) => value === tableOf)?.label}
          aria-rowcount={rows.length}
          aria-multiselectable
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          onKeyDown={onKeyDown}
          className="group/list min-h-0 flex-1 overflow-y-auto rounded-lg outline-none"
        >
          {rows.map((entry, index) => (
            <SizeRow
              key={entry.path}
              id={`${id}-${index}`}
              entry={entry}
              of={folder.sizeBytes ?? 0}
              isSelected={selection.paths.has(entry.path)}
              isActive={index === active}
              isRenaming={entry.path === renaming}
              onChoose={(mode) => onSelect(select(selection, [], entry.path, mode))}
              onOpen={() => onOpen(entry)}
            />
          ))}
        </div>
      </ContextActions>
    </aside>
  );
}

interface SizeRowProps {
  id: string;
  entry: Entry;
  /** What its share is of, in bytes. */
  of: number;
  isSelected: boolean;
  isActive: boolean;
  isRenaming: boolean;
  onChoose: (mode: 'single' | 'toggle') => void;
  onOpen: () => void;
}

function SizeRow({ id, entry, of, isSelected, isActive, isRenaming, onChoose, onOpen }: SizeRowProps) {
  const format = useFormat();
  const { Icon, color, isFilled } = iconOfEntry(entry);
  const share = of === 0 ? 0 : (entry.sizeBytes ?? 0) / of;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys.
    <div
      id={id}
      role="row"
      aria-selected={isSelected}
      data-path={entry.path}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey ? 'toggle' : 'single')}
      onContextMenu={() => {
        if (!isSelected) onChoose('single');
      }}
      onDoubleClick={onOpen}
      className={classNames(
        'grid grid-cols-[minmax(0,1fr)_auto_2.75rem] items-center gap-x-2.5 rounded-lg px-2 py-1.5',
        isSelected ? 'bg-selected' : 'hover:bg-hover',
        isActive && 'group-focus-visible/list:ring-2 group-focus-visible/list:ring-accent group-focus-visible/list:ring-inset',
      )}
    >
      <span role="gridcell" className="flex min-w-0 items-center gap-2 text-xs">
        <Icon
          aria-hidden
          className={classNames('size-4 shrink-0', color)}
          strokeWidth={1.6}
          fill={isFilled ? 'currentColor' : 'none'}
          fillOpacity={0.28}
        />
        {isRenaming ? <EntryNameField entry={entry} /> : <Name className="truncate">{entry.name}</Name>}
      </span>
      <span role="gridcell" className="text-right text-xs tabular">
        {format.size(entry.sizeBytes ?? 0)}
      </span>
      <span role="gridcell" className="text-right text-2xs text-soft tabular">
        {format.percent(share)}
      </span>
      <span aria-hidden className="col-span-3 mt-1 h-1 overflow-hidden rounded-full bg-track">
        <span className="block h-full rounded-full bg-accent" style={{ width: `max(${share * 100}%, 2px)` }} />
      </span>
    </div>
  );
}

/** What is in the same folder as an entry, or in the open one; the largest first. */
function besides({ folder, nodes }: SizeMapData, path: string | null): { folder: Entry; rows: Entry[] } {
  const parent = nodes.find(({ entry }) => entry.path === path)?.parent ?? null;
  const rows = nodes.filter((node) => node.parent === parent).map(({ entry }) => entry);
  return { folder: (parent === null ? undefined : nodes[parent]?.entry) ?? folder, rows: rows.slice(0, MOST_ROWS) };
}

function largestFiles({ nodes }: SizeMapData): Entry[] {
  return nodes.flatMap(({ entry }) => (entry.kind === 'file' ? [entry] : [])).slice(0, MOST_ROWS);
}
