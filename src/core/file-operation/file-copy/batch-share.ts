import type { CopyControl } from './copy-control.ts';
import { CopyStopped } from './copy-control.ts';
import type { CopiedFile, Outcome, VerifyItem } from './copy-item.ts';
import type { FileVerifier } from './file-verifier.ts';
import type { SmallFileCopier, SmallItem } from './small-file-copy.ts';
import { discardTemp } from './temp-file.ts';

/** How far the threads that share a batch have come: each takes the next `chunk` items that nobody has taken. */
export interface SharedCursor {
  next: SharedArrayBuffer;
  chunk: number;
}

/** What one thread has done of a batch, by the number of each item. */
export type Share<T> = [index: number, outcome: Outcome<T>][];

const FILES_AT_A_TIME = 16;
/** Of large files each thread takes one, so that both end at about the same time. */
const LARGE_BYTES = 1024 * 1024;

export function createCursor(items: readonly { bytes?: number }[]): SharedCursor {
  const hasLarge = items.some(({ bytes = 0 }) => bytes > LARGE_BYTES);
  return { next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT), chunk: hasLarge ? 1 : FILES_AT_A_TIME };
}

/** Numbers of items, until all are taken. */
function* takeNumbers({ next, chunk }: SharedCursor, count: number): Generator<number> {
  const cell = new Int32Array(next);
  for (let start = Atomics.add(cell, 0, chunk); start < count; start = Atomics.add(cell, 0, chunk)) {
    for (let index = start; index < Math.min(start + chunk, count); index++) yield index;
  }
}

function doShare<Item, T>(items: readonly Item[], cursor: SharedCursor, share: Share<T>, work: (item: Item) => T): void {
  for (const index of takeNumbers(cursor, items.length)) {
    const item = items[index];
    if (item === undefined) continue;
    try {
      share.push([index, { value: work(item) }]);
    } catch (error) {
      if (error instanceof CopyStopped) throw error;
      share.push([index, { error }]);
    }
  }
}

/** Copies small files; null stands for one that is not small any more. @throws CopyStopped: nothing is left of this thread's share then */
export function copyShare(
  items: readonly SmallItem[],
  cursor: SharedCursor,
  copier: SmallFileCopier,
  control: CopyControl,
): Share<CopiedFile | null> {
  const share: Share<CopiedFile | null> = [];
  try {
    doShare(items, cursor, share, (item) => copier.copy(item));
    return share;
  } catch (error) {
    discardShare(items, share, control);
    throw error;
  }
}

/** Whether each file holds what it should. @throws CopyStopped */
export function verifyShare(items: readonly VerifyItem[], cursor: SharedCursor, verifier: FileVerifier): Share<boolean> {
  const share: Share<boolean> = [];
  doShare(items, cursor, share, ({ path, bytes, digest }) => verifier.digestOf(path, bytes) === digest);
  return share;
}

/** Removes what a thread has copied of a batch. */
export function discardShare(items: readonly SmallItem[], share: Share<CopiedFile | null>, control: CopyControl): void {
  for (const [index, outcome] of share) {
    const item = items[index];
    if (!item || !('value' in outcome) || !outcome.value) continue;
    control.count(-outcome.value.bytes);
    discardTemp(item.temp);
  }
}

/** Null when the copy has been stopped. */
export function untilStopped<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof CopyStopped) return null;
    throw error;
  }
}
