// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active tile.
import { type DragEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { type DropFolder, useDrag } from '../file-operation/drag-store.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { type ColorBy, tileColor } from './size-colors.ts';
import { HEADING, type Tile } from './size-tiles.ts';

/** What a tile does with the map that it is in. The same object as long as the map is. */
export interface TileActions {
  open(entry: Entry): void;
  /** Drags what is selected with an entry, or, where it is not, that entry. */
  drag(event: DragEvent, entry: Entry): void;
}

interface SizeTileProps {
  id: string;
  index: number;
  tile: Tile;
  /** Of the open folder, in bytes. */
  total: number;
  colorBy: ColorBy;
  /** Milliseconds since 1970. */
  now: number;
  isSelected: boolean;
  isActive: boolean;
  /** Takes what is dropped here: the tile's folder, or that of its file; null where that is the one that the map shows, or takes nothing. */
  receiver: DropFolder | null;
  actions: TileActions;
}

/** Text needs this much room, in pixels. */
const NAME_ROOM = { width: 44, height: 20 };
const SIZE_ROOM = { width: 56, height: 40 };

/** One rectangle. A thousand of them are there: those of which nothing has changed are not drawn anew. */
export const SizeTile = memo(function SizeTile(props: SizeTileProps) {
  const { id, index, tile, total, colorBy, now, isSelected, isActive, receiver, actions } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { entry, x: left, y: top, width, height, isOpen, restCount, sizeBytes, level } = tile;
  const size = format.size(sizeBytes);
  const share = format.percent(total === 0 ? 0 : sizeBytes / total);
  const rest = t('sizeMap.smaller', { count: restCount, shown: format.count(restCount) });
  const dropProps = useTileDrop(entry, receiver, actions);
  // Also while the pointer is on what is drawn in it.
  const isOver = useDrag(({ over }) => over !== null && entry?.kind === 'folder' && over.folder === entry.path);
  return (
    <div
      id={id}
      role="treeitem"
      data-tile={index}
      data-path={entry?.path}
      aria-level={level}
      aria-selected={isSelected}
      aria-label={`${entry ? displayName(entry.name) : rest} ${size}, ${share}`}
      {...(isOpen ? { 'aria-expanded': true } : {})}
      style={{ left, top, width, height }}
      draggable={entry !== null}
      onDragStart={(event) => entry && actions.drag(event, entry)}
      onDragEnd={() => useDrag.getState().end()}
      {...dropProps}
      className={classNames(
        'absolute overflow-hidden rounded-[4px] ring-inset hover:brightness-[0.97] dark:hover:brightness-110',
        isOver
          ? 'bg-accent text-on-accent'
          : entry === null
            ? 'bg-track text-soft'
            : isOpen
              ? 'bg-sunken ring-1 ring-line'
              : tileColor(entry, colorBy, now),
        isSelected && 'ring-2 ring-accent',
        isActive && 'group-focus-visible/map:ring-[3px] group-focus-visible/map:ring-accent',
      )}
    >
      <TileText tile={tile} size={size} rest={rest} />
    </div>
  );
});

/** Its name, and how large it is, where there is room for them. */
function TileText({ tile, size, rest }: { tile: Tile; size: string; rest: string }) {
  const { entry, width, height, isOpen } = tile;
  const hasName = width >= NAME_ROOM.width && height >= NAME_ROOM.height && (!isOpen || (height >= 52 && width >= 64));
  const hasSize = width >= SIZE_ROOM.width && height >= SIZE_ROOM.height;
  if (!hasName) return null;
  return (
    <span
      className={classNames('flex items-baseline gap-1.5 overflow-hidden px-1.5 text-2xs', isOpen ? '' : 'flex-wrap pt-0.5')}
      style={isOpen ? { height: HEADING, lineHeight: `${HEADING}px` } : {}}
    >
      {entry ? <Name className="max-w-full truncate font-medium">{entry.name}</Name> : <span className="max-w-full truncate">{rest}</span>}{' '}
      {(hasSize || (isOpen && width > 140)) && <span className="shrink-0 tabular">{size}</span>}
    </span>
  );
}

/** A folder's tile opens when a drag rests on it. What is drawn in a folder is no hole in it: what it does not take goes no further. */
function useTileDrop(entry: Entry | null, receiver: DropFolder | null, actions: TileActions) {
  const { dropProps } = useDropTarget({
    folder: receiver?.folder ?? null,
    name: receiver?.name ?? '',
    fingerprint: receiver?.fingerprint ?? null,
    ...(entry?.kind === 'folder' && receiver ? { onSpring: () => actions.open(entry) } : {}),
  });
  if (receiver === null) return dropProps;
  const alone = (handle: (event: DragEvent) => void) => (event: DragEvent) => {
    handle(event);
    event.stopPropagation();
  };
  return { ...dropProps, onDragOver: alone(dropProps.onDragOver), onDrop: alone(dropProps.onDrop) };
}
