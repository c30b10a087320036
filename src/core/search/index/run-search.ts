import { wantedExpressions } from '../query/highlight.ts';
import { forEachMatch } from './collect-matches.ts';
import { NOWHERE } from './folder-table.ts';
import { FoundEntries } from './found-entries.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Stretch } from './matches.ts';
import { QueryEvaluation } from './query-evaluation.ts';
import { RANK } from './rank.ts';
import type { RecentEntries, RecentPart } from './recent-entries.ts';
import type { SearchAnswer, SearchRequest } from './search-index.ts';
import { BLOCK_SIZE } from './signature.ts';
import { StretchesByTime } from './stretches-by-time.ts';

/** Looks for the first entries that match, and counts them all as far as that is wanted. `check` is called now and then, and may throw to end early. */
export function runSearch(request: SearchRequest, index: LoadedIndex, check: () => void): SearchAnswer {
  const run = new SearchRun(request, index, check);
  index.lastSearch = run;
  return run.answer();
}

const EACH = () => true;
/** So many say how many more there are likely to be. */
const FIRST_SEGMENTS = 4;
/** What may be in one of so many segments is common. */
const COMMON_SHARE = 4;

class SearchRun {
  readonly #request: SearchRequest;
  readonly #index: LoadedIndex;
  readonly #check: () => void;
  readonly #evaluation: QueryEvaluation;
  readonly #found: FoundEntries;
  /** What it was made of last, which stays with it: see `LoadedIndex.lastSearch`. */
  stretches: StretchesByTime | null = null;
  next: ReturnType<StretchesByTime['take']> = null;

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
      if (sort === 'modified') this.#findByTime(order, this.#evaluation.blocks(RANK.folder), RANK.folder, RANK.whole);
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
    if (evaluation.isUnranked) {
      this.#findByTime('desc', evaluation.blocks(RANK.whole), RANK.whole, RANK.whole);
      return;
    }
    for (const rank of [RANK.whole, RANK.start]) {
      this.#findByTime('desc', evaluation.blocks(rank), rank, rank);
      if (this.#found.isBetterThan(rank - 1)) return;
    }
    // Whole names are looked through for words: what else of them fits is taken as well, so that no block is looked through twice.
    const blocks = evaluation.blocks(RANK.wordStart);
    this.#findByTime('desc', blocks, RANK.inside, RANK.wordStart);
    if (this.#found.isBetterThan(RANK.inside)) return;
    const others = evaluation.blocks(RANK.inside);
    for (const [index, done] of blocks.entries()) others[index] = (others[index] ?? 0) & ~done;
    this.#findByTime('desc', others, RANK.inside, RANK.inside);
    if (this.#found.isBetterThan(RANK.folder)) return;
    evaluation.findFolders(this.#check);
    if (evaluation.isInFolders) this.#findByTime('desc', evaluation.blocks(RANK.folder), RANK.folder, RANK.folder);
  }

  /** Those with ranks from `least` to `best`, in these blocks. */
  #findByTime(order: 'asc' | 'desc', blocks: Uint16Array, least: number, best: number): void {
    const recent = order === 'desc' ? this.#recentFor(blocks, least) : null;
    if (recent && this.#findRecent(recent, blocks, least, best)) return;
    const stretches = new StretchesByTime(this.#index, blocks, order, recent);
    this.stretches = stretches;
    for (let time = stretches.nextTime; time !== null; time = stretches.nextTime) {
      this.#check();
      if (this.#found.isBetterThan(best, time)) return;
      this.next = stretches.take();
      // Of very many that fit less well, those that are late enough may be known by now.
      const wanted = this.#found.isBetterThan(least, time) ? best : least;
      if (this.next) this.#take(this.next.segment, this.next.stretch, wanted, best);
    }
  }

  /** Where a text alone is looked for in so many places that it is likely to be in the latest entries. */
  #recentFor(blocks: Uint16Array, least: number): RecentEntries | null {
    const { recent, segments } = this.#index;
    if (!recent || !this.#evaluation.onlyText || least < RANK.inside) return null;
    let segmentCount = 0;
    for (const some of blocks) if (some !== 0) segmentCount += 1;
    return segmentCount * COMMON_SHARE > segments.length ? recent : null;
  }

  /** The same among the latest entries, and those that were read one by one, which are in no order. @returns whether nothing that is left can be better */
  #findRecent(recent: RecentEntries, blocks: Uint16Array, least: number, best: number): boolean {
    for (const segment of this.#index.segments) {
      if (segment.number === null && blocks[segment.index] !== 0) this.#take(segment, { from: 0, to: segment.base.count }, least, best);
    }
    for (const part of recent.parts) {
      this.#check();
      if (this.#found.isBetterThan(best, part.latest)) return true;
      this.#takeRecent(part, blocks, this.#found.isBetterThan(least, part.latest) ? best : least, best);
    }
    return false;
  }

  #takeRecent(part: RecentPart, blocks: Uint16Array, least: number, best: number): void {
    const ranks = new Uint8Array(part.slots.length);
    if (!this.#evaluation.onlyText?.scanRecent(part, least, ranks)) return;
    const { folders } = this.#index;
    for (let which = 0; which < ranks.length; which++) {
      const rank = ranks[which] ?? 0;
      const slot = part.slots[which] ?? 0;
      const segment = part.segments[which];
      if (rank < least || rank > best || !segment?.isLive(slot)) continue;
      // Of blocks that have been looked through before, all is known.
      if ((((blocks[segment.index] ?? 0) >> (slot / BLOCK_SIZE)) & 1) === 0) continue;
      this.#found.enter(segment);
      const folder = segment.folderOf(slot);
      if (!this.#found.mayTake(slot, rank) || folder < 0 || folders.locationOf(folder) === NOWHERE) continue;
      this.#found.add(slot, rank, folder);
    }
  }

  #findAll(): void {
    const blocks = this.#evaluation.blocks(RANK.folder);
    for (const segment of this.#index.segments) {
      this.#check();
      for (const stretch of stretchesOf(segment, blocks)) this.#take(segment, stretch, RANK.folder, RANK.whole);
    }
  }

  #take(segment: LoadedSegment, stretch: Stretch, least: number, best: number): void {
    const matches = this.#evaluation.matchesIn(segment, stretch, least);
    if (matches === 'none') return;
    this.#found.enter(segment);
    const found = this.#found;
    forEachMatch(
      segment,
      stretch,
      matches,
      this.#index.folders,
      (slot, rank) => rank >= least && rank <= best && found.mayTake(slot, rank),
      (slot, rank, folder) => found.add(slot, rank, folder),
    );
  }

  #count(upTo: number): SearchAnswer['count'] {
    const evaluation = this.#evaluation;
    if (!evaluation.needsFolders && this.#isSurelyMore(upTo)) return { value: upTo, isExact: false };
    evaluation.findFolders(this.#check);
    const blocks = evaluation.blocks(RANK.folder);
    let count = 0;
    for (const segment of this.#index.segments) {
      this.#check();
      count += this.#countIn(segment, blocks, RANK.folder);
      if (count > upTo) return { value: upTo, isExact: false };
    }
    return { value: count, isExact: true };
  }

  /** Whether more than so many match already without what is known of folders, which takes longer to find out. Given up when it seems not to be so. */
  #isSurelyMore(upTo: number): boolean {
    const { segments, entryCount } = this.#index;
    if (upTo >= entryCount) return false;
    const blocks = this.#evaluation.blocks(RANK.inside);
    let count = 0;
    for (const [index, segment] of segments.entries()) {
      this.#check();
      count += this.#countIn(segment, blocks, RANK.inside);
      if (count > upTo) return true;
      if (index >= FIRST_SEGMENTS && count * segments.length < (upTo / 2) * index) return false;
    }
    return false;
  }

  #countIn(segment: LoadedSegment, blocks: Uint16Array, least: number): number {
    let count = 0;
    for (const stretch of stretchesOf(segment, blocks)) {
      forEachMatch(segment, stretch, this.#evaluation.matchesIn(segment, stretch, least), this.#index.folders, EACH, () => {
        count += 1;
      });
    }
    return count;
  }
}

/** Blocks that lie next to each other, put together. @param all by the index of their segment */
function* stretchesOf({ index, number, base: { count } }: LoadedSegment, all: Uint16Array): Generator<Stretch> {
  const blocks = all[index] ?? 0;
  if (blocks === 0) return;
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
