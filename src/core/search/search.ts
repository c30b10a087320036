import type { Jobs } from '#core/job/jobs.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import type { QueryProblem, QueryTerm, SearchHit, SearchSort } from '#shared/contract/search.ts';
import type { SearchAnswer, SearchIndexCheck, SearchIndexes, SearchRequest } from './index/search-index.ts';
import { practise } from './practice.ts';
import { wantedTexts } from './query/highlight.ts';
import { parseQuery } from './query/parse-query.ts';
import { SearchCompletion } from './search-completion.ts';
import { readSearchCursor, writeSearchCursor } from './search-cursor.ts';
import { SearchHits } from './search-hits.ts';
import { searchRebuildJob, startRebuild } from './search-rebuild-job.ts';
import { SearchSurroundings, type SearchSurroundingsOptions, surroundingsOf } from './search-surroundings.ts';

export interface SearchOptions extends SearchSurroundingsOptions {
  libraries: Pick<Libraries, 'resolve' | 'beforeRelease' | 'afterReturn'>;
  indexes: SearchIndexes;
  jobs: Jobs;
}

export interface SearchInput {
  query: string;
  sort: SearchSort;
  /** Left out: ascending for names, else descending. */
  order?: 'asc' | 'desc' | undefined;
  limit: number;
  cursor?: string | undefined;
  count: boolean;
  countUpTo: number;
  /** Left out, the current one. */
  library?: string | undefined;
}

export interface SearchPage {
  items: SearchHit[];
  nextCursor: string | null;
  count: SearchAnswer['count'];
  problems: QueryProblem[];
  terms: QueryTerm[];
}

/** Finds what a library knows, plugged in or not. All throw MooringError `LIBRARY_NOT_OPEN`, `LIBRARY_NOT_FOUND`, `CONFLICT` while it is moved. */
export class Search {
  readonly #options: SearchOptions;
  readonly #hits = new SearchHits();
  readonly #surroundings: SearchSurroundings;
  readonly #completion: SearchCompletion;
  readonly #rebuildJob: ReturnType<typeof searchRebuildJob>;
  /** Their databases are being closed or moved: no thread may open them. */
  readonly #released = new WeakSet<Library>();
  readonly #unsubscribe: (() => void)[];
  readonly #closing = new AbortController();
  #hasPractised = false;

  constructor(options: SearchOptions) {
    this.#options = options;
    this.#surroundings = new SearchSurroundings(options);
    this.#completion = new SearchCompletion({
      surroundings: this.#surroundings,
      find: (library, request, signal) => this.#find(library, request, signal),
    });
    this.#rebuildJob = searchRebuildJob(options.indexes, options.jobs);
    options.jobs.register(this.#rebuildJob);
    this.#unsubscribe = [
      options.libraries.beforeRelease((library) => {
        this.#released.add(library);
        return options.indexes.release(library);
      }),
      options.libraries.afterReturn((library) => this.#released.delete(library)),
    ];
  }

  /**
   * One page of what a query finds. What is wrong in the query is told with it.
   * @throws MooringError `CURSOR_INVALID`, `SEARCH_TOO_SLOW`, `CANCELLED` soon after `signal` aborts
   */
  async query(input: SearchInput, signal: AbortSignal): Promise<SearchPage> {
    const library = this.#resolve(input.library);
    const { query: text, sort, limit } = input;
    const countUpTo = input.count ? input.countUpTo : null;
    const order = sort === 'relevance' ? 'desc' : (input.order ?? (sort === 'name' ? 'asc' : 'desc'));
    const list = { libraryId: library.id, query: text, sort, order };
    const { now, key } = input.cursor === undefined ? { now: Date.now(), key: null } : readSearchCursor(input.cursor, list);
    const { query, problems, terms } = parseQuery(text, { now: new Date(now) });
    const locations = this.#surroundings.locations(library);
    const request = { query, sort, order, limit, after: key, countUpTo, ...surroundingsOf(locations) } as const;
    const answer = query.type === 'none' ? nothing(countUpTo) : await this.#find(library, request, signal);
    return {
      items: this.#hits.describe(library, answer, locations, wantedTexts(query)),
      nextCursor: answer.next && writeSearchCursor(list, now, answer.next),
      count: answer.count,
      problems,
      terms,
    };
  }

  /** What may be written at a place of a query, the likeliest first. A search will follow: what it needs is loaded. @throws MooringError `CANCELLED` soon after `signal` aborts */
  complete(input: { query: string; position?: number | undefined; library?: string | undefined }, signal: AbortSignal) {
    const library = this.#resolve(input.library);
    this.#prepare(library);
    return this.#completion.complete(library, input.query, input.position ?? input.query.length, signal);
  }

  /** Makes the index of a library anew. A job that does so already is returned. */
  rebuild(ref?: string): Job {
    return startRebuild(this.#options.jobs, this.#rebuildJob, this.#resolve(ref));
  }

  /** Holds the index of a library against its entries. @throws MooringError `CANCELLED` soon after `signal` aborts */
  async check(ref: string | undefined, signal: AbortSignal): Promise<SearchIndexCheck & { isConsistent: boolean }> {
    const found = await this.#options.indexes.check(this.#resolve(ref), signal);
    return { isConsistent: found.differenceCount === 0, ...found };
  }

  async close(): Promise<void> {
    for (const end of this.#unsubscribe) end();
    this.#closing.abort();
    await this.#options.indexes.close();
  }

  #prepare(library: Library): void {
    this.#options.indexes.prepare(library);
    if (this.#hasPractised) return;
    this.#hasPractised = true;
    const { signal } = this.#closing;
    const wanted = { sort: 'relevance', count: false, countUpTo: 0, library: library.id } as const;
    void practise((text, limit) => this.query({ ...wanted, query: text, limit }, signal));
  }

  async #find(library: Library, request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
    const answer = await this.#options.indexes.search(library, request, signal);
    // The answer may come just before the thread ends.
    this.#refuseReleased(library);
    return answer;
  }

  #resolve(ref: string | undefined): Library {
    const library = this.#options.libraries.resolve(ref);
    this.#refuseReleased(library);
    return library;
  }

  #refuseReleased(library: Library): void {
    if (this.#released.has(library))
      throw new MooringError('CONFLICT', `“${library.name}” is being closed or moved. Try again in a moment.`);
  }
}

function nothing(countUpTo: number | null): SearchAnswer {
  return { ids: [], marks: null, next: null, count: countUpTo === null ? null : { value: 0, isExact: true } };
}
