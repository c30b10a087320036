import type { LoadedSegment } from './loaded-segment.ts';
import type { Stretch } from './matches.ts';
import { BLOCK_SIZE } from './signature.ts';

/** Of a segment, this many slots are looked at first; then as many as have been by then. */
const FIRST_STRETCH = 64;

/** Blocks of a segment that are looked at, as bits. */
export interface SegmentBlocks {
  segment: LoadedSegment;
  blocks: number;
}

interface Waiting extends SegmentBlocks {
  /** How many of its slots are done, from the end at which it begins: the next one is looked at. */
  done: number;
  /** Of the next slot; what is greater comes first. */
  key: number;
}

/**
 * Goes through segments by time, from the latest to the earliest or the other way, a stretch of one at a time: always of the one that has the next
 * entry. Entries that were read one by one are in no order: all of them come at the time of the first. The other way all blocks are looked at.
 */
export class StretchesByTime {
  readonly #isLatestFirst: boolean;
  /** A binary heap: what comes first is at the top. */
  readonly #heap: Waiting[] = [];

  constructor(segments: readonly SegmentBlocks[], order: 'asc' | 'desc') {
    this.#isLatestFirst = order === 'desc';
    for (const { segment, blocks } of segments) {
      const one = this.#waiting(segment, blocks, 0);
      if (one) this.#push(one);
    }
  }

  /** When the next entry was modified; null where there is none any more. */
  get nextTime(): number | null {
    const [next] = this.#heap;
    return next ? this.#sign * next.key : null;
  }

  /** The stretch that begins with it. */
  take(): { segment: LoadedSegment; stretch: Stretch } | null {
    const [next] = this.#heap;
    if (!next) return null;
    const { segment, blocks, done } = next;
    const { count } = segment.base;
    const end = segment.number === null ? count : this.#endOf(next);
    const after = this.#waiting(segment, blocks, end);
    if (after) this.#sink(after);
    else this.#removeTop();
    return { segment, stretch: this.#isLatestFirst ? { from: done, to: end } : { from: count - end, to: count - done } };
  }

  get #sign(): number {
    return this.#isLatestFirst ? 1 : -1;
  }

  /** Null where it is done. */
  #waiting(segment: LoadedSegment, blocks: number, from: number): Waiting | null {
    const { count } = segment.base;
    let done = from;
    while (this.#isLatestFirst && done < count && !isIn(blocks, done)) done = endOfBlock(done);
    return done < count ? { segment, blocks, done, key: this.#keyOf(segment, done) } : null;
  }

  #endOf({ segment, blocks, done }: Waiting): number {
    const most = Math.min(segment.base.count, done + Math.max(FIRST_STRETCH, done));
    if (!this.#isLatestFirst) return most;
    let end = endOfBlock(done);
    while (end < most && isIn(blocks, end)) end += BLOCK_SIZE;
    return Math.min(end, most);
  }

  #keyOf({ number, base: { modified, count } }: LoadedSegment, done: number): number {
    if (number !== null) return this.#sign * (modified[this.#isLatestFirst ? done : count - 1 - done] ?? 0);
    let key = Number.NEGATIVE_INFINITY;
    for (let slot = 0; slot < count; slot++) key = Math.max(key, this.#sign * (modified[slot] ?? 0));
    return key;
  }

  #push(one: Waiting): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(one);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above];
      if (!other || other.key >= one.key) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = one;
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
  }

  /** Puts one in the place of the top, and from there where it belongs. */
  #sink(one: Waiting): void {
    const heap = this.#heap;
    let at = 0;
    while (true) {
      let below = 2 * at + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (!left) break;
      if (right && right.key > left.key) below += 1;
      const first = heap[below] ?? left;
      if (first.key <= one.key) break;
      heap[at] = first;
      at = below;
    }
    heap[at] = one;
  }
}

function isIn(blocks: number, slot: number): boolean {
  return ((blocks >> (slot / BLOCK_SIZE)) & 1) === 1;
}

function endOfBlock(slot: number): number {
  return slot - (slot % BLOCK_SIZE) + BLOCK_SIZE;
}
