import { wantedExpressions } from '../query/highlight.ts';
import { forEachMatch } from './collect-matches.ts';
import { FoundEntries } from './found-entries.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Stretch } from './matches.ts';
import { QueryEvaluation } from './query-evaluation.ts';
import { RANK } from './rank.ts';
import type { SearchAnswer, SearchRequest } from './search-index.ts';
import { BLOCK_SIZE } from './signature.ts';
import { type SegmentBlocks, StretchesByTime } from './stretches-by-time.ts';

/** Looks for the first entries that match, and counts them all as far as that is wanted. `check` is called now and then, and may throw to end early. */
export function runSearch(request: SearchRequest, index: LoadedIndex, check: () => void): SearchAnswer {
  return new SearchRun(request, index, check).answer();
}

/** From the best to the worst that names alone have. */
const RANKS_OF_NAMES = [RANK.whole, RANK.start, RANK.wordStart, RANK.inside];

class SearchRun {
  readonly #request: SearchRequest;
  readonly #index: LoadedIndex;
  readonly #check: () => void;
  readonly #evaluation: QueryEvaluation;
  readonly #found: FoundEntries;

  constructor(request: SearchRequest, index: LoadedIndex, check: () => void) {
    this.#request = request;
    this.#index = index;
    this.#check = check;
    this.#evaluation = new QueryEvaluation(request.query, index, request);
    this.#found = new FoundEntries(request, index);
  }

  answer(): SearchAnswer {
    const { sort, order, query, countUpTo } = this.#request;
    if (sort === 'relevance') this.#findBest();
    else {
      this.#evaluation.findFolders(this.#check);
      if (sort === 'modified') this.#findByTime(order, RANK.folder, RANK.whole);
      else this.#findAll();
    }
    return { ...this.#found.page(wantedExpressions(query)), count: countUpTo === null ? null : this.#count(countUpTo) };
  }

  /**
   * One rank after the other, the best first, and each from the latest entry on, in those segments that may have it; it ends when nothing that is left
   * can be better. What is only in a folder that fits comes last: often nothing has to be known of folders.
   */
  #findBest(): void {
    const evaluation = this.#evaluation;
    if (evaluation.needsFolders) evaluation.findFolders(this.#check);
    for (const rank of evaluation.isUnranked ? [RANK.whole] : RANKS_OF_NAMES) {
      this.#findByTime('desc', rank, rank);
      if (this.#found.isFull) return;
    }
    evaluation.findFolders(this.#check);
    if (evaluation.isInFolders) this.#findByTime('desc', RANK.folder, RANK.folder);
  }

  /** Those with ranks from `least` to `best`. */
  #findByTime(order: 'asc' | 'desc', least: number, best: number): void {
    const stretches = new StretchesByTime(this.#possible(least), order);
    for (let time = stretches.nextTime; time !== null; time = stretches.nextTime) {
      this.#check();
      if (this.#found.isBetterThan(best, time)) return;
      const next = stretches.take();
      if (next) this.#take(next.segment, next.stretch, least, best);
    }
  }

  #findAll(): void {
    for (const { segment, blocks } of this.#possible(RANK.folder)) {
      this.#check();
      for (const stretch of stretchesOf(segment, blocks)) this.#take(segment, stretch, RANK.folder, RANK.whole);
    }
  }

  #take(segment: LoadedSegment, stretch: Stretch, least: number, best: number): void {
    const matches = this.#evaluation.matchesIn(segment, stretch, least);
    if (matches === 'none') return;
    this.#found.enter(segment);
    forEachMatch(segment, stretch, matches, this.#index.folders, (slot, rank, folder) => {
      if (rank >= least && rank <= best) this.#found.add(slot, rank, folder);
    });
  }

  #count(upTo: number): SearchAnswer['count'] {
    this.#evaluation.findFolders(this.#check);
    let count = 0;
    for (const { segment, blocks } of this.#possible(RANK.folder)) {
      this.#check();
      for (const stretch of stretchesOf(segment, blocks)) {
        forEachMatch(segment, stretch, this.#evaluation.matchesIn(segment, stretch, RANK.folder), this.#index.folders, () => {
          count += 1;
        });
      }
      if (count > upTo) return { value: upTo, isExact: false };
    }
    return { value: count, isExact: true };
  }

  #possible(least: number): SegmentBlocks[] {
    const possible: SegmentBlocks[] = [];
    for (const segment of this.#index.segments) {
      const blocks = this.#evaluation.blocksIn(segment, least);
      if (blocks !== 0) possible.push({ segment, blocks });
    }
    return possible;
  }
}

/** Blocks that lie next to each other, put together. */
function* stretchesOf({ number, base: { count } }: LoadedSegment, blocks: number): Generator<Stretch> {
  if (number === null) yield { from: 0, to: count };
  else {
    for (let from = 0, to = 0; from < count; from = to) {
      const isIn = ((blocks >> (from / BLOCK_SIZE)) & 1) === 1;
      to = from + BLOCK_SIZE;
      while (to < count && (((blocks >> (to / BLOCK_SIZE)) & 1) === 1) === isIn) to += BLOCK_SIZE;
      if (isIn) yield { from, to: Math.min(to, count) };
    }
  }
}
