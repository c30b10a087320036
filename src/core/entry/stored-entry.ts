import { type NativePath, toBytes } from '#core/fs/native-path.ts';
import type { Entry, EntrySort } from '#shared/contract/entry.ts';
import type { EntryKind } from './describe-entry.ts';
import { tellableBirth, toTimestamp } from './entry-facts.ts';
import { kindValue, type Row, rowKey } from './row-order.ts';

/** A row of `entries`, as far as clients see it. `name` is text where it is UTF-8, else bytes. */
export interface StoredEntry {
  id: number;
  name: NativePath;
  kind: number;
  size: number;
  modifiedMs: number;
  bornMs: number | null;
  mode: number | null;
  extension: string | null;
  linkTarget: NativePath | null;
  fileCount: number | null;
  folderCount: number | null;
  childCount: number | null;
  problem: string | null;
}

export const STORED_COLUMNS = `id, name, kind, size, modified_ms AS modifiedMs, born_ms AS bornMs, mode, extension, link_target AS linkTarget,
  file_count AS fileCount, folder_count AS folderCount, child_count AS childCount, problem`;

/** By their numbers in the database. */
export const KINDS: readonly EntryKind[] = ['folder', 'file', 'symlink', 'other'];

export function kindOfNumber(kind: number): EntryKind {
  return KINDS[kind] ?? 'other';
}

/** A folder's children are in the database: it has been read at least once. */
export function isListed({ kind, childCount }: StoredEntry): boolean {
  return kind === 0 && childCount !== null;
}

/** Names are shown as they are when a folder is read from disk: see `displayName`. */
export function shownName(name: NativePath): string {
  return typeof name === 'string' ? name : name.toString('utf8');
}

/** Its place in a list that is ordered by `sort`. */
export function rowOf(entry: StoredEntry, sort: EntrySort): Row {
  const kind = kindOfNumber(entry.kind);
  return { name: toBytes(entry.name).toString('latin1'), key: rowKey(shownName(entry.name)), kind, value: sortValue(entry, kind, sort) };
}

function sortValue(entry: StoredEntry, kind: EntryKind, sort: EntrySort): Row['value'] {
  switch (sort) {
    case 'name':
      return 0;
    case 'size':
      return entry.size;
    case 'modified':
      return entry.modifiedMs;
    case 'kind':
      return kindValue(kind, entry.extension);
    case 'created':
      return tellableBirth(entry.bornMs);
    case 'items':
      return kind === 'folder' ? entry.childCount : null;
    case 'permissions':
      return entry.mode;
    case 'link':
      return kind === 'symlink' && entry.linkTarget !== null ? rowKey(shownName(entry.linkTarget)) : null;
  }
}

export interface StoredEntryPlace {
  uuid: string | null;
  /** `Entry.path` */
  path: string;
  /** Shown instead of the stored name, which is empty for the root of a location. */
  name?: string;
  volumeFingerprint: string | null;
}

/** The same as `describeEntry` makes of what is on the disk, and what only an index knows. */
export function toEntry(entry: StoredEntry, { uuid, path, name = shownName(entry.name), volumeFingerprint }: StoredEntryPlace): Entry {
  const kind = kindOfNumber(entry.kind);
  return {
    uuid,
    path,
    name,
    kind,
    ...sizesOf(entry),
    modifiedAt: toTimestamp(entry.modifiedMs),
    createdAt: birthOf(entry),
    extension: kind === 'file' ? entry.extension || null : null,
    isHidden: name.startsWith('.'),
    linkTarget: entry.linkTarget === null ? null : shownName(entry.linkTarget),
    volumeFingerprint,
    mode: entry.mode,
    problem: entry.problem,
  };
}

function birthOf(entry: StoredEntry): string | null {
  const bornMs = tellableBirth(entry.bornMs);
  return bornMs === null ? null : toTimestamp(bornMs);
}

/** Of a folder that has not been read the size is not known. */
export function sizesOf(entry: StoredEntry): Pick<Entry, 'sizeBytes' | 'childCount' | 'fileCount' | 'folderCount'> {
  if (entry.kind !== 0) return { sizeBytes: entry.size, childCount: null, fileCount: null, folderCount: null };
  if (!isListed(entry)) return { sizeBytes: null, childCount: null, fileCount: null, folderCount: null };
  const { size: sizeBytes, childCount, fileCount, folderCount } = entry;
  return { sizeBytes, childCount, fileCount, folderCount };
}
