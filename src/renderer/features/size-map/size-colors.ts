import type { Entry } from '../../../shared/contract/entry.ts';
import { type FileFamily, familyOf } from '../entry/entry-icons.ts';

/** What the colours of the map tell apart. */
export type ColorBy = 'kind' | 'age';

export const AGES = ['month', 'year', 'threeYears', 'older', 'unknown'] as const;
export type Age = (typeof AGES)[number];

export const FAMILIES: readonly FileFamily[] = ['image', 'video', 'audio', 'document', 'sheet', 'code', 'archive', 'file'];

/** Quiet enough that the names on them can be read: at least 7 to 1 in both themes. */
export const FAMILY_COLORS: Record<FileFamily, string> = {
  image: 'bg-[#bce4d6] dark:bg-[#1d4b40]',
  video: 'bg-[#d9caf0] dark:bg-[#432f63]',
  audio: 'bg-[#f5c8d8] dark:bg-[#5a2a3f]',
  archive: 'bg-[#f0daa6] dark:bg-[#523c14]',
  code: 'bg-[#c9d3f7] dark:bg-[#2c376c]',
  sheet: 'bg-[#d2e8b6] dark:bg-[#34491b]',
  document: 'bg-[#cfdde9] dark:bg-[#2b4154]',
  file: 'bg-[#dfe3e7] dark:bg-[#333b44]',
};

export const AGE_COLORS: Record<Age, string> = {
  month: 'bg-[#f6c99b] dark:bg-[#6b4213]',
  year: 'bg-[#f4e0a4] dark:bg-[#55481a]',
  threeYears: 'bg-[#cfe3bf] dark:bg-[#2f4a27]',
  older: 'bg-[#c3d8ea] dark:bg-[#24435f]',
  unknown: 'bg-[#dfe3e7] dark:bg-[#333b44]',
};

/** A folder of which nothing further is drawn. */
export const FOLDER_COLOR = 'bg-[#c8e2f3] dark:bg-[#1b4562]';

const DAY_MS = 86_400_000;

/** How long ago a file was changed. @param now milliseconds since 1970 */
export function ageOf({ modifiedAt }: Pick<Entry, 'modifiedAt'>, now: number): Age {
  if (modifiedAt === null) return 'unknown';
  const days = (now - Date.parse(modifiedAt)) / DAY_MS;
  if (days <= 31) return 'month';
  if (days <= 366) return 'year';
  return days <= 3 * 366 ? 'threeYears' : 'older';
}

/** The colour of a file's tile, or of a folder's that is not open. */
export function tileColor(entry: Entry, by: ColorBy, now: number): string {
  if (entry.kind === 'folder' && by === 'kind') return FOLDER_COLOR;
  return by === 'kind' ? FAMILY_COLORS[familyOf(entry)] : AGE_COLORS[ageOf(entry, now)];
}
