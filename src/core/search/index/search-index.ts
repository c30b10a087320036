import type { IndexedDatabase } from '#core/indexing/index-worker-client.ts';
import type { Indexers } from '#core/indexing/indexers.ts';
import type { Logger } from '#core/log/logger.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Query, QuerySort } from '../query/query.ts';

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
  /** Whether `count` is wanted. */
  count: boolean;
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
  /** Null after the last page. */
  next: SearchKey | null;
  /** Of all pages; not exact: there are more than `value`. Null when it was not asked for. */
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

  constructor(options: SearchIndexesOptions) {
    this.#options = { ...options, log: options.log.child({ component: 'search' }) };
  }

  /**
   * Looks for entries.
   * @throws MooringError `CANCELLED` soon after `signal` aborts; `SEARCH_TOO_SLOW` when a regular expression does not come to its end
   */
  search(_library: IndexedDatabase, _request: SearchRequest, _signal: AbortSignal): Promise<SearchAnswer> {
    return Promise.reject(this.#missing());
  }

  /**
   * Makes the index anew from the entries; meanwhile searches find what they found before.
   * @param onProgress told how many of all entries have been taken in
   * @throws MooringError `CANCELLED` soon after `signal` aborts: then what was there before stays
   */
  rebuild(_library: IndexedDatabase, _onProgress: (done: number, total: number) => void, _signal: AbortSignal): Promise<void> {
    return Promise.reject(this.#missing());
  }

  /** Holds the index against the entries, all of them. @throws MooringError `CANCELLED` */
  check(_library: IndexedDatabase, _signal: AbortSignal): Promise<SearchIndexCheck> {
    return Promise.reject(this.#missing());
  }

  /** Ends the thread that has a library's database open. To be awaited before it is closed or moved. Later searches start it anew. */
  async release(_library: IndexedDatabase): Promise<void> {
    // Nothing is open.
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #missing(): MooringError {
    this.#options.log.error('No search index');
    return new MooringError('INTERNAL', 'The search index is missing.');
  }
}
