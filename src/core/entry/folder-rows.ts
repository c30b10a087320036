import { lstatSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorNumber } from '#core/fs/fs-error.ts';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { readFolder } from '#core/fs/read-folder.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import { type EntryKind, kindOf } from './describe-entry.ts';
import { extensionOf, splitNanoseconds } from './entry-facts.ts';
import { compareRows, kindValue, type Row, type RowOrder, rowKey } from './row-order.ts';

const SLICE_MS = 25;

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
  const shown = bytes.toString('utf8');
  const key = rowKey(shown);
  if (sort === 'name') return { name, key, kind, value: 0 };
  if (sort === 'kind') return { name, key, kind, value: kindValue(kind, kind === 'file' ? extensionOf(shown) : null) };
  const path = joinPath(folder, fromBytes(bytes));
  return { name, key, kind, value: isAvoided(path) ? 0 : statValue(path, sort) };
}

function statValue(path: NativePath, sort: 'size' | 'modified'): number {
  try {
    const stats = lstatSync(path, { bigint: true });
    if (sort === 'modified') return splitNanoseconds(stats.mtimeNs).ms;
    return stats.isDirectory() ? 0 : Number(stats.size);
  } catch (error) {
    // What cannot be looked at sorts as the smallest and oldest; it is described as a problem when it is shown.
    if (errorNumber(error) !== null) return 0;
    throw error;
  }
}
