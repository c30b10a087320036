import Database from 'better-sqlite3';
import type { SearchRequest } from '#core/search/index/search-index.ts';
import { foldText } from '#core/search/query/fold-text.ts';
import type { Query } from '#core/search/query/query.ts';

/** An entry as it is found: whole, with the names of all folders above it. */
export interface ReferenceEntry {
  id: number;
  locationId: number;
  shown: string;
  folded: string;
  /** UTF-8. */
  sortKey: Buffer;
  kind: 'folder' | 'file' | 'symlink' | 'other';
  size: number;
  modified: number;
  born: number | null;
  childCount: number | null;
  /** Folded, the location's first. The same array for all that are in one folder. */
  above: readonly string[];
}

interface Row {
  id: number;
  parent_id: number | null;
  name: string | Buffer;
  sort_key: string;
  kind: number;
  size: number;
  modified_ms: number;
  born_ms: number | null;
  child_count: number | null;
}

const KINDS = ['folder', 'file', 'symlink', 'other'] as const;

/** All that can be found in a library, read from `entries` alone, from the roots of its locations down. */
export function readEntries(databasePath: string, names: ReadonlyMap<number, string>): ReferenceEntry[] {
  const connection = new Database(databasePath, { readonly: true });
  try {
    const children = new Map<number, Row[]>();
    const rows = connection.prepare<[], Row>('SELECT * FROM entries WHERE parent_id IS NOT NULL').all();
    for (const row of rows) {
      const siblings = children.get(row.parent_id ?? 0) ?? [];
      siblings.push(row);
      children.set(row.parent_id ?? 0, siblings);
    }
    const found: ReferenceEntry[] = [];
    const visit = (folderId: number, locationId: number, above: readonly string[]) => {
      for (const row of children.get(folderId) ?? []) {
        const entry = toEntry(row, locationId, above);
        found.push(entry);
        visit(row.id, locationId, [...above, entry.folded]);
      }
    };
    const roots = connection.prepare<[], { id: number; root: number }>('SELECT id, root_entry_id AS root FROM locations').all();
    for (const { id, root } of roots) visit(root, id, [names.get(id) ?? '']);
    return found;
  } finally {
    connection.close();
  }
}

function toEntry(row: Row, locationId: number, above: readonly string[]): ReferenceEntry {
  const shown = row.name.toString();
  const kind = KINDS[row.kind];
  if (!kind) throw new Error(`Entry ${row.id} has no kind`);
  const { id, size, modified_ms: modified, born_ms: born, child_count: childCount } = row;
  const sortKey = Buffer.from(row.sort_key);
  return { id, locationId, shown, folded: foldText(shown), sortKey, kind, size, modified, born, childCount, above };
}

/** The plainest way to answer searches there is: a look at every entry. */
export class ReferenceSearch {
  readonly #entries: readonly ReferenceEntry[];
  /** All entries in the orders that were asked for. */
  readonly #sorted = new Map<string, ReferenceEntry[]>();

  constructor(entries: readonly ReferenceEntry[]) {
    this.#entries = entries;
  }

  /** The ids of all that matches, in order. */
  find(request: SearchRequest): number[] {
    const look = new PlainLook(request);
    const byRank: number[][] = [[], [], [], [], [], []];
    for (const entry of this.#inOrder(request)) byRank[look.rankOf(request.query, entry)]?.push(entry.id);
    const [, ...found] = byRank;
    return request.sort === 'relevance'
      ? found.toReversed().flat()
      : this.#inOrder(request)
          .map(({ id }) => id)
          .filter(isAmong(found));
  }

  /** By relevance: as those of one rank follow each other. */
  #inOrder({ sort, order }: SearchRequest): ReferenceEntry[] {
    const key = `${sort} ${order}`;
    const sorted = this.#sorted.get(key) ?? this.#entries.toSorted((a, b) => compare(a, b, sort, order === 'asc' ? 1 : -1) || a.id - b.id);
    this.#sorted.set(key, sorted);
    return sorted;
  }
}

function isAmong(found: readonly number[][]): (id: number) => boolean {
  const ids = new Set(found.flat());
  return (id) => ids.has(id);
}

function compare(a: ReferenceEntry, b: ReferenceEntry, sort: SearchRequest['sort'], sign: number): number {
  if (sort === 'relevance') return b.modified - a.modified || a.above.length - b.above.length;
  if (sort === 'name') return sign * Buffer.compare(a.sortKey, b.sortKey);
  if (sort === 'created') return byMaybe(a.born, b.born, sign);
  return sign * (a[sort] - b[sort]);
}

/** What is not known comes last. */
function byMaybe(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

class PlainLook {
  readonly #around: SearchRequest;
  /** What is asked of the folders above is the same for all that are in one. */
  readonly #ofFolders = new Map<Query, Map<readonly string[], boolean>>();

  constructor(around: SearchRequest) {
    this.#around = around;
  }

  /** 5 the whole name, 4 its beginning, 3 the beginning of a word, 2 anywhere, 1 a folder above, 0 not at all; 5 for what is no word. */
  rankOf(query: Query, entry: ReferenceEntry): number {
    if (query.type === 'and') return query.of.reduce((worst, one) => Math.min(worst, this.rankOf(one, entry)), 5);
    if (query.type === 'or') return query.of.reduce((best, one) => Math.max(best, this.rankOf(one, entry)), 0);
    if (query.type === 'text') return this.#rankOfText(query, entry);
    return this.#doesMatch(query, entry) ? 5 : 0;
  }

  #rankOfText(query: Extract<Query, { type: 'text' }>, { folded, above }: ReferenceEntry): number {
    const { text } = query;
    if (!folded.includes(text)) return this.#isAbove(query, above, () => above.some((name) => name.includes(text))) ? 1 : 0;
    if (folded === text || folded.replace(/(?<=.)\.[^.]+$/su, '') === text) return 5;
    if (folded.startsWith(text)) return 4;
    const before = placesOf(text, folded).map((at) => Array.from(folded.slice(0, at)).at(-1) ?? '');
    return before.some((character) => !/[\p{L}\p{N}]/u.test(character)) ? 3 : 2;
  }

  #doesMatch(query: Query, entry: ReferenceEntry): boolean {
    const { online, volumes, names } = this.#around;
    switch (query.type) {
      case 'all':
        return true;
      case 'not':
        return this.rankOf(query.of, entry) === 0;
      case 'regex':
        query.regex.lastIndex = 0;
        return query.regex.test(entry.shown);
      case 'extension':
        return entry.kind === 'file' && query.extensions.includes(foldText(/^.+\.([^.]+)$/su.exec(entry.shown)?.[1] ?? ''));
      case 'kind':
        return query.kinds.includes(entry.kind);
      case 'size':
        return entry.size >= (query.min ?? 0) && entry.size <= (query.max ?? Number.MAX_VALUE);
      case 'time': {
        const time = query.field === 'modified' ? entry.modified : entry.born;
        return time !== null && time >= (query.from ?? -8.64e15) && time < (query.before ?? 8.64e15);
      }
      case 'in': {
        const { above } = entry;
        const isBelow = () => above.some((_, end) => `/${above.slice(0, end + 1).join('/')}`.endsWith(`/${query.path.join('/')}`));
        return this.#isAbove(query, above, isBelow);
      }
      case 'volume': {
        const volume = volumes.get(entry.locationId);
        return volume?.fingerprint === query.text || (volume?.name.includes(query.text) ?? false);
      }
      case 'location':
        return names.get(entry.locationId)?.includes(query.text) ?? false;
      case 'online':
        return online.has(entry.locationId) === query.isOnline;
      case 'hidden':
        return entry.shown.startsWith('.');
      case 'empty':
        return entry.kind === 'file' ? entry.size === 0 : entry.kind === 'folder' && entry.childCount === 0;
      default:
        return false;
    }
  }

  #isAbove(query: Query, above: readonly string[], isTrue: () => boolean): boolean {
    const known = this.#ofFolders.get(query) ?? new Map<readonly string[], boolean>();
    this.#ofFolders.set(query, known);
    const answer = known.get(above) ?? isTrue();
    known.set(above, answer);
    return answer;
  }
}

function placesOf(text: string, folded: string): number[] {
  return Array.from({ length: folded.length }, (_, at) => at).filter((at) => folded.startsWith(text, at));
}
