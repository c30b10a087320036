import { lstatSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorNumber } from '#core/fs/fs-error.ts';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { readFolder } from '#core/fs/read-folder.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import { type EntryKind, kindOf } from './describe-entry.ts';
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
  key: string;
  kind: EntryKind;
  /** What is sorted by before the name; equal for all when the name alone counts. */
  value: number | string;
}

const SLICE_MS = 25;
const KIND_RANK: Record<EntryKind, number> = { folder: 0, file: 1, symlink: 2, other: 3 };

/**
 * All rows of a folder in their order. Reads names only, unless the order needs sizes or times. Gives the event loop of
 * its thread a turn every 25 ms, and calls `onSlice` when it goes on.
 *
 * @param isAvoided whether an entry must not be touched, since its volume does not answer
 * @throws an error of `node:fs`
 */
export async function readRows(
  folder: NativePath,
  order: RowOrder,
  isAvoided: (path: NativePath) => boolean,
  onSlice: () => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  let sliceEndMs = performance.now() + SLICE_MS;
  for (const { bytes, dirent } of readFolder(folder)) {
    if (order.showHidden || bytes[0] !== 0x2e) rows.push(toRow(folder, bytes, kindOf(dirent), order.sort, isAvoided));
    if (rows.length % 64 === 0 && performance.now() > sliceEndMs) {
      await nextTurn();
      onSlice();
      sliceEndMs = performance.now() + SLICE_MS;
    }
  }
  return rows.sort((a, b) => compareRows(a, b, order));
}

function toRow(folder: NativePath, bytes: Buffer, kind: EntryKind, sort: EntrySort, isAvoided: (path: NativePath) => boolean): Row {
  const name = bytes.toString('latin1');
  const key = naturalSortKey(bytes.toString('utf8'));
  if (sort === 'name') return { name, key, kind, value: 0 };
  if (sort === 'kind') return { name, key, kind, value: `${KIND_RANK[kind]}${kind === 'file' ? extensionKey(key) : ''}` };
  const path = joinPath(folder, fromBytes(bytes));
  return { name, key, kind, value: isAvoided(path) ? 0 : statValue(path, sort) };
}

function statValue(path: NativePath, sort: 'size' | 'modified'): number {
  try {
    const stats = lstatSync(path);
    if (sort === 'modified') return stats.mtimeMs;
    return stats.isDirectory() ? 0 : stats.size;
  } catch (error) {
    // What cannot be looked at sorts as the smallest and oldest; it is described as a problem when it is shown.
    if (errorNumber(error) !== null) return 0;
    throw error;
  }
}

/** A total order: no two rows of a folder are equal in it. */
export function compareRows(a: Row, b: Row, { order, foldersFirst }: RowOrder): number {
  if (foldersFirst && (a.kind === 'folder') !== (b.kind === 'folder')) return a.kind === 'folder' ? -1 : 1;
  const comparison = compare(a.value, b.value) || compare(a.key, b.key) || compare(a.name, b.name);
  return order === 'asc' ? comparison : -comparison;
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function extensionKey(key: string): string {
  const dot = key.lastIndexOf('.');
  return dot > 0 ? key.slice(dot) : '';
}
