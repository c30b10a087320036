import type { LoadedSegment } from './loaded-segment.ts';
import { type KeptNames, NameMemory } from './name-memory.ts';

/** No more of them are kept: a common text is in a hundred of them, and to look through all takes a fraction of a millisecond. */
const MOST = 32_768;
/** And no more than one of so many. */
const SHARE = 8;
/** Among fewer segments the latest are found as soon. */
const FEW_SEGMENTS = 4;
/** So many are looked through at once. */
const PART_SIZE = 512;
/** Halvings by which a time is found; times are below 2^53. */
const HALVINGS = 54;

/** Some of the latest entries, from the latest on. */
export interface RecentPart {
  names: KeptNames;
  /** When the first of them was modified. */
  latest: number;
  /** Where each of them is. */
  segments: readonly LoadedSegment[];
  slots: Uint16Array;
}

/**
 * The latest entries of all segments in one row. A search for a common text needs no more: else it would look at the first few of each segment, and
 * with ten million entries wait for memory in 2,400 places. Holds until a segment is loaded anew.
 */
export class RecentEntries {
  readonly parts: readonly RecentPart[];
  readonly #counts: ReadonlyMap<LoadedSegment, number>;

  constructor(all: readonly LoadedSegment[]) {
    const segments = all.filter(({ number }) => number !== null);
    this.#counts = segments.length < FEW_SEGMENTS ? new Map() : latestOf(segments);
    this.parts = partsOf(this.#counts);
  }

  /** How many of a segment's slots are among them: its first ones. */
  countIn(segment: LoadedSegment): number {
    return this.#counts.get(segment) ?? 0;
  }
}

/** Of each segment the number of entries that are later than a time: the earliest of which not too many are. */
function latestOf(segments: readonly LoadedSegment[]): Map<LoadedSegment, number> {
  let total = 0;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { base } of segments) {
    if (base.count === 0) continue;
    total += base.count;
    low = Math.min(low, (base.modified[base.count - 1] ?? 0) - 1);
    high = Math.max(high, base.modified[0] ?? 0);
  }
  const most = Math.min(MOST, Math.floor(total / SHARE));
  for (let halving = 0; halving < HALVINGS && high - low > 1; halving++) {
    const time = Math.floor((low + high) / 2);
    if (segments.reduce((sum, segment) => sum + countAfter(segment, time), 0) > most) low = time;
    else high = time;
  }
  return new Map(segments.map((segment) => [segment, countAfter(segment, high)]));
}

/** Slots of a segment are in order, the latest first. */
function countAfter({ base: { modified, count } }: LoadedSegment, time: number): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((modified[middle] ?? 0) > time) from = middle + 1;
    else to = middle;
  }
  return from;
}

function partsOf(counts: ReadonlyMap<LoadedSegment, number>): RecentPart[] {
  const entries = Array.from(counts, ([segment, count]) =>
    Array.from({ length: count }, (_, slot) => ({ segment, slot, time: segment.base.modified[slot] ?? 0 })),
  ).flat();
  entries.sort((a, b) => b.time - a.time);
  const memory = new NameMemory();
  const parts: RecentPart[] = [];
  for (let from = 0; from < entries.length; from += PART_SIZE) {
    const some = entries.slice(from, from + PART_SIZE);
    parts.push({
      names: memory.keepEach(some.map(({ segment, slot }) => segment.nameBytes(slot))),
      latest: some[0]?.time ?? 0,
      segments: some.map(({ segment }) => segment),
      slots: Uint16Array.from(some, ({ slot }) => slot),
    });
  }
  return parts;
}
