import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { en } from '../../i18n/en.ts';
import { displayName } from '../../lib/display-name.ts';
import type { useFormat } from '../../lib/use-format.ts';
import { familyOf } from './entry-icons.ts';

/** What a cell shows: an entry, and where it was found when it was searched for. */
interface Line {
  entry: Entry;
  hit: SearchHit | null;
}

/** Asked for once in each row, for all of its cells. */
interface CellTools {
  t: TFunction;
  format: ReturnType<typeof useFormat>;
}

export interface EntryColumn<Sort extends string> {
  name: keyof typeof en.column;
  /** What its heading sorts by; null: nothing. */
  sort: Sort | null;
  isRight?: boolean;
  className?: string;
  content: (line: Line, tools: CellTools) => ReactNode;
}

/** The columns of a list beside the name, which comes first. */
export interface EntryLayout<Sort extends string> {
  /** One grid for heading and rows, so that columns stand in line. */
  grid: string;
  nameSort: Sort;
  columns: readonly EntryColumn<Sort>[];
}

const UNKNOWN = '–';

export const sizeOf = ({ entry }: Line, { format }: CellTools) => (entry.sizeBytes === null ? UNKNOWN : format.size(entry.sizeBytes));

export const timeOf = (timestamp: string | null, { format }: CellTools) => (timestamp === null ? UNKNOWN : format.dateTime(timestamp));

function kindOf({ entry }: Line, { t, format }: CellTools): string {
  const kind = entry.kind === 'file' ? t(`family.${familyOf(entry)}`) : t(`entryKind.${entry.kind}`);
  const extension = entry.kind === 'file' && entry.extension ? entry.extension.toUpperCase() : null;
  const parts = [extension && extension.length <= 5 ? `${kind} · ${displayName(extension)}` : kind];
  const count = entry.kind === 'folder' ? entry.fileCount : null;
  if (count !== null) parts.push(t('browser.files', { count, shown: format.count(count) }));
  return parts.join(' · ');
}

/** The columns of a folder. */
export const FOLDER_LAYOUT: EntryLayout<'name' | 'size' | 'modified' | 'kind'> = {
  grid: 'grid grid-cols-[minmax(0,1fr)_92px_160px_132px] max-[860px]:grid-cols-[minmax(0,1fr)_92px_160px] items-center gap-x-4',
  nameSort: 'name',
  columns: [
    { name: 'size', sort: 'size', isRight: true, content: sizeOf },
    { name: 'modified', sort: 'modified', content: ({ entry }, tools) => timeOf(entry.modifiedAt, tools) },
    { name: 'kind', sort: 'kind', className: 'max-[860px]:hidden', content: kindOf },
  ],
};
