import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorNumber } from '#core/fs/fs-error.ts';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { readFolder } from '#core/fs/read-folder.ts';
import type { EntrySort } from '#shared/contract/entry.ts';
import { type EntryKind, kindOf } from './describe-entry.ts';
import { extensionOf, splitNanoseconds, tellableBirth } from './entry-facts.ts';
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
  // How much is in the folders of a folder nobody has counted.
  if (sort === 'items' || (sort === 'link' && kind !== 'symlink')) return { name, key, kind, value: null };
  if (sort === 'kind') return { name, key, kind, value: kindValue(kind, kind === 'file' ? extensionOf(shown) : null) };
  const path = joinPath(folder, fromBytes(bytes));
  return { name, key, kind, value: isAvoided(path) ? unseen(sort) : seenValue(path, sort) };
}

type SeenSort = Exclude<EntrySort, 'name' | 'kind' | 'items'>;

function seenValue(path: NativePath, sort: SeenSort): Row['value'] {
  try {
    if (sort === 'link') return rowKey(readlinkSync(path, 'buffer').toString('utf8'));
    return statValue(lstatSync(path, { bigint: true }), sort);
  } catch (error) {
    // It is described as a problem when it is shown.
    if (errorNumber(error) !== null) return unseen(sort);
    throw error;
  }
}

function statValue(stats: BigIntStats, sort: Exclude<SeenSort, 'link'>): Row['value'] {
  if (sort === 'modified') return splitNanoseconds(stats.mtimeNs).ms;
  if (sort === 'permissions') return Number(stats.mode) & 0o7777;
  if (sort === 'created') return stats.birthtimeNs > 0 ? tellableBirth(splitNanoseconds(stats.birthtimeNs).ms) : null;
  return stats.isDirectory() ? 0 : Number(stats.size);
}

/** What cannot be looked at sorts as the smallest and oldest, or comes last. */
function unseen(sort: SeenSort): Row['value'] {
  return sort === 'size' || sort === 'modified' ? 0 : null;
}
