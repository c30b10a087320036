// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active tile.
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { EntryNameField } from '../entry/EntryNameField.tsx';
import { Thumbnail } from '../preview/Thumbnail.tsx';
import { EntryIcon, EntryProblem } from './EntryIcon.tsx';
import { isSame } from './ListRow.tsx';
import { type EntryItemProps, useEntryItem } from './use-entry-item.ts';

interface EntryTileProps extends EntryItemProps {
  id: string;
  /** Of its column, from 0 on. */
  column: number;
  /** Within its row, in pixels. */
  left: number;
  width: number;
  height: number;
  /** Of the picture. */
  pictureHeight: number;
}

/** An entry as a picture with its name below. */
export const EntryTile = memo(DrawnTile, (before, after) => {
  const { entry: oldEntry, ...oldRest } = before;
  const { entry, ...rest } = after;
  return isSame(oldRest, rest) && isSame(oldEntry, entry);
});

function DrawnTile(props: EntryTileProps) {
  const { id, entry, column, left, width, height, pictureHeight, isSelected, isActive, isCut } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { isOver, isRenaming, itemProps } = useEntryItem(props);
  const facts =
    entry.kind === 'folder'
      ? entry.childCount === null
        ? ''
        : t('browser.items', { count: entry.childCount, shown: format.count(entry.childCount) })
      : entry.sizeBytes === null
        ? ''
        : format.size(entry.sizeBytes);
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={isSelected}
      className={classNames(
        'absolute top-0 flex flex-col items-center rounded-xl p-1.5',
        isOver ? 'bg-accent text-on-accent' : isSelected ? 'bg-selected' : 'hover:bg-hover',
        isCut && 'opacity-50',
        isActive && 'group-focus-visible/list:ring-2 group-focus-visible/list:ring-accent group-focus-visible/list:ring-inset',
      )}
      style={{ left, width, height }}
      {...itemProps}
    >
      <div className="relative flex w-full items-center justify-center" style={{ height: pictureHeight }}>
        <Thumbnail entry={entry} className="max-h-full max-w-full rounded-md object-contain shadow-card">
          <EntryIcon entry={entry} className={width > 130 ? 'size-14' : 'size-11'} isPlain={isOver} />
        </Thumbnail>
        {entry.problem && (
          <span className="absolute top-0 right-0">
            <EntryProblem code={entry.problem} />
          </span>
        )}
      </div>
      <div className="mt-1 flex w-full min-w-0 flex-col items-center text-center">
        {isRenaming ? (
          <span className="flex w-full pl-1.5">
            <EntryNameField entry={entry} />
          </span>
        ) : (
          <Name className={classNames('line-clamp-2 w-full break-words text-xs', entry.isHidden && !isOver && 'text-soft')}>
            {entry.name}
          </Name>
        )}
        {!isRenaming && (
          <span className={classNames('truncate text-2xs tabular', isOver ? '' : isSelected ? 'text-soft' : 'text-faint')}>{facts}</span>
        )}
      </div>
    </div>
  );
}
