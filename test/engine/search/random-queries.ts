import type { SearchRequest } from '#core/search/index/search-index.ts';
import { foldText } from '#core/search/query/fold-text.ts';
import type { Query, QuerySort } from '#core/search/query/query.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import type { ReferenceEntry } from './reference-search.ts';

const SORTS: QuerySort[] = ['relevance', 'relevance', 'relevance', 'name', 'size', 'modified', 'created'];
const ODD_TEXTS = [
  '.',
  ' ',
  '-',
  '_',
  '(',
  '\ufffd',
  'ss',
  'ß',
  'é',
  '字',
  '🎉',
  '\u0301x',
  '½',
  '㎏',
  '\0',
  "'; DROP TABLE entries; --",
  '%',
  '*',
];
const REGEXES = [/^[a-f].*\d/iu, /\.(jpg|png)$/iu, /\p{Lu}\p{Ll}+/u, /^\./u, /[^ -~]/u, /(.)\1\1/u, /^.{1,4}$/su, /\d{3,}/gu];
const DEEPEST = 3;

/** Queries of all kinds, made of what is there, so that most of them find something. The same for the same seed. */
export class RandomQueries {
  readonly #random: () => number;
  readonly #entries: readonly ReferenceEntry[];

  constructor(seed: number, entries: readonly ReferenceEntry[]) {
    this.#random = seededRandom(seed);
    this.#entries = entries;
  }

  next(around: Pick<SearchRequest, 'online' | 'volumes' | 'names'>): SearchRequest {
    return {
      query: this.#query(0),
      sort: this.#pick(SORTS),
      order: this.#pick(['asc', 'desc']),
      limit: this.#pick([1, 2, 7, 50, 200]),
      after: null,
      countUpTo: this.#pick([null, 1, 3, 40, Number.MAX_SAFE_INTEGER]),
      ...around,
    };
  }

  #query(depth: number): Query {
    const chance = this.#random();
    if (depth >= DEEPEST || chance < 0.45) return this.#text();
    if (chance < 0.6) return { type: 'and', of: this.#several(depth) };
    if (chance < 0.68) return { type: 'or', of: this.#several(depth) };
    if (chance < 0.75) return { type: 'not', of: this.#query(depth + 1) };
    return this.#filter();
  }

  #several(depth: number): Query[] {
    return Array.from({ length: this.#pick([1, 2, 2, 3]) }, () => this.#query(depth + 1));
  }

  /** A part of a name, of a folder's, of several letters or one, or something that is in none. */
  #text(): Query {
    if (this.#random() < 0.1) return text(this.#pick(ODD_TEXTS));
    const entry = this.#entry();
    const name = this.#random() < 0.2 ? this.#pick(entry.above) : entry.folded;
    const characters = [...name];
    if (this.#random() < 0.1) return text(name.replace(/\.[^.]*$/, ''));
    const from = this.#random() < 0.3 ? 0 : this.#below(characters.length);
    return text(characters.slice(from, from + this.#pick([1, 1, 2, 2, 3, 3, 4, 6, 20])).join(''));
  }

  #filter(): Query {
    const entry = this.#entry();
    const filters: (() => Query)[] = [
      () => ({ type: 'extension', extensions: [foldText(/\.([^.]+)$/.exec(entry.shown)?.[1] ?? ''), 'txt'] }),
      () => ({ type: 'extension', extensions: [this.#pick(['', 'jpg', 'no such extension', 'md'])] }),
      () => ({ type: 'kind', kinds: this.#pick([['folder'], ['file'], ['symlink', 'other'], ['file', 'folder']]) }),
      () => ({ type: 'size', min: this.#maybe(entry.size), max: this.#maybe(entry.size * 3) }),
      () => ({ type: 'time', field: 'modified', from: this.#maybe(entry.modified), before: this.#maybe(entry.modified + 1e10) }),
      () => ({ type: 'time', field: 'created', from: this.#maybe(entry.born ?? 0), before: this.#maybe((entry.born ?? 0) + 5) }),
      () => ({ type: 'in', path: entry.above.slice(this.#below(entry.above.length)) }),
      () => ({ type: 'in', path: ['nowhere', ...entry.above.slice(-1)] }),
      () => ({ type: 'volume', text: this.#pick(['disk', 'one', 'f1', 'nothing']) }),
      () => ({ type: 'location', text: this.#pick(['o', 'first', 'zzz']) }),
      () => ({ type: 'online', isOnline: this.#random() < 0.5 }),
      () => ({ type: 'hidden' }),
      () => ({ type: 'empty' }),
      () => ({ type: 'regex', regex: this.#pick(REGEXES) }),
      () => ({ type: 'all' }),
      () => ({ type: 'none' }),
    ];
    return this.#pick(filters)();
  }

  #entry(): ReferenceEntry {
    return this.#pick(this.#entries);
  }

  #maybe(value: number): number | null {
    return this.#random() < 0.3 ? null : value;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #pick<T>(from: readonly T[]): T {
    const one = from[this.#below(from.length)];
    if (one === undefined) throw new Error('There is nothing to choose from');
    return one;
  }
}

/** Never empty: what is made of marks alone folds to nothing. */
function text(written: string): Query {
  return { type: 'text', text: foldText(written) || 'a' };
}
