import Database from 'better-sqlite3';
import { LoadedSegment } from './loaded-segment.ts';
import type { SearchIndexCheck } from './search-index.ts';
import { isSearched, type SearchedRow, SearchedRows } from './searched-rows.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { decodeBase, decodeNumbers, decodeSpelling, PART, partId, SEGMENT_SIZE, type SegmentBase, segmentOf } from './segment-format.ts';
import { makeSignature } from './signature.ts';

type Described = Map<number, string>;

/**
 * Holds the search index against the entries: all that its segments say of those that have not changed since, and what they should say. Both are
 * of one moment. `check` is called between segments, and may throw to end early.
 */
export function checkIndex(databasePath: string, check: () => void): SearchIndexCheck {
  const connection = new Database(databasePath, { readonly: true, fileMustExist: true });
  try {
    connection.exec('BEGIN');
    return new IndexCheck(connection).run(check);
  } finally {
    connection.close();
  }
}

class IndexCheck {
  readonly #connection: Database.Database;
  readonly #rows: SearchedRows;
  readonly #part: Database.Statement<[number], Buffer>;

  constructor(connection: Database.Database) {
    this.#connection = connection;
    this.#rows = new SearchedRows(connection);
    this.#part = connection.prepare<[number], Buffer>('SELECT data FROM search_parts WHERE id = ?').pluck();
  }

  run(check: () => void): SearchIndexCheck {
    const segments = new Set(this.#connection.prepare<[], number>('SELECT id FROM search_segments').pluck().all());
    const changed = new Set(this.#connection.prepare<[], number>('SELECT DISTINCT entry_id FROM search_changes').pluck().all());
    const entryCount = this.#connection.prepare<[], number>('SELECT count(*) FROM entries').pluck().get() ?? 0;
    let differenceCount = 0;
    for (const segment of segments) {
      check();
      differenceCount += this.#differencesIn(segment, changed);
    }
    return { entryCount, differenceCount: differenceCount + this.#stray(segments) };
  }

  #differencesIn(segment: number, changed: ReadonlySet<number>): number {
    const first = segment * SEGMENT_SIZE;
    const rows = [...this.#rows.between(first, first + SEGMENT_SIZE - 1)].filter((row) => isSearched(row) && !changed.has(row.id));
    const wanted = describeRows(rows);
    const present = this.#describe(segment);
    for (const id of changed) if (segmentOf(id) === segment) present.delete(id);
    const ids = new Set([...wanted.keys(), ...present.keys()]);
    let differences = 0;
    for (const id of ids) if (wanted.get(id) !== present.get(id)) differences += 1;
    return differences;
  }

  #describe(number: number): Described {
    try {
      const base = decodeBase(this.#bytes(partId(number, PART.base)));
      const segment = new LoadedSegment(number, base);
      segment.numbers = decodeNumbers(this.#bytes(partId(number, PART.numbers)), base.count);
      segment.spelling = decodeSpelling(this.#bytes(partId(number, PART.spelling)));
      return hasTrueSignature(base, number) ? describe(segment) : new Map();
    } catch {
      // Nothing can be read of it: that differs from each entry that it should have.
      return new Map();
    }
  }

  /** Parts that no segment has, and segments without ids. */
  #stray(segments: ReadonlySet<number>): number {
    const parts = this.#connection.prepare<[], number>('SELECT DISTINCT id >> 2 FROM search_parts').pluck().all();
    return parts.filter((segment) => !segments.has(segment)).length;
  }

  #bytes(id: number): Buffer {
    const bytes = this.#part.get(id);
    if (!bytes) throw new Error(`Part ${id} of the search index is missing.`);
    return bytes;
  }
}

function hasTrueSignature(base: SegmentBase, segment: number): boolean {
  return base.count === 0 || Buffer.compare(makeSignature(base, segment), base.signature) === 0;
}

function describeRows(rows: readonly SearchedRow[]): Described {
  const builder = new SegmentBuilder();
  for (const row of rows) builder.add(row.id, row);
  const segment = new LoadedSegment(null, builder.base());
  segment.numbers = builder.numbers();
  segment.spelling = builder.spelling();
  return describe(segment);
}

/** What a segment says of each entry. */
function describe(segment: LoadedSegment): Described {
  const { numbers, spelling, base } = segment;
  const described: Described = new Map();
  for (let slot = 0; slot < base.count; slot++) {
    const flags = segment.flagsOf(slot);
    if (!spelling) continue;
    const facts = [segment.parentIdOf(slot), flags, base.modified[slot], numbers?.size[slot], numbers?.born[slot]];
    described.set(segment.idOf(slot), [...facts, segment.foldedName(slot), segment.shownName(slot, spelling)].join('\0'));
  }
  return described;
}
