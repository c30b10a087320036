import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { en } from '../../i18n/en.ts';
import { displayName } from '../../lib/display-name.ts';
import type { useFormat } from '../../lib/use-format.ts';
import { familyOf } from './entry-icons.ts';

/** What a cell shows: an entry, and where it was found when it was searched for. */
export interface Line {
  entry: Entry;
  hit: SearchHit | null;
}

/** Asked for once for all rows, and all of their cells. */
export interface CellTools {
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
  /** Widths of its columns, where they are not part of `grid`. */
  template?: string;
  nameSort: Sort;
  columns: readonly EntryColumn<Sort>[];
}

export const UNKNOWN = '–';

export const sizeOf = ({ entry }: Line, { format }: CellTools) => (entry.sizeBytes === null ? UNKNOWN : format.size(entry.sizeBytes));

export const timeOf = (timestamp: string | null, { format }: CellTools) => (timestamp === null ? UNKNOWN : format.dateTime(timestamp));

/** What an entry is, and of a folder how many files are in it. */
export function kindOf({ entry }: Pick<Line, 'entry'>, { t, format }: CellTools): string {
  const kind = entry.kind === 'file' ? t(`family.${familyOf(entry)}`) : t(`entryKind.${entry.kind}`);
  const extension = entry.kind === 'file' && entry.extension ? entry.extension.toUpperCase() : null;
  const parts = [extension && extension.length <= 5 ? `${kind} · ${displayName(extension)}` : kind];
  const count = entry.kind === 'folder' ? entry.fileCount : null;
  if (count !== null) parts.push(t('browser.files', { count, shown: format.count(count) }));
  return parts.join(' · ');
}
