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
  sortKey: string;
  kind: 'folder' | 'file' | 'symlink' | 'other';
  size: number;
  modified: number;
  born: number | null;
  childCount: number | null;
  /** Folded, the location's first. */
  above: string[];
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
    for (const row of rows) children.set(row.parent_id ?? 0, [...(children.get(row.parent_id ?? 0) ?? []), row]);
    const found: ReferenceEntry[] = [];
    const visit = (folderId: number, locationId: number, above: string[]) => {
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

function toEntry(row: Row, locationId: number, above: string[]): ReferenceEntry {
  const shown = row.name.toString();
  const kind = KINDS[row.kind];
  if (!kind) throw new Error(`Entry ${row.id} has no kind`);
  const { id, size, sort_key: sortKey, modified_ms: modified, born_ms: born, child_count: childCount } = row;
  return { id, locationId, shown, folded: foldText(shown), sortKey, kind, size, modified, born, childCount, above };
}

/** The ids of all that matches, in order: the plainest way to answer a search there is. */
export function referenceSearch(all: readonly ReferenceEntry[], request: SearchRequest): number[] {
  const ranked = all.flatMap((entry) => {
    const rank = rankOf(request.query, entry, request);
    return rank === 0 ? [] : [{ entry, rank }];
  });
  const sign = request.order === 'asc' ? 1 : -1;
  ranked.sort((a, b) => {
    const by: Record<SearchRequest['sort'], () => number> = {
      relevance: () => b.rank - a.rank || b.entry.modified - a.entry.modified || a.entry.above.length - b.entry.above.length,
      name: () => sign * Buffer.compare(Buffer.from(a.entry.sortKey), Buffer.from(b.entry.sortKey)),
      size: () => sign * (a.entry.size - b.entry.size),
      modified: () => sign * (a.entry.modified - b.entry.modified),
      created: () => byMaybe(a.entry.born, b.entry.born, sign),
    };
    return by[request.sort]() || a.entry.id - b.entry.id;
  });
  return ranked.map(({ entry }) => entry.id);
}

/** What is not known comes last. */
function byMaybe(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

/** 5 the whole name, 4 its beginning, 3 the beginning of a word, 2 anywhere, 1 a folder above, 0 not at all; 5 for what is no word. */
function rankOf(query: Query, entry: ReferenceEntry, around: SearchRequest): number {
  if (query.type === 'and') return Math.min(5, ...query.of.map((one) => rankOf(one, entry, around)));
  if (query.type === 'or') return Math.max(0, ...query.of.map((one) => rankOf(one, entry, around)));
  if (query.type === 'text') return rankOfText(query.text, entry);
  return doesMatch(query, entry, around) ? 5 : 0;
}

function rankOfText(text: string, { folded, above }: ReferenceEntry): number {
  if (folded === text || folded.replace(/(?<=.)\.[^.]+$/su, '') === text) return 5;
  if (folded.startsWith(text)) return 4;
  if (!folded.includes(text)) return above.some((name) => name.includes(text)) ? 1 : 0;
  const before = placesOf(text, folded).map((at) => Array.from(folded.slice(0, at)).at(-1) ?? '');
  return before.some((character) => !/[\p{L}\p{N}]/u.test(character)) ? 3 : 2;
}

function placesOf(text: string, folded: string): number[] {
  return Array.from({ length: folded.length }, (_, at) => at).filter((at) => folded.startsWith(text, at));
}

function doesMatch(query: Query, entry: ReferenceEntry, around: SearchRequest): boolean {
  switch (query.type) {
    case 'all':
      return true;
    case 'not':
      return rankOf(query.of, entry, around) === 0;
    case 'regex':
      return new RegExp(query.regex.source, query.regex.flags).test(entry.shown);
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
    case 'in':
      return entry.above.some((_, end) => `/${entry.above.slice(0, end + 1).join('/')}`.endsWith(`/${query.path.join('/')}`));
    case 'volume': {
      const volume = around.volumes.get(entry.locationId);
      return volume?.fingerprint === query.text || (volume?.name.includes(query.text) ?? false);
    }
    case 'location':
      return around.names.get(entry.locationId)?.includes(query.text) ?? false;
    case 'online':
      return around.online.has(entry.locationId) === query.isOnline;
    case 'hidden':
      return entry.shown.startsWith('.');
    case 'empty':
      return entry.kind === 'file' ? entry.size === 0 : entry.kind === 'folder' && entry.childCount === 0;
    default:
      return false;
  }
}
