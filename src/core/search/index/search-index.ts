import type { IndexedDatabase } from '#core/indexing/index-worker-client.ts';
import type { Indexers } from '#core/indexing/indexers.ts';
import type { Logger } from '#core/log/logger.ts';
import type { TextRange } from '#shared/contract/search.ts';
import type { Query, QuerySort } from '../query/query.ts';
import { SearchThread } from './search-thread.ts';

/** Where a page ends: the values that its last entry is sorted by, then its id. Plain JSON. */
export type SearchKey = (string | number | null)[];

/** What the index is asked. What it cannot know of locations is told by their row ids. */
export interface SearchRequest {
  query: Query;
  sort: QuerySort;
  /** `relevance` has the best first whatever is said here. */
  order: 'asc' | 'desc';
  limit: number;
  /** `next` of the page before, of the same query and sort; null for the first. */
  after: SearchKey | null;
  /** Counting ends at so many; null where `count` is not wanted. */
  countUpTo: number | null;
  /** Locations whose volume is mounted on this computer. */
  online: ReadonlySet<number>;
  /** The volume of each location, its name folded. */
  volumes: ReadonlyMap<number, { name: string; fingerprint: string }>;
  /** The name of each location, folded. */
  names: ReadonlyMap<number, string>;
}

export interface SearchAnswer {
  /** `entries.id`, in order. An entry may be gone by the time that it is looked up. */
  ids: number[];
  /** Of each of them, what expressions of the query have found in its name (`isMarked`), in UTF-16 code units; null where there are none. */
  marks: TextRange[][] | null;
  /** Null after the last page. */
  next: SearchKey | null;
  /** Of all pages; not exact: there are more than `value`, at which counting ended. Null when it was not asked for. */
  count: { value: number; isExact: boolean } | null;
}

export interface SearchIndexCheck {
  entryCount: number;
  /** Entries of which the search index says something else than the library, or nothing, and ones that are only in it. */
  differenceCount: number;
}

export interface SearchIndexesOptions {
  indexers: Indexers;
  log: Logger;
}

/** The search indexes of this engine, one for each open library. */
export class SearchIndexes {
  readonly #options: SearchIndexesOptions;
  readonly #threads = new Map<IndexedDatabase, SearchThread>();
  /** Those that the indexer is asked to tidy. */
  readonly #untidy = new Set<IndexedDatabase>();

  constructor(options: SearchIndexesOptions) {
    this.#options = { ...options, log: options.log.child({ component: 'search' }) };
  }

  /**
   * Looks for entries.
   * @throws MooringError `CANCELLED` soon after `signal` aborts; `SEARCH_TOO_SLOW` when it does not come to its end
   */
  async search(library: IndexedDatabase, request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
    const { answer, isUntidy } = await this.#thread(library).run({ type: 'search', request }, signal);
    if (isUntidy) this.#tidy(library);
    return answer;
  }

  /** Loads what searching a library needs: somebody is about to. Whoever searches before that is done waits for the rest of it. */
  prepare(library: IndexedDatabase): void {
    const thread = this.#thread(library);
    if (thread.isStarted) return;
    // What is wrong, the search that follows says.
    thread.run({ type: 'prepare' }, new AbortController().signal).catch(() => undefined);
  }

  /**
   * Makes the index anew from the entries; meanwhile searches find what they found before.
   * @param onProgress told how many of its segments are done, and how many there are
   * @throws MooringError `CANCELLED` soon after `signal` aborts: what is not done by then stays as it was
   */
  async rebuild(library: IndexedDatabase, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<void> {
    await this.#options.indexers.for(library).rebuildSearch(onProgress, signal);
  }

  /** Holds the index against the entries, all of them. @throws MooringError `CANCELLED` */
  check(library: IndexedDatabase, signal: AbortSignal): Promise<SearchIndexCheck> {
    return this.#thread(library).run({ type: 'check' }, signal);
  }

  /** Ends the thread that has a library's database open. To be awaited before it is closed or moved. Later searches start it anew. */
  async release(library: IndexedDatabase): Promise<void> {
    const thread = this.#threads.get(library);
    this.#threads.delete(library);
    await thread?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads.keys()].map((library) => this.release(library)));
  }

  #thread(library: IndexedDatabase): SearchThread {
    const present = this.#threads.get(library);
    if (present) return present;
    const thread = new SearchThread(library.databasePath, this.#options.log);
    this.#threads.set(library, thread);
    return thread;
  }

  #tidy(library: IndexedDatabase): void {
    if (this.#untidy.has(library)) return;
    this.#untidy.add(library);
    this.#options.indexers
      .for(library)
      .tidySearch(new AbortController().signal)
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'The search index could not be tidied'))
      .finally(() => this.#untidy.delete(library));
  }
}
