import { RANK } from './rank.ts';
import { SEGMENT_SIZE } from './segment-format.ts';

/** A row of slots of a segment, from `from` to before `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** Which slots of a stretch match, and how well: by slot, a rank (`RANK`) for each, 0 for those that do not. What is not in the stretch has no meaning. */
export type Matches = 'none' | 'all' | Uint8Array;

/** Arrays for the matches of one stretch, used again for the next. */
export class MatchArrays {
  readonly #arrays: Uint8Array[] = [];
  #used = 0;

  /** All that were taken are free again. */
  reset(): void {
    this.#used = 0;
  }

  /** One of zeros. */
  take({ from, to }: Stretch): Uint8Array {
    let array = this.#arrays[this.#used];
    if (array) array.fill(0, from, to);
    else {
      array = new Uint8Array(SEGMENT_SIZE);
      this.#arrays.push(array);
    }
    this.#used += 1;
    return array;
  }
}

/** Of words that are all wanted the worst counts. */
export function both(a: Matches, b: Matches, stretch: Stretch, arrays: MatchArrays): Matches {
  if (a === 'none' || b === 'none') return 'none';
  if (a === 'all') return b;
  if (b === 'all') return a;
  const result = arrays.take(stretch);
  let hasAny = false;
  for (let slot = stretch.from; slot < stretch.to; slot++) {
    const rank = Math.min(a[slot] ?? 0, b[slot] ?? 0);
    if (rank === 0) continue;
    result[slot] = rank;
    hasAny = true;
  }
  return hasAny ? result : 'none';
}

/** Of words one of which is wanted the best counts. */
export function either(a: Matches, b: Matches, stretch: Stretch, arrays: MatchArrays): Matches {
  if (a === 'none') return b;
  if (b === 'none') return a;
  if (a === 'all' || b === 'all') return 'all';
  const result = arrays.take(stretch);
  for (let slot = stretch.from; slot < stretch.to; slot++) result[slot] = Math.max(a[slot] ?? 0, b[slot] ?? 0);
  return result;
}

export function without(a: Matches, stretch: Stretch, arrays: MatchArrays): Matches {
  if (a === 'none') return 'all';
  if (a === 'all') return 'none';
  const result = arrays.take(stretch);
  for (let slot = stretch.from; slot < stretch.to; slot++) result[slot] = a[slot] === 0 ? RANK.whole : 0;
  return result;
}

/** Slots for which something is true. */
export function where(stretch: Stretch, arrays: MatchArrays, isTrue: (slot: number) => boolean): Matches {
  const result = arrays.take(stretch);
  let hasAny = false;
  for (let slot = stretch.from; slot < stretch.to; slot++) {
    if (!isTrue(slot)) continue;
    result[slot] = RANK.whole;
    hasAny = true;
  }
  return hasAny ? result : 'none';
}
