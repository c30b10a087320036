import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { IndexWriter, Participant } from '#core/indexing/index-writer.ts';
import { isSearched, SearchedRows } from './searched-rows.ts';
import { type SearchedEntry, SegmentBuilder } from './segment-builder.ts';
import { encodeBase, encodeNumbers, encodeSpelling, FIRST_VERSION, PART, partId, SEGMENT_SIZE, segmentOf } from './segment-format.ts';
import { finishSegment } from './segment-order.ts';

/** A segment with so many changes is written anew: from then on they would cost searches more than it costs to write it. */
const MOST_CHANGES_OF_ONE = 1024;
/** With more changes than the first in all, segments are written anew until there are fewer than the second. */
const MOST_CHANGES = 16_384;
const FEW_CHANGES = 8192;

/**
 * Keeps the search index in the transactions that change the entries. A segment is made of what is inserted once its ids are all given, without
 * reading it again; one of which something was not inserted one by one, and one with many changes, is made of its rows when there is time.
 * Until then whoever searches reads the rows.
 */
export class SegmentWriter implements Participant {
  readonly #writer: IndexWriter;
  readonly #rows: SearchedRows;
  readonly #putSegment: Database.Statement<[number]>;
  readonly #putPart: Database.Statement<[number, Uint8Array]>;
  readonly #forgetChanges: Database.Statement<[number, number]>;
  #collected: { segment: number; builder: SegmentBuilder } | null = null;
  #complete: { segment: number; builder: SegmentBuilder }[] = [];

  constructor(writer: IndexWriter) {
    this.#writer = writer;
    const { connection } = writer;
    this.#rows = new SearchedRows(connection);
    this.#putSegment = connection.prepare(
      `INSERT INTO search_segments (id, version) VALUES (?, ${FIRST_VERSION})
       ON CONFLICT (id) DO UPDATE SET version = max(version + 1, ${FIRST_VERSION})`,
    );
    this.#putPart = connection.prepare('INSERT OR REPLACE INTO search_parts (id, data) VALUES (?, ?)');
    this.#forgetChanges = connection.prepare('DELETE FROM search_changes WHERE entry_id BETWEEN ? AND ?');
  }

  /** Takes a new row. Those of a segment have to come in order, with none left out; else it is made of its rows later. */
  collect(id: number, entry: SearchedEntry): void {
    const slot = id % SEGMENT_SIZE;
    if (slot === 0) this.#collected = { segment: segmentOf(id), builder: new SegmentBuilder(id) };
    const collected = this.#collected;
    if (!collected) return;
    if (slot !== collected.builder.count || segmentOf(id) !== collected.segment) {
      this.#collected = null;
      return;
    }
    collected.builder.add(id, entry);
    if (!collected.builder.isFull) return;
    this.#complete.push(collected);
    this.#collected = null;
  }

  /** What has changed since a row was collected, the triggers of `entries` have noted. */
  beforeCommit(): void {
    for (const { segment, builder } of this.#complete) this.#write(segment, builder);
    this.#complete = [];
  }

  undone(): void {
    this.#collected = null;
    this.#complete = [];
  }

  /** Makes the segments that are missing, and anew those with many changes; lets other work go on between them. `check` may throw to end early. */
  async tidy(check: () => void): Promise<void> {
    this.#leaveOutRepeated();
    for (const segment of this.#untidy()) {
      await this.#remake(segment);
      check();
    }
  }

  /** Makes all segments anew; searches go on meanwhile. */
  async rebuild(onProgress: (done: number, total: number) => void, check: () => void): Promise<void> {
    const count = this.#wholeSegments();
    this.#writer.begin();
    this.#writer.connection.prepare('DELETE FROM search_segments WHERE id >= ?').run(count);
    this.#writer.connection.prepare('DELETE FROM search_parts WHERE id >= ?').run(partId(count, PART.base));
    this.#writer.commit();
    for (let segment = 0; segment < count; segment++) {
      await this.#remake(segment);
      onProgress(segment + 1, count);
      check();
    }
  }

  async #remake(segment: number): Promise<void> {
    this.#writer.begin();
    const first = segment * SEGMENT_SIZE;
    const last = first + SEGMENT_SIZE - 1;
    this.#write(segment, buildSegment(this.#rows, segment));
    this.#forgetChanges.run(first, last);
    this.#writer.commit();
    await nextTurn();
  }

  #write(segment: number, builder: SegmentBuilder): void {
    const { base, numbers, spelling } = finishSegment(
      { base: builder.base(), numbers: builder.numbers(), spelling: builder.spelling() },
      segment,
    );
    this.#putSegment.run(segment);
    this.#putPart.run(partId(segment, PART.base), encodeBase(base));
    this.#putPart.run(partId(segment, PART.numbers), encodeNumbers(numbers));
    this.#putPart.run(partId(segment, PART.spelling), encodeSpelling(spelling));
  }

  /** Segments of which all ids are given. */
  #wholeSegments(): number {
    const { connection } = this.#writer;
    const highest = connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM entries').pluck().get() ?? 0;
    return segmentOf(highest + 1);
  }

  /** Of an entry that changes all the time, as a log does, the last change is enough. */
  #leaveOutRepeated(): void {
    const { connection } = this.#writer;
    const [all = 0, different = 0] =
      connection.prepare<[], [number, number]>('SELECT count(*), count(DISTINCT entry_id) FROM search_changes').raw().get() ?? [];
    if (all < MOST_CHANGES_OF_ONE || all < 2 * different) return;
    this.#writer.begin();
    connection.exec('DELETE FROM search_changes WHERE sequence NOT IN (SELECT max(sequence) FROM search_changes GROUP BY entry_id)');
    this.#writer.commit();
  }

  #untidy(): number[] {
    const { connection } = this.#writer;
    const count = this.#wholeSegments();
    const present = new Set(
      connection.prepare<[], number>(`SELECT id FROM search_segments WHERE version >= ${FIRST_VERSION}`).pluck().all(),
    );
    const missing = Array.from({ length: count }, (_, segment) => segment).filter((segment) => !present.has(segment));
    const changed = connection
      .prepare<[], [segment: number, changes: number]>(
        `SELECT entry_id / ${SEGMENT_SIZE}, count(*) FROM search_changes GROUP BY 1 ORDER BY 2 DESC`,
      )
      .raw()
      .all()
      .filter(([segment]) => present.has(segment));
    const total = changed.reduce((sum, [, changes]) => sum + changes, 0);
    let left = total;
    for (const [segment, changes] of changed) {
      const isDue = changes >= MOST_CHANGES_OF_ONE || (total > MOST_CHANGES && left > FEW_CHANGES);
      if (!isDue) break;
      missing.push(segment);
      left -= changes;
    }
    return missing;
  }
}

/** A segment of what its rows say now. Of entries that are all gone next to nothing stays. */
export function buildSegment(rows: SearchedRows, segment: number): SegmentBuilder {
  const first = segment * SEGMENT_SIZE;
  const builder = new SegmentBuilder(first);
  for (const row of rows.between(first, first + SEGMENT_SIZE - 1)) if (isSearched(row)) builder.add(row.id, row);
  return builder;
}
