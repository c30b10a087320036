import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { Indexers } from '#core/indexing/indexers.ts';
import { type SearchAnswer, SearchIndexes, type SearchRequest } from '#core/search/index/search-index.ts';
import { foldText } from '#core/search/query/fold-text.ts';
import { IndexWorld } from '#test/engine/indexing/index-world.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { RandomQueries } from './random-queries.ts';
import { ReferenceSearch, readEntries } from './reference-search.ts';

/** Pages of one query that are compared at most. */
const MOST_PAGES = 4;

/** A database that is indexed and searched: nothing else of an engine. */
export class SearchWorld extends IndexWorld {
  readonly indexes: SearchIndexes;
  readonly #indexers: Indexers;
  readonly #names = new Map<number, string>();
  readonly #online = new Set<number>();

  constructor(folder: string) {
    super(folder);
    const log = { child: () => log, info: () => undefined, warn: console.warn, error: console.error } as never;
    this.#indexers = new Indexers({ deviceId: 'd', log });
    this.indexes = new SearchIndexes({ indexers: this.#indexers, log });
  }

  static override async make(): Promise<SearchWorld> {
    return new SearchWorld(await makeTestDir('search'));
  }

  /** Locations that are offline are so to searches alone. */
  addSearched(name: string, isOnline = true): IndexedRoot {
    const root = this.addLocation(name);
    this.#names.set(root.locationId, foldText(name));
    if (isOnline) this.#online.add(root.locationId);
    return root;
  }

  get around(): Pick<SearchRequest, 'online' | 'volumes' | 'names'> {
    const volumes = new Map([...this.#names.keys()].map((id) => [id, { name: `disk ${id}`, fingerprint: `f${id}` }]));
    return { online: this.#online, volumes, names: this.#names };
  }

  request(wanted: Partial<SearchRequest> & Pick<SearchRequest, 'query'>): SearchRequest {
    return { sort: 'relevance', order: 'desc', limit: 50, after: null, countUpTo: Number.MAX_SAFE_INTEGER, ...this.around, ...wanted };
  }

  search(request: SearchRequest, signal = new AbortController().signal): Promise<SearchAnswer> {
    return this.indexes.search(this.database, request, signal);
  }

  /** Names that are found, in order. */
  async namesOf(request: SearchRequest): Promise<string[]> {
    const { ids } = await this.search(request);
    const shown = new Map(this.entries().map((entry) => [entry.id, entry.shown]));
    return ids.map((id) => shown.get(id) ?? '');
  }

  entries() {
    return readEntries(this.database.path, this.#names);
  }

  tidy(): Promise<void> {
    return this.#indexers.for(this.database).tidySearch(new AbortController().signal);
  }

  /** Holds the answers to random queries, page by page, against the plainest way to find them. */
  async expectTruth(queries: number, seed: number): Promise<void> {
    const entries = this.entries();
    const reference = new ReferenceSearch(entries);
    const random = new RandomQueries(seed, entries);
    let query = 0;
    // While one is looked for here, the other is in the search thread.
    const ask = async () => {
      while (query < queries) {
        const told = `query ${query++} of seed ${seed}`;
        await this.#expectAnswer(reference, random.next(this.around), told);
      }
    };
    await Promise.all([ask(), ask()]);
  }

  async #expectAnswer(reference: ReferenceSearch, request: SearchRequest, told: string): Promise<void> {
    const expected = reference.find(request);
    let after: SearchRequest['after'] = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer: SearchAnswer = await this.search({ ...request, after });
      const from = page * request.limit;
      const ids = expected.slice(from, from + request.limit);
      const wanted = { ids, count: countOf(expected.length, request.countUpTo), hasMore: expected.length > from + request.limit };
      const found = { ids: answer.ids, count: answer.count, hasMore: answer.next !== null };
      if (!isDeepStrictEqual(found, wanted)) expect(found, `${told}, page ${page}: ${describe(request)}`).toEqual(wanted);
      if (answer.next === null) break;
      // As it comes back from a client.
      after = JSON.parse(JSON.stringify(answer.next));
    }
  }

  async expectConsistent(): Promise<void> {
    const { differenceCount } = await this.indexes.check(this.database, new AbortController().signal);
    expect(differenceCount).toBe(0);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.indexes.close();
    await this.#indexers.close();
    await super[Symbol.asyncDispose]();
  }
}

function countOf(all: number, upTo: number | null): SearchAnswer['count'] {
  if (upTo === null) return null;
  return { value: Math.min(all, upTo), isExact: all <= upTo };
}

function describe({ query, sort, order, limit }: SearchRequest): string {
  const readable = (_key: string, value: unknown) => (value instanceof RegExp ? String(value) : value);
  return `${JSON.stringify(query, readable)} by ${sort} ${order}, ${limit} at a time`;
}
