import type { TextRange } from '#shared/contract/search.ts';
import { expressionRanges } from '../query/highlight.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import { NameOrder } from './name-order.ts';
import { sizesOf } from './query-evaluation.ts';
import { RANK } from './rank.ts';
import type { SearchAnswer, SearchKey, SearchRequest } from './search-index.ts';

/**
 * An entry in its order: greater `first` comes first, then greater `second`, then less `depth`, then less `id`. By name, `name` comes before all.
 */
interface Place {
  first: number;
  second: number;
  depth: number;
  id: number;
  name: Buffer | null;
  segment: LoadedSegment | null;
  slot: number;
}

/** What a segment's entries are sorted by, made once for each segment. */
interface Values {
  first(slot: number): number;
  second(slot: number): number;
}

/**
 * Takes entries in any order, and keeps the first so many after a place. What comes before all, in each order: by relevance the better
 * rank, then the later, then the less deep; else what the order says, the unknown last in both directions. Then the smaller id.
 */
export class FoundEntries {
  readonly #request: Pick<SearchRequest, 'sort' | 'order' | 'limit'>;
  readonly #index: LoadedIndex;
  readonly #after: Place | null;
  readonly #names: NameOrder | null;
  /** The last of those that are kept at the top: each comes after those below it in the tree. */
  readonly #heap: Place[] = [];
  readonly #capacity: number;
  #segment: LoadedSegment | null = null;
  #values: Values = { first: () => 0, second: () => 0 };

  constructor(request: Pick<SearchRequest, 'sort' | 'order' | 'limit' | 'after'>, index: LoadedIndex) {
    this.#request = request;
    this.#index = index;
    this.#names = request.sort === 'name' ? new NameOrder(index, request.order) : null;
    this.#after = request.after && readKey(request.after, request.sort, request.order);
    // One more than is wanted tells whether there is a next page.
    this.#capacity = request.limit + 1;
  }

  /** To be called before entries of a segment are added. */
  enter(segment: LoadedSegment): void {
    this.#segment = segment;
    this.#values = this.#valuesOf(segment);
    this.#names?.enter(segment);
  }

  /** False where all that is to be kept comes before it: it need not be added. */
  mayTake(slot: number, rank: number): boolean {
    const worst = this.#heap.length === this.#capacity ? this.#heap[0] : undefined;
    if (!worst) return true;
    const byRelevance = this.#request.sort === 'relevance';
    const first = byRelevance ? rank : this.#values.first(slot);
    if (first !== worst.first) return first > worst.first;
    if (byRelevance) return this.#values.second(slot) >= worst.second;
    return !this.#names?.isSurelyAfter(slot, worst.name);
  }

  add(slot: number, rank: number, folder: number): void {
    const byRelevance = this.#request.sort === 'relevance';
    const first = byRelevance ? rank : this.#values.first(slot);
    const second = byRelevance ? this.#values.second(slot) : 0;
    const worst = this.#heap.length === this.#capacity ? this.#heap[0] : undefined;
    const segment = this.#segment;
    if (!segment) return;
    const depth = byRelevance ? this.#index.folders.depthOf(folder) + 1 : 0;
    const place = { first, second, depth, id: segment.idOf(slot), name: this.#names?.keyOf(slot) ?? null, segment, slot };
    if (this.#after && this.#compare(place, this.#after) <= 0) return;
    if (!worst) this.#push(place);
    else if (this.#compare(place, worst) < 0) this.#replaceTop(place);
  }

  /**
   * Whether all that is to be kept is better than anything of a rank and a time (left out: any) can be. For relevance, and for the time of
   * modification.
   */
  isBetterThan(rank: number, modified = Number.POSITIVE_INFINITY): boolean {
    const worst = this.#heap.length === this.#capacity ? this.#heap[0] : undefined;
    if (!worst) return false;
    const { sort, order } = this.#request;
    if (sort === 'relevance') return worst.first > rank || (worst.first === rank && worst.second > modified);
    return worst.first > (order === 'desc' ? modified : -modified);
  }

  /** Those that were kept, in order. @param expressions what they find in names is said with them */
  page(expressions: readonly RegExp[]): Omit<SearchAnswer, 'count'> {
    const inOrder = this.#heap.toSorted((a, b) => this.#compare(a, b));
    const { limit, sort, order } = this.#request;
    const page = inOrder.slice(0, limit);
    const last = page.at(-1);
    return {
      ids: page.map(({ id }) => id),
      marks: expressions.length === 0 ? null : page.map(({ segment, slot }) => this.#marksOf(segment, slot, expressions)),
      next: last && inOrder.length > limit ? writeKey(last, sort, order) : null,
    };
  }

  #marksOf(segment: LoadedSegment | null, slot: number, expressions: readonly RegExp[]): TextRange[] {
    return segment ? expressionRanges(segment.shownName(slot, this.#index.spelling(segment)), expressions) : [];
  }

  #valuesOf(segment: LoadedSegment): Values {
    const { sort, order } = this.#request;
    const { modified } = segment.base;
    if (sort === 'relevance') return { first: () => 0, second: (slot) => modified[slot] ?? 0 };
    if (sort === 'name') return { first: () => 0, second: () => 0 };
    const sign = order === 'desc' ? 1 : -1;
    const second = () => 0;
    if (sort === 'modified') return { first: (slot) => sign * (modified[slot] ?? 0), second };
    if (sort === 'size') {
      const sizeOf = sizesOf(segment, this.#index);
      return { first: (slot) => sign * sizeOf(slot), second };
    }
    const { born } = this.#index.numbers(segment);
    return {
      first: (slot) => {
        const time = born[slot] ?? Number.NaN;
        return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : sign * time;
      },
      second,
    };
  }

  /** Less than 0 where `a` comes first. */
  #compare(a: Place, b: Place): number {
    if (a.name && b.name) {
      const names = Buffer.compare(a.name, b.name);
      if (names !== 0) return this.#request.order === 'asc' ? names : -names;
    }
    if (a.first !== b.first) return a.first > b.first ? -1 : 1;
    if (a.second !== b.second) return a.second > b.second ? -1 : 1;
    return a.depth - b.depth || a.id - b.id;
  }

  #push(place: Place): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(place);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above];
      if (!other || this.#compare(place, other) <= 0) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = place;
  }

  #replaceTop(place: Place): void {
    const heap = this.#heap;
    let at = 0;
    while (true) {
      let below = 2 * at + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (!left) break;
      if (right && this.#compare(right, left) > 0) below += 1;
      const later = heap[below] ?? left;
      if (this.#compare(place, later) >= 0) break;
      heap[at] = later;
      at = below;
    }
    heap[at] = place;
  }
}

function writeKey({ first, second, depth, id, name }: Place, sort: SearchRequest['sort'], order: SearchRequest['order']): SearchKey {
  if (sort === 'relevance') return [first, second, depth, id];
  if (sort === 'name') return [name?.toString() ?? '', id];
  if (first === Number.NEGATIVE_INFINITY) return [null, id];
  return [order === 'desc' ? first : -first, id];
}

function readKey(key: SearchKey, sort: SearchRequest['sort'], order: SearchRequest['order']): Place {
  const place = { first: 0, second: 0, depth: 0, id: Number(key.at(-1)), name: null, segment: null, slot: 0 };
  const value = key[0];
  if (sort === 'relevance') return { ...place, first: Number(value ?? RANK.none), second: Number(key[1]), depth: Number(key[2]) };
  if (sort === 'name') return { ...place, name: Buffer.from(String(value)) };
  if (value === null) return { ...place, first: Number.NEGATIVE_INFINITY };
  return { ...place, first: order === 'desc' ? Number(value) : -Number(value) };
}
