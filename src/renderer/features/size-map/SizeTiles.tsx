// biome-ignore-all lint/a11y/useSemanticElements: HTML has no tree.
import { type MouseEvent, type PointerEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import { ContextActions } from '../../components/Menu.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { type Selection, select } from '../entry/selection.ts';
import { useEntryMenu } from '../entry/use-entry-menu.ts';
import type { DropFolder } from '../file-operation/drag-store.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { beginDrag, dragOf } from '../view/begin-drag.ts';
import { useTakeKeyboard } from '../workspace/use-take-keyboard.ts';
import { SizeTile, type TileActions } from './SizeTile.tsx';
import { SizeTip } from './SizeTip.tsx';
import { useSizeMap } from './size-map-store.ts';
import type { SizeMapData } from './size-queries.ts';
import { layOutTiles, type Tile } from './size-tiles.ts';
import { useTileKeys } from './use-tile-keys.ts';

export interface SizeViewProps {
  data: SizeMapData;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (entry: Entry) => void;
}

interface SizeTilesProps extends SizeViewProps {
  label: string;
  /** Whether folders here take what is dropped on them. */
  canReceive: boolean;
}

/** The map itself. It has the keyboard as a whole and names its active tile. */
export function SizeTiles(props: SizeTilesProps) {
  const { data, selection, onSelect, onOpen, label, canReceive } = props;
  const tree = useRef<HTMLDivElement>(null);
  const id = useId();
  const { width, height } = useElementSize(tree);
  const tiles = useMemo(() => layOutTiles(data, { width, height }), [data, width, height]);
  const colorBy = useSizeMap((state) => state.colorBy);
  const now = useMemo(() => Date.parse(new Date().toISOString()), []);
  const [pointed, setPointed] = useState<{ index: number; x: number; y: number } | null>(null);
  const active = tiles.findIndex(({ entry }) => entry !== null && entry.path === selection.active);
  const activeEntry = tiles[active]?.entry ?? undefined;
  const menu = useEntryMenu(activeEntry, onOpen, undefined);
  const tileAt = (event: MouseEvent) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tile]') : null;
    return element === null ? -1 : Number(element.dataset.tile);
  };
  const choose = (index: number, mode: 'single' | 'toggle') => {
    const entry = nearestEntry(index);
    if (entry) onSelect(select(selection, [], entry.path, mode));
  };
  /** What is left out of a folder stands for the folder. */
  const nearestEntry = (index: number): Entry | null => {
    const tile = tiles[index];
    return tile ? (tile.entry ?? (tile.parent === null ? null : nearestEntry(tile.parent))) : null;
  };
  const onKeyDown = useTileKeys({ tiles, active, tree: id, onChoose: choose, onOpen });

  const actions = useTileActions(props);
  const receivers = useMemo(() => (canReceive ? tiles.map((tile) => receiverOf(tile, tiles)) : []), [tiles, canReceive]);
  const { folder } = data;
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive ? folder.path : null,
    name: folder.name,
    fingerprint: folder.volumeFingerprint,
  });

  // Opened from a map, a folder's map goes on with the keyboard.
  useTakeKeyboard(tree);

  const onClick = (event: MouseEvent) => choose(tileAt(event), event.ctrlKey || event.metaKey ? 'toggle' : 'single');
  const onDoubleClick = (event: MouseEvent) => {
    const entry = nearestEntry(tileAt(event));
    if (entry) onOpen(entry);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const index = event.pointerType === 'mouse' ? tileAt(event) : -1;
    setPointed(index < 0 ? null : { index, x: event.clientX - left, y: event.clientY - top });
  };
  const onContextMenu = (event: MouseEvent) => {
    // Of the menu itself, which React counts as being in the map.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return event.preventDefault();
    const entry = nearestEntry(tileAt(event)) ?? activeEntry;
    setPointed(null);
    if (!entry) event.preventDefault();
    else if (!selection.paths.has(entry.path)) onSelect(select(selection, [], entry.path, 'single'));
  };
  const pointedTile = pointed === null ? undefined : tiles[pointed.index];
  return (
    <ContextActions items={menu}>
      <div
        ref={tree}
        role="tree"
        data-file-list
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
        onContextMenu={onContextMenu}
        onDragStart={() => setPointed(null)}
        {...dropProps}
        className={classNames(
          'group/map relative min-w-0 flex-1 overflow-hidden rounded-lg outline-none',
          isOver && 'ring-2 ring-accent ring-offset-2 ring-offset-canvas',
        )}
      >
        {tiles.map((tile, index) => (
          <SizeTile
            key={tile.entry?.path ?? `rest ${tile.parent}`}
            id={`${id}-${index}`}
            index={index}
            tile={tile}
            total={data.folder.sizeBytes ?? 0}
            colorBy={colorBy}
            now={now}
            isSelected={tile.entry !== null && selection.paths.has(tile.entry.path)}
            isActive={index === active}
            receiver={receivers[index] ?? null}
            actions={actions}
          />
        ))}
        {pointed && pointedTile && (
          <SizeTip tile={pointedTile} tiles={tiles} total={data.folder.sizeBytes ?? 0} at={pointed} within={{ width, height }} />
        )}
      </div>
    </ContextActions>
  );
}

function useTileActions(now: SizeTilesProps): TileActions {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  return useMemo(
    () => ({
      open: (entry) => latest.current.onOpen(entry),
      drag: (event, entry) => {
        const { data, selection, onSelect } = latest.current;
        const isSelected = selection.paths.has(entry.path);
        if (!isSelected) onSelect(select(selection, [], entry.path, 'single'));
        const chosen = data.nodes.flatMap((node) => (selection.paths.has(node.entry.path) ? [node.entry] : []));
        beginDrag(event, dragOf(isSelected ? outermost(chosen) : [entry]), entry);
      },
    }),
    [],
  );
}

/** What lies in a folder that is among them goes with it. */
function outermost(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ path }) => !entries.some((other) => path.startsWith(`${other.path}/`)));
}

/** The folder that a tile stands for or is drawn in; null where that is the one that the map shows. */
function receiverOf({ entry, parent }: Tile, tiles: readonly Tile[]): DropFolder | null {
  if (entry?.kind === 'folder') return { folder: entry.path, name: entry.name, fingerprint: entry.volumeFingerprint };
  const holder = parent === null ? undefined : tiles[parent];
  return holder ? receiverOf(holder, tiles) : null;
}
