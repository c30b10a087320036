import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, EntrySort } from '../../../shared/contract/entry.ts';
import { lastName, parentPath, stepsBelow } from '../../lib/entry-path.ts';
import type { BrowserPlace } from '../entry/browser-place.ts';
import type { EntryLayout } from '../entry/entry-layout.ts';
import { ListSkeleton } from '../entry/ListSkeleton.tsx';
import { reveal } from '../entry/reveal-store.ts';
import { EMPTY_SELECTION, select } from '../entry/selection.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { FilePreview } from '../preview/FilePreview.tsx';
import type { EntryViewProps } from './entry-view.ts';
import { ListView } from './ListView.tsx';
import { SideColumn } from './SideColumn.tsx';

const LAYOUT: EntryLayout<EntrySort> = {
  grid: 'grid items-center gap-x-1',
  template: 'minmax(0,1fr) 14px',
  nameSort: 'name',
  columns: [
    {
      name: 'kind',
      sort: null,
      content: ({ entry }) => entry.kind === 'folder' && <ChevronRight aria-hidden className="size-3.5 text-faint" />,
    },
  ],
};
const COLUMN = 'h-full w-60 shrink-0 border-line border-r';

interface ColumnsViewProps extends EntryViewProps<EntrySort> {
  /** Address of the open folder. */
  path: string;
  /** The one that its drive does not change by coming or going. */
  lasting: string;
  browserPlace: BrowserPlace;
  isRead: boolean;
  empty: ReactNode;
}

/** A column for each folder on the way to the open one, which has the keyboard, and beside it what is selected there: a folder's contents, or a file. */
export function ColumnsView({ path, lasting, browserPlace, isRead, empty, ...view }: ColumnsViewProps) {
  const { rows, sorting, selection, onSelect } = view;
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const { root } = browserPlace;
  const way = useMemo(() => [root, ...(stepsBelow(root, path) ?? []).map((step) => step.path)], [root, path]);
  const active = selection.paths.size === 1 && selection.active !== null ? rows.entryOf(selection.active) : undefined;
  const isAlone = active !== undefined && selection.paths.has(active.path);

  // The end of the way is what is worked in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder is open, or something else is beside it.
  useLayoutEffect(() => {
    frame.current?.scrollTo({ left: frame.current.scrollWidth });
  }, [path, isAlone]);
  const entersFirst = useRef(false);
  useEffect(() => {
    const first = rows.at(0);
    if (!isRead || !entersFirst.current || first === undefined) return;
    entersFirst.current = false;
    onSelect(select(EMPTY_SELECTION, [], first.path, 'single'));
  }, [isRead, rows, onSelect]);

  const pick = (entry: Entry) => {
    const parent = parentPath(entry.path);
    if (entry.kind === 'folder') return browserPlace.open(entry.path);
    reveal(entry.path);
    if (parent !== null) browserPlace.open(parent);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isPlain || event.target instanceof HTMLInputElement) return;
    if (event.key === 'ArrowLeft') {
      event.preventDefault();
      useFileScope.getState().up?.();
    }
    if (event.key === 'ArrowRight' && active?.kind === 'folder') {
      event.preventDefault();
      entersFirst.current = true;
      browserPlace.open(active.path);
    }
  };

  return (
    <div ref={frame} className="flex h-full overflow-x-auto border-line border-t">
      {way.slice(0, -1).map((folder, index) => (
        <div key={folder} className={COLUMN}>
          <SideColumn
            folder={folder}
            name={index === 0 ? browserPlace.name : lastName(folder)}
            sorting={sorting}
            current={way[index + 1] ?? null}
            onPick={pick}
            canReceive={view.canReceive}
          />
        </div>
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: two more keys of the list in it. */}
      <div key="open" className={COLUMN} onKeyDown={onKeyDown}>
        {!isRead ? <ListSkeleton /> : rows.count === 0 ? empty : <ListView key={lasting} {...view} layout={LAYOUT} hasHeading={false} />}
      </div>
      {active && isAlone && active.kind === 'folder' && (
        <div key={active.path} className={COLUMN}>
          <SideColumn folder={active.path} name={active.name} sorting={sorting} current={null} onPick={pick} canReceive={view.canReceive} />
        </div>
      )}
      {active && isAlone && active.kind !== 'folder' && (
        <section aria-label={t('view.openColumn', { name: active.name })} className="relative h-full min-w-80 flex-1">
          <FilePreview key={active.path} entry={active} isCompact />
        </section>
      )}
    </div>
  );
}
