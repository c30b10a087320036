import { Unplug } from 'lucide-react';
import type { SearchHit, SearchSort } from '../../../shared/contract/search.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { type EntryColumn, type EntryLayout, sizeOf, timeOf } from '../entry/entry-layout.ts';
import { readablePath } from './readable-path.ts';

const GRID =
  'grid grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_124px_76px_150px] @max-[828px]/pane:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_124px_76px] @max-[708px]/pane:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_76px] items-center gap-x-4';

const PLACE: EntryColumn<SearchSort> = {
  name: 'place',
  sort: null,
  content: ({ hit }, { t }) =>
    hit && (
      <span className="flex items-center gap-1.5">
        {/* Where there is no room for the column of drives. */}
        {!hit.isOnline && <AwayMark label={t('search.away')} className="hidden @max-[708px]/pane:inline" />}
        <Place hit={hit} />
      </span>
    ),
};

const DRIVE: EntryColumn<SearchSort> = {
  name: 'drive',
  sort: null,
  className: '@max-[708px]/pane:hidden',
  content: ({ hit }, { t }) =>
    hit && (
      <span className={classNames('flex items-center gap-1.5', !hit.isOnline && 'text-warn')}>
        <Name className="truncate">{hit.volumeName}</Name>
        {!hit.isOnline && <AwayMark label={t('search.away')} />}
      </span>
    ),
};

function Place({ hit }: { hit: SearchHit }) {
  const { text, matches } = readablePath(hit.folderText, hit.folderMatches);
  return (
    <Name className="truncate" matches={matches}>
      {text}
    </Name>
  );
}

function AwayMark({ label, className }: { label: string; className?: string }) {
  return (
    <span title={label} className={classNames('shrink-0 text-warn', className)}>
      <Unplug aria-label={label} className="size-3.5" strokeWidth={1.9} />
    </span>
  );
}

const SIZE: EntryColumn<SearchSort> = { name: 'size', sort: 'size', isRight: true, content: sizeOf };

const MODIFIED: EntryColumn<SearchSort> = {
  name: 'modified',
  sort: 'modified',
  className: '@max-[828px]/pane:hidden',
  content: ({ entry }, tools) => timeOf(entry.modifiedAt, tools),
};

const CREATED: EntryColumn<SearchSort> = {
  ...MODIFIED,
  name: 'created',
  sort: 'created',
  content: ({ entry }, tools) => timeOf(entry.createdAt, tools),
};

const HIT_LAYOUT: EntryLayout<SearchSort> = { grid: GRID, nameSort: 'name', columns: [PLACE, DRIVE, SIZE, MODIFIED] };
const HIT_LAYOUT_BY_CREATION: EntryLayout<SearchSort> = { ...HIT_LAYOUT, columns: [PLACE, DRIVE, SIZE, CREATED] };

/** The columns of what was found: where it is beside what it is. The time is the one that it is sorted by. */
export const hitLayout = (sort: SearchSort) => (sort === 'created' ? HIT_LAYOUT_BY_CREATION : HIT_LAYOUT);
