import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Stretch } from './matches.ts';
import type { RecentEntries } from './recent-entries.ts';
import { BLOCK_SIZE, BLOCKS } from './signature.ts';

/** Of a segment, this many slots are looked at first; then `GROWTH` times as many as have been by then. */
const FIRST_STRETCH = 16;
const GROWTH = 3;

/**
 * Goes through segments by time, from the latest to the earliest or the other way, a stretch of one at a time: always of the one that has the next
 * entry. Entries that were read one by one are in no order: all of them come at the time of the first. The other way all blocks are looked at.
 */
export class StretchesByTime {
  readonly #isLatestFirst: boolean;
  readonly #segments: readonly LoadedSegment[];
  readonly #blockTimes: Float64Array;
  readonly #blocks: Uint16Array;
  /** Of each segment, how many of its slots are done, from the end at which it begins: the next one is looked at. */
  readonly #done: Uint16Array;
  /** Of that slot; what is greater comes first. */
  readonly #keys: Float64Array;
  /** Which segments are not done, as a binary heap: what comes first is at the top. */
  readonly #heap: Int32Array;
  #size = 0;

  /**
   * @param blocks that are looked at, as bits, by the index of their segment
   * @param done entries that have been looked at already, of all that were read one by one, too; from the latest on
   */
  constructor(
    { segments, blockTimes }: Pick<LoadedIndex, 'segments' | 'blockTimes'>,
    blocks: Uint16Array,
    order: 'asc' | 'desc',
    done: RecentEntries | null = null,
  ) {
    this.#isLatestFirst = order === 'desc';
    this.#segments = segments;
    this.#blockTimes = blockTimes;
    this.#blocks = blocks;
    this.#done = new Uint16Array(blocks.length);
    this.#keys = new Float64Array(blocks.length);
    this.#heap = new Int32Array(blocks.length);
    for (let which = 0; which < blocks.length; which++) {
      if (blocks[which] !== 0 && this.#goTo(which, doneIn(segments[which], done))) this.#heap[this.#size++] = which;
    }
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at, this.#heap[at] ?? 0);
  }

  /** When the next entry was modified; null where there is none any more. */
  get nextTime(): number | null {
    return this.#size === 0 ? null : this.#sign * (this.#keys[this.#heap[0] ?? 0] ?? 0);
  }

  /** The stretch that begins with it. */
  take(): { segment: LoadedSegment; stretch: Stretch } | null {
    const which = this.#heap[0] ?? 0;
    const segment = this.#segments[which];
    if (this.#size === 0 || !segment) return null;
    const { count } = segment.base;
    const from = this.#done[which] ?? 0;
    const to = segment.number === null ? count : this.#endOf(segment, from);
    if (this.#goTo(which, to)) this.#sink(0, which);
    else {
      this.#size -= 1;
      this.#sink(0, this.#heap[this.#size] ?? 0);
    }
    return { segment, stretch: this.#isLatestFirst ? { from, to } : { from: count - to, to: count - from } };
  }

  get #sign(): number {
    return this.#isLatestFirst ? 1 : -1;
  }

  /** @returns false where nothing of it is left */
  #goTo(which: number, from: number): boolean {
    const segment = this.#segments[which];
    const blocks = this.#blocks[which] ?? 0;
    if (!segment) return false;
    const { count } = segment.base;
    let done = from;
    while (this.#isLatestFirst && done < count && !isIn(blocks, done)) done = endOfBlock(done);
    if (done >= count) return false;
    this.#done[which] = done;
    this.#keys[which] = this.#keyOf(segment, done);
    return true;
  }

  #endOf({ index, base: { count } }: LoadedSegment, done: number): number {
    const most = Math.min(count, done + Math.max(FIRST_STRETCH, GROWTH * done));
    if (!this.#isLatestFirst) return most;
    const blocks = this.#blocks[index] ?? 0;
    let end = endOfBlock(done);
    while (end < most && isIn(blocks, end)) end += BLOCK_SIZE;
    return Math.min(end, most);
  }

  #keyOf({ index, number, base: { modified, count } }: LoadedSegment, done: number): number {
    if (number !== null) {
      if (!this.#isLatestFirst) return -(modified[count - 1 - done] ?? 0);
      return (done % BLOCK_SIZE === 0 ? this.#blockTimes[index * BLOCKS + done / BLOCK_SIZE] : modified[done]) ?? 0;
    }
    let key = Number.NEGATIVE_INFINITY;
    for (let slot = 0; slot < count; slot++) key = Math.max(key, this.#sign * (modified[slot] ?? 0));
    return key;
  }

  /** Puts one in a place of the heap, or below it where it belongs. */
  #sink(from: number, which: number): void {
    const [heap, keys, size] = [this.#heap, this.#keys, this.#size];
    const key = keys[which] ?? 0;
    let at = from;
    for (let below = 2 * at + 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && (keys[heap[below + 1] ?? 0] ?? 0) > (keys[heap[below] ?? 0] ?? 0)) below += 1;
      const first = heap[below] ?? 0;
      if ((keys[first] ?? 0) <= key) break;
      heap[at] = first;
      at = below;
    }
    heap[at] = which;
  }
}

function doneIn(segment: LoadedSegment | undefined, done: RecentEntries | null): number {
  if (!segment || !done) return 0;
  return segment.number === null ? segment.base.count : done.countIn(segment);
}

function isIn(blocks: number, slot: number): boolean {
  return ((blocks >> (slot / BLOCK_SIZE)) & 1) === 1;
}

function endOfBlock(slot: number): number {
  return slot - (slot % BLOCK_SIZE) + BLOCK_SIZE;
}
