// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot be virtualised row by row.
import { CornerUpRight, TriangleAlert } from 'lucide-react';
import { type DragEvent, type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { DRAG_TYPE, useDrag } from '../file-operation/drag-store.ts';
import { useRenaming } from '../file-operation/rename-store.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { setDragImage } from './drag-image.ts';
import { EntryNameField } from './EntryNameField.tsx';
import { iconOfEntry } from './entry-icons.ts';
import type { EntryLayout } from './entry-layout.ts';
import type { SelectMode } from './selection.ts';

/** What a row does with its list. The same object as long as the list is. */
export interface RowActions {
  select(path: string, mode: SelectMode): void;
  /** What is selected, gathered when it is needed: there may be a hundred thousand. */
  selected(): Entry[];
  open(entry: Entry): void;
}

interface EntryRowProps {
  id: string;
  layout: EntryLayout<string>;
  entry: Entry;
  /** Where it was found, when it was searched for. */
  hit: SearchHit | null;
  /** Its drive is not plugged in. */
  isAway: boolean;
  index: number;
  /** Distance from the top of the list, in pixels. */
  top: number;
  isSelected: boolean;
  /** Where the keyboard is. */
  isActive: boolean;
  /** With how many others it is selected; 1 when it is not. */
  chosenCount: number;
  canReceive: boolean;
  /** It was cut, and waits to be pasted elsewhere. */
  isCut: boolean;
  actions: RowActions;
}

/** A folder under watch is read again and again: rows of which nothing has changed are not drawn anew. */
export const EntryRow = memo(DrawnRow, (before, after) => {
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

function isSame<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => Object.is(a[key], b[key]));
}

function DrawnRow(props: EntryRowProps) {
  const { id, layout, entry, hit, isAway, index, top, isSelected, isActive, chosenCount, canReceive, isCut, actions } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive && entry.kind === 'folder' ? entry.path : null,
    name: entry.name,
    fingerprint: entry.volumeFingerprint,
    onSpring: () => actions.open(entry),
  });
  const { Icon, color, isFilled } = iconOfEntry(entry);
  const isRenaming = useRenaming((state) => state.path === entry.path);

  const onClick = (event: MouseEvent) => {
    event.stopPropagation();
    actions.select(entry.path, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'single');
  };
  const onDragStart = (event: DragEvent) => {
    if (!isSelected) actions.select(entry.path, 'single');
    useDrag.getState().start(isSelected ? actions.selected() : [entry]);
    event.dataTransfer.setData(DRAG_TYPE, String(chosenCount));
    event.dataTransfer.effectAllowed = 'all';
    setDragImage(event.dataTransfer, entry.name, chosenCount);
  };

  return (
    // A row takes no focus of its own: it ends when it is scrolled out of sight, and the keyboard would end with it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-path={entry.path}
      draggable={!isRenaming}
      onClick={onClick}
      onDoubleClick={() => actions.open(entry)}
      onDragStart={onDragStart}
      onDragEnd={() => useDrag.getState().end()}
      className={classNames(
        layout.grid,
        'absolute inset-x-0 h-7.5 rounded-lg px-3',
        isOver ? 'bg-accent text-on-accent' : isSelected ? 'bg-selected' : 'hover:bg-hover',
        isCut && 'opacity-50',
        isActive && 'group-focus-visible/list:ring-2 group-focus-visible/list:ring-accent group-focus-visible/list:ring-inset',
      )}
      style={{ top }}
      {...dropProps}
    >
      <div role="gridcell" className="flex min-w-0 items-center gap-2.5">
        <Icon
          aria-hidden
          className={classNames(
            'size-4.5 shrink-0',
            isOver ? '' : color,
            entry.isHidden && 'opacity-50',
            hit && isAway && 'opacity-55 grayscale-[0.6]',
          )}
          strokeWidth={1.6}
          fill={isFilled ? 'currentColor' : 'none'}
          fillOpacity={0.28}
        />
        {isRenaming ? (
          <EntryNameField entry={entry} />
        ) : (
          <Name className={classNames('truncate', entry.isHidden && !isOver && 'text-soft')} matches={hit?.matches}>
            {entry.name}
          </Name>
        )}
        {entry.linkTarget !== null && !isRenaming && (
          <span className="flex min-w-0 items-center gap-1 truncate text-faint text-xs">
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
          {column.content({ entry, hit }, { t, format })}
        </div>
      ))}
    </div>
  );
}

function EntryProblem({ code }: { code: string }) {
  const text = useErrorText()({ code, message: code });
  return (
    <span title={text} className="shrink-0 text-warn">
      <TriangleAlert aria-label={text} className="size-3.5" />
    </span>
  );
}
