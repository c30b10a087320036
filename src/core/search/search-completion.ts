import { type EntryDatabase, StatementCache } from '#core/entry/entry-statements.ts';
import type { Library } from '#core/library/library.ts';
import type { TextRange } from '#shared/contract/search.ts';
import type { SearchAnswer, SearchRequest } from './index/search-index.ts';
import { detail, NO_DETAIL, plainDetail } from './query/completion-detail.ts';
import { completionPlace } from './query/completion-place.ts';
import { type Completion, completeValue, completeWord, type NamedValue, quoteValue, rankValues } from './query/completions.ts';
import { KIND_EXTENSIONS } from './query/file-kinds.ts';
import { foldText } from './query/fold-text.ts';
import type { Query } from './query/query.ts';
import { SearchHits } from './search-hits.ts';
import { type SearchSurroundings, surroundingsOf } from './search-surroundings.ts';

export interface SearchCompletionOptions {
  surroundings: SearchSurroundings;
  /** @throws MooringError also when the library was closed meanwhile */
  find(library: Library, request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer>;
}

const MOST = 20;
/** Which extensions a library has is told by samples of it: counting all of a million entries would take longer than typing does. */
const SAMPLES = 16;
const SAMPLE_SIZE = 512;
const FRESH_MS = 60_000;
const SAMPLE = `SELECT extension FROM entries WHERE id >= ? ORDER BY id LIMIT ${SAMPLE_SIZE}`;

/** Offers what may be written at a place of a query. */
export class SearchCompletion {
  readonly #options: SearchCompletionOptions;
  readonly #statements = new StatementCache();
  readonly #hits = new SearchHits();
  /** By library; the most frequent first. */
  readonly #extensions = new WeakMap<EntryDatabase, { at: number; values: string[] }>();

  constructor(options: SearchCompletionOptions) {
    this.#options = options;
  }

  /** @throws MooringError `CANCELLED` soon after `signal` aborts */
  async complete(
    library: Library,
    text: string,
    position: number,
    signal: AbortSignal,
  ): Promise<{ range: TextRange; items: Completion[] }> {
    const place = completionPlace(text, position);
    if (!place) {
      const caret = Math.min(position, text.length);
      return { range: { start: caret, end: caret }, items: [] };
    }
    const { range, filter, typed } = place;
    const items = filter === null ? completeWord(typed) : await this.#values(library, filter, typed, signal);
    return { range, items: items.slice(0, MOST) };
  }

  async #values(library: Library, filter: string, typed: string, signal: AbortSignal): Promise<Completion[]> {
    const known = completeValue(filter, typed, new Date());
    if (known) return known;
    if (filter === 'ext') return plainValues(this.#extensionsOf(library).filter((value) => begins(value, typed)));
    const locations = [...this.#options.surroundings.locations(library).values()];
    const named = locations.map(({ row, volumeName }) => ({ value: row.name, ...detail('location-on', { volume: volumeName }) }));
    if (filter === 'location') return rankValues(named, typed);
    if (filter === 'volume') {
      return rankValues(
        locations.map(({ volumeName, isOnline }) => ({ value: volumeName, ...detail(isOnline ? 'volume-online' : 'volume-offline') })),
        typed,
      );
    }
    if (filter === 'in') return rankValues([...named, ...(await this.#folders(library, typed, signal))], typed);
    return [];
  }

  /** Folders whose name has what is written after the last slash, below those that are written before it. */
  async #folders(library: Library, typed: string, signal: AbortSignal): Promise<NamedValue[]> {
    const names = typed.split('/');
    const last = foldText(names.pop() ?? '');
    const above = names.map(foldText).filter((name) => name !== '');
    const of: Query[] = [{ type: 'kind', kinds: ['folder'] }];
    if (last !== '') of.push({ type: 'text', text: last });
    if (above.length > 0) of.push({ type: 'in', path: above });
    if (of.length === 1) return [];
    const locations = this.#options.surroundings.locations(library);
    const request = { sort: 'relevance', order: 'desc', limit: 2 * MOST, after: null, countUpTo: null } as const;
    const answer = await this.#options.find(library, { query: { type: 'and', of }, ...request, ...surroundingsOf(locations) }, signal);
    const before = names.length === 0 ? '' : `${names.join('/')}/`;
    return this.#hits
      .describe(library, answer, locations, [])
      .filter(({ entry }) => foldText(entry.name).includes(last))
      .map(({ entry, folderText }) => ({ value: before + entry.name, ...plainDetail(folderText) }));
  }

  /** What a sample of the library has, then what else there is. */
  #extensionsOf(library: Library): string[] {
    const known = this.#extensions.get(library);
    const now = Date.now();
    if (known && now - known.at < FRESH_MS) return known.values;
    const sampled = this.#statements.read(library, ({ all, get }) => {
      const highest = get<{ id: number | null }>('SELECT max(id) AS id FROM entries')?.id ?? 0;
      const step = Math.max(SAMPLE_SIZE, highest / SAMPLES);
      return Array.from({ length: SAMPLES }, (_, index) => all<{ extension: string | null }>(SAMPLE, Math.floor(index * step))).flat();
    });
    const counts = new Map<string, number>();
    for (const { extension } of sampled) if (extension) counts.set(extension, (counts.get(extension) ?? 0) + 1);
    const found = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([extension]) => extension);
    const values = [...new Set([...found, ...Object.values(KIND_EXTENSIONS).flatMap((list) => list.split(' '))])];
    this.#extensions.set(library, { at: now, values });
    return values;
  }
}

function plainValues(values: readonly string[]): Completion[] {
  return values.map((value) => ({ text: quoteValue(value), label: value, ...NO_DETAIL }));
}

function begins(value: string, typed: string): boolean {
  return foldText(value).startsWith(foldText(typed.replace(/^\*?\./, '')));
}
