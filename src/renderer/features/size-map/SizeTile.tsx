// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active tile.
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { type ColorBy, tileColor } from './size-colors.ts';
import { HEADING, type Tile } from './size-tiles.ts';

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
}

/** Text needs this much room, in pixels. */
const NAME_ROOM = { width: 44, height: 20 };
const SIZE_ROOM = { width: 56, height: 40 };

/** One rectangle. A thousand of them are there: those of which nothing has changed are not drawn anew. */
export const SizeTile = memo(function SizeTile({ id, index, tile, total, colorBy, now, isSelected, isActive }: SizeTileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { entry, x: left, y: top, width, height, isOpen, restCount, sizeBytes, level } = tile;
  const size = format.size(sizeBytes);
  const share = format.percent(total === 0 ? 0 : sizeBytes / total);
  const rest = t('sizeMap.smaller', { count: restCount, shown: format.count(restCount) });
  const hasName = width >= NAME_ROOM.width && height >= NAME_ROOM.height;
  const hasSize = width >= SIZE_ROOM.width && height >= SIZE_ROOM.height;
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
      className={classNames(
        'absolute overflow-hidden rounded-[4px] ring-inset hover:brightness-[0.97] dark:hover:brightness-110',
        entry === null ? 'bg-track text-soft' : isOpen ? 'bg-sunken ring-1 ring-line' : tileColor(entry, colorBy, now),
        isSelected && 'ring-2 ring-accent',
        isActive && 'group-focus-visible/map:ring-[3px] group-focus-visible/map:ring-accent',
      )}
    >
      {hasName && (!isOpen || (height >= 52 && width >= 64)) && (
        <span
          className={classNames('flex items-baseline gap-1.5 overflow-hidden px-1.5 text-2xs', isOpen ? '' : 'flex-wrap pt-0.5')}
          style={isOpen ? { height: HEADING, lineHeight: `${HEADING}px` } : {}}
        >
          {entry ? (
            <Name className="max-w-full truncate font-medium">{entry.name}</Name>
          ) : (
            <span className="max-w-full truncate">{rest}</span>
          )}{' '}
          {(hasSize || (isOpen && width > 140)) && <span className="shrink-0 tabular">{size}</span>}
        </span>
      )}
    </div>
  );
});
