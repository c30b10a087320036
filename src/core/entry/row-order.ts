import { isUtf8 } from 'node:buffer';
import type { EntrySort } from '#shared/contract/entry.ts';
import type { EntryKind } from './describe-entry.ts';
import { naturalSortKey } from './natural-sort-key.ts';

export interface RowOrder {
  sort: EntrySort;
  order: 'asc' | 'desc';
  foldersFirst: boolean;
  showHidden: boolean;
}

/** One entry as far as its place in the list goes. `name` holds the bytes of the name, one per character (Latin-1). */
export interface Row {
  name: string;
  /** `comparableKey` of its natural sort key. */
  key: string;
  kind: EntryKind;
  /** What is sorted by before the name; equal for all when the name alone counts. Null: it has no such thing, and comes last in either order. */
  value: number | string | null;
}

/** Of each kind its number in the database: folders first. */
export const KIND_RANK: Record<EntryKind, number> = { folder: 0, file: 1, symlink: 2, other: 3 };

/**
 * A total order: no two rows of a folder are equal in it. It is the one in which SQLite has them (`core/entry/indexed-page.ts`, `core/entry/sorted-places.ts`), so
 * that a folder looks the same from disk and from the index.
 */
export function compareRows(a: Row, b: Row, { order, foldersFirst }: RowOrder): number {
  if (foldersFirst && (a.kind === 'folder') !== (b.kind === 'folder')) return a.kind === 'folder' ? -1 : 1;
  if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
  const comparison = compare(a.value ?? 0, b.value ?? 0) || compare(a.key, b.key) || compareNames(a.name, b.name);
  return order === 'asc' ? comparison : -comparison;
}

/** The key of a name, for comparing in JavaScript. @param shown the name with U+FFFD in place of what is not UTF-8 */
export function rowKey(shown: string): string {
  return comparableKey(naturalSortKey(shown));
}

/** What rows are sorted by when the kind of entry comes first: folders, then files by extension, then the rest. */
export function kindValue(kind: EntryKind, extension: string | null): string {
  return `${KIND_RANK[kind]}${comparableKey(extension ?? '')}`;
}

/**
 * A text that JavaScript, which compares UTF-16 units, orders as SQLite does, which compares UTF-8 bytes: surrogates have to come after
 * all other characters. Texts without characters from U+D800 on are returned as they are.
 */
export function comparableKey(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
  });
}

/** SQLite puts names that are text before those that are bytes. */
function compareNames(a: string, b: string): number {
  const [aIsText, bIsText] = [isUtf8(Buffer.from(a, 'latin1')), isUtf8(Buffer.from(b, 'latin1'))];
  if (aIsText !== bIsText) return aIsText ? -1 : 1;
  return compare(a, b);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
