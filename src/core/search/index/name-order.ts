import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import type { LoadedSegment, PartSource } from './loaded-segment.ts';
import { FLAG } from './segment-format.ts';

const ZERO = 0x30;
const NINE = 0x39;

/**
 * The place of names among others, as `entries.sort_key` has it, in the byte order of UTF-8. The index does not keep the keys: they are made of the
 * folded names, and only of those that may be needed.
 */
export class NameOrder {
  readonly #source: PartSource;
  readonly #order: 'asc' | 'desc';
  #segment: LoadedSegment | null = null;

  constructor(source: PartSource, order: 'asc' | 'desc') {
    this.#source = source;
    this.#order = order;
  }

  enter(segment: LoadedSegment): void {
    this.#segment = segment;
  }

  keyOf(slot: number): Buffer {
    const segment = this.#segment;
    if (!segment) return Buffer.alloc(0);
    const isOdd = (segment.flagsOf(slot) & FLAG.oddSortKey) !== 0;
    return Buffer.from(naturalSortKey(isOdd ? segment.shownName(slot, this.#source.spelling(segment)) : segment.foldedName(slot)));
  }

  /** Whether the beginning of a name alone says that it comes after a key. */
  isSurelyAfter(slot: number, key: Buffer | null): boolean {
    const segment = this.#segment;
    if (!segment || !key || (segment.flagsOf(slot) & FLAG.oddSortKey) !== 0) return false;
    const { names, offsets } = segment.base;
    const from = offsets[slot] ?? 0;
    const length = (offsets[slot + 1] ?? 1) - 1 - from;
    for (let at = 0; at < length && at < key.length; at++) {
      const [mine, other] = [names[from + at] ?? 0, key[at] ?? 0];
      // Before digits a key has their number.
      if (mine >= ZERO && mine <= NINE) return false;
      if (mine !== other) return this.#order === 'asc' ? mine > other : mine < other;
    }
    return false;
  }
}
