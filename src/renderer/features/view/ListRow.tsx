// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { CornerUpRight } from 'lucide-react';
import { memo } from 'react';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { EntryNameField } from '../entry/EntryNameField.tsx';
import type { CellTools, EntryLayout } from '../entry/entry-layout.ts';
import { EntryIcon, EntryProblem } from './EntryIcon.tsx';
import { type EntryItemProps, useEntryItem } from './use-entry-item.ts';

interface ListRowProps extends EntryItemProps {
  id: string;
  layout: EntryLayout<string>;
  tools: CellTools;
  /** Where it was found, when it was searched for. */
  hit: SearchHit | null;
  /** Its drive is not plugged in. */
  isAway: boolean;
  index: number;
  /** Distance from the top of its layer, and height, in pixels. */
  top: number;
  height: number;
}

/** A folder under watch is read again and again: rows of which nothing has changed are not drawn anew. */
export const ListRow = memo(DrawnRow, (before, after) => {
  const { entry: oldEntry, hit: oldHit, ...oldRest } = before;
  const { entry, hit, ...rest } = after;
  return isSame(oldRest, rest) && isSame(oldEntry, entry) && isSameHit(oldHit, hit);
});

/** The entry of a hit is the row's own. */
function isSameHit(a: SearchHit | null, b: SearchHit | null): boolean {
  if (a === null || b === null) return a === b;
  const facts = ({ entry: _, matches, folderMatches, ...rest }: SearchHit) => ({
    ...rest,
    marks: JSON.stringify([matches, folderMatches]),
  });
  return isSame(facts(a), facts(b));
}

export function isSame<T extends object>(a: T, b: T): boolean {
  return a === b || (Object.keys(a) as (keyof T)[]).every((key) => Object.is(a[key], b[key]));
}

function DrawnRow(props: ListRowProps) {
  const { id, layout, tools, entry, hit, isAway, index, top, height, isSelected, isActive, isCut } = props;
  const { isOver, isRenaming, itemProps } = useEntryItem(props);
  return (
    // A row takes no focus of its own: it ends when it is scrolled out of sight, and the keyboard would end with it.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classNames(
        layout.grid,
        'absolute inset-x-0 rounded-lg px-3',
        isOver ? 'bg-accent text-on-accent' : isSelected ? 'bg-selected' : 'hover:bg-hover',
        isCut && 'opacity-50',
        isActive && 'group-focus-visible/list:ring-2 group-focus-visible/list:ring-accent group-focus-visible/list:ring-inset',
      )}
      style={{ top, height, gridTemplateColumns: layout.template }}
      {...itemProps}
    >
      <div role="gridcell" className="flex min-w-0 items-center gap-2.5">
        <EntryIcon entry={entry} className="size-4.5" isPlain={isOver} isAway={hit !== null && isAway} />
        {isRenaming ? (
          <EntryNameField entry={entry} />
        ) : (
          <Name className={classNames('truncate', entry.isHidden && !isOver && 'text-soft')} matches={hit?.matches}>
            {entry.name}
          </Name>
        )}
        {entry.linkTarget !== null && !isRenaming && (
          <span className="flex min-w-0 items-center gap-1 truncate text-soft text-xs">
            <CornerUpRight aria-hidden className="size-3 shrink-0" />
            <Name className="truncate">{entry.linkTarget}</Name>
          </span>
        )}
        {entry.problem && <EntryProblem code={entry.problem} />}
      </div>
      {layout.columns.map((column) => (
        <div
          key={column.name}
          role="gridcell"
          className={classNames(
            'min-w-0 truncate text-xs tabular',
            !isOver && 'text-soft',
            column.isRight && 'text-right',
            column.className,
          )}
        >
          {column.content({ entry, hit }, tools)}
        </div>
      ))}
    </div>
  );
}

/** In place of a row that is still being read. */
export function EmptyRow({ index, top, height }: { index: number; top: number; height: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy
      className="absolute inset-x-0 flex items-center gap-2.5 px-3"
      style={{ top, height }}
    >
      <div role="gridcell" className="flex flex-1 items-center gap-2.5">
        <span className="size-4.5 rounded bg-track" />
        <span className="h-3 rounded bg-track" style={{ width: `${24 + ((index * 37) % 28)}%` }} />
      </div>
    </div>
  );
}
