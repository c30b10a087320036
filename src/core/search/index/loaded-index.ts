import Database from 'better-sqlite3';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { findEmpty, sumUp } from './folder-sums.ts';
import { FolderTable } from './folder-table.ts';
import { LoadedSegment, type PartSource } from './loaded-segment.ts';
import { NameMemory } from './name-memory.ts';
import { Overlay } from './overlay.ts';
import { RecentEntries } from './recent-entries.ts';
import { isSearched, SearchedRows } from './searched-rows.ts';
import {
  decodeBase,
  decodeNumbers,
  decodeSpelling,
  FIRST_VERSION,
  PART,
  type Part,
  partId,
  SEGMENT_SIZE,
  type SegmentNumbers,
  type SegmentSpelling,
  segmentOf,
} from './segment-format.ts';
import { BLOCK_SIZE, BLOCKS } from './signature.ts';
import { SignatureTable } from './signature-table.ts';

/** Parts that only some searches need are kept up to so many bytes in all; beyond them they are read each time. */
const KEPT_PART_BYTES = 512 * 1024 ** 2;
const BUSY_TIMEOUT_MS = 2000;
/** More entries than this in no segment, or changed since: the indexer should see to it. */
const MANY_OUTSIDE = 32_768;

const FEW_SEGMENTS = 100;
/** While entries are written in great numbers, the latest are not put in a row more often. */
const RECENT_EVERY_MS = 1000;

/** The search index of one database in memory, as of the transaction that is under way. */
export class LoadedIndex implements PartSource {
  readonly #connection: Database.Database;
  readonly #begin: Database.Statement<[]>;
  readonly #commit: Database.Statement<[]>;
  /** Another number whenever any other connection has written. */
  readonly #versionNow: Database.Statement<[], number>;
  readonly #rows: SearchedRows;
  readonly #part: Database.Statement<[number], Buffer>;
  readonly #versions: Database.Statement<[], [number, number]>;
  readonly #changesSince: Database.Statement<[number], [sequence: number, entryId: number]>;
  readonly #childCount: Database.Statement<[number], number | null>;
  readonly #log: (problem: unknown) => void;
  /**
   * What the last search was made of. V8 drops the machine code of objects none of which are left when it collects garbage, as it does in a pause: the
   * searches after it would take several times as long.
   */
  lastSearch: object | null = null;
  #dataVersion = -1;
  #segments = new Map<number, { version: number; segment: LoadedSegment }>();
  #memory = new NameMemory();
  #signatures = new SignatureTable();
  #overlay = new Overlay(this.#memory);
  /** Segments that were loaded again since all were: what they had is still in `#memory`. */
  #replaced = 0;
  #folders = new FolderTable();
  #sequence = 0;
  #highestId = -1;
  #keptBytes = 0;
  #all: LoadedSegment[] = [];
  #blockTimes = new Float64Array(0);
  #recent: RecentEntries | null = null;
  #recentAt = Number.NEGATIVE_INFINITY;
  #sizes: Float64Array | null = null;
  #emptyFolders: Uint8Array | null = null;

  /** @param log told of segments that cannot be read; their entries are read one by one */
  constructor(databasePath: string, log: (problem: unknown) => void) {
    this.#log = log;
    this.#connection = new Database(databasePath, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    this.#begin = this.#connection.prepare('BEGIN');
    this.#commit = this.#connection.prepare('COMMIT');
    this.#versionNow = this.#connection.prepare<[], number>('PRAGMA data_version').pluck();
    this.#rows = new SearchedRows(this.#connection);
    this.#part = this.#connection.prepare<[number], Buffer>('SELECT data FROM search_parts WHERE id = ?').pluck();
    this.#versions = this.#connection
      .prepare<[], [number, number]>(`SELECT id, version FROM search_segments WHERE version >= ${FIRST_VERSION} ORDER BY id`)
      .raw();
    this.#changesSince = this.#connection
      .prepare<[number], [number, number]>('SELECT sequence, entry_id FROM search_changes WHERE sequence > ? ORDER BY sequence')
      .raw();
    this.#childCount = this.#connection.prepare<[number], number | null>('SELECT child_count FROM entries WHERE id = ?').pluck();
  }

  /** Runs `work` on what the database holds now. `check` may throw to end early. */
  read<T>(work: () => T, check: () => void): T {
    this.#begin.run();
    try {
      this.#refresh(check);
      this.#keepRecent();
      return work();
    } finally {
      this.#commit.run();
    }
  }

  close(): void {
    this.#connection.close();
  }

  get segments(): readonly LoadedSegment[] {
    return this.#all;
  }

  /** Of `segments`. */
  get signatures(): SignatureTable {
    return this.#signatures;
  }

  /** When the first entry of each block was modified: `BLOCKS` of each segment, by its index. */
  get blockTimes(): Float64Array {
    return this.#blockTimes;
  }

  get folders(): FolderTable {
    return this.#folders;
  }

  get entryCount(): number {
    return this.#segments.size * SEGMENT_SIZE + this.#overlay.size;
  }

  /** Much is read from the entries that could be in segments. */
  get isUntidy(): boolean {
    return this.#overlay.size > MANY_OUTSIDE;
  }

  /** Null while it has just been loaded anew. */
  get recent(): RecentEntries | null {
    return this.#recent;
  }

  numbers(segment: LoadedSegment): SegmentNumbers {
    if (segment.numbers) return segment.numbers;
    const bytes = this.#bytes(segment.number, PART.numbers);
    const numbers = decodeNumbers(bytes, segment.base.count);
    if (this.#mayKeep(bytes)) segment.numbers = numbers;
    return numbers;
  }

  spelling(segment: LoadedSegment): SegmentSpelling {
    if (segment.spelling) return segment.spelling;
    const bytes = this.#bytes(segment.number, PART.spelling);
    const spelling = decodeSpelling(bytes);
    if (this.#mayKeep(bytes)) segment.spelling = spelling;
    return spelling;
  }

  /**
   * Bytes below each folder, by its place. Summed up here: at every commit it is the sum of the files below, and to be told of each change would
   * cost the indexer a write for every folder above a file.
   */
  get folderSizes(): Float64Array {
    this.#sizes ??= sumUp(this);
    return this.#sizes;
  }

  /** Folders of which it is known that nothing is in them, by their places. */
  get emptyFolders(): Uint8Array {
    this.#emptyFolders ??= findEmpty(this, (id) => this.#childCount.get(id) ?? null);
    return this.#emptyFolders;
  }

  #refresh(check: () => void): void {
    // The state that is searched is the one at the first look.
    this.#versions.get();
    const dataVersion = Number(this.#versionNow.get());
    if (dataVersion === this.#dataVersion) return;
    // Whatever ends it early, it is not known how far it has come.
    this.#dataVersion = -1;
    try {
      this.#load(this.#versions.all(), check);
    } catch (error) {
      this.#forget();
      throw error;
    }
    this.#dataVersion = dataVersion;
  }

  #keepRecent(): void {
    if (this.#recent || performance.now() - this.#recentAt < RECENT_EVERY_MS) return;
    this.#recent = new RecentEntries(this.#all);
    this.#recentAt = performance.now();
  }

  #forget(): void {
    this.lastSearch = null;
    this.#recent = null;
    this.#segments = new Map();
    this.#memory = new NameMemory();
    this.#signatures = new SignatureTable();
    this.#overlay = new Overlay(this.#memory);
    this.#replaced = 0;
    this.#folders = new FolderTable();
    this.#sequence = 0;
    this.#highestId = -1;
    this.#keptBytes = 0;
  }

  #load(versions: [number, number][], check: () => void): void {
    const present = new Map(versions);
    const isGone = [...this.#segments.keys()].some((number) => !present.has(number));
    if (isGone || this.#overlay.isWorn || this.#replaced > this.#segments.size + FEW_SEGMENTS) this.#forget();
    const reloaded = this.#loadSegments(versions, check);
    if (reloaded.size > 0) this.#recent = null;
    let hasNewFolders = false;
    for (const segment of reloaded.values()) {
      hasNewFolders = this.#folders.enter(segment) || hasNewFolders;
      segment.keepFolderNames(this.#memory);
    }
    const changed = this.#changes(reloaded);
    this.#takeNew(check);
    for (const id of changed) this.#takeChanged(id);
    hasNewFolders = this.#overlay.settle(this.#folders) || hasNewFolders;
    this.#all = [...Array.from(this.#segments.values(), ({ segment }) => segment), ...this.#overlay.segments];
    for (const [index, segment] of this.#all.entries()) {
      segment.index = index;
      if (!segment.isResolved && (hasNewFolders || segment.parentFolders.length < segment.base.parents.length)) {
        segment.resolve((id) => this.#folders.placeOf(id));
      }
    }
    this.#signatures.arrange(this.#all);
    this.#blockTimes = blockTimesOf(this.#all);
    this.#folders.settle(this.#roots());
    this.#sizes = null;
    this.#emptyFolders = null;
  }

  /** @returns those that are new in memory, by number */
  #loadSegments(versions: [number, number][], check: () => void): Map<number, LoadedSegment> {
    const reloaded = new Map<number, LoadedSegment>();
    for (const [number, version] of versions) {
      if (this.#segments.get(number)?.version === version) continue;
      check();
      const segment = this.#loadSegment(number);
      if (!segment && this.#segments.has(number)) {
        this.#forget();
        return this.#loadSegments(versions, check);
      }
      if (!segment) continue;
      if (this.#segments.has(number)) this.#replaced += 1;
      this.#signatures.keep(number, segment.base.signature);
      segment.moveNames(this.#memory);
      this.#segments.set(number, { version, segment });
      reloaded.set(number, segment);
    }
    if (reloaded.size > 0) {
      if (this.#highestId >= 0) this.#overlay.removeWhere((id) => reloaded.has(segmentOf(id)));
      const inOrder = [...this.#segments].toSorted(([a], [b]) => a - b);
      this.#segments = new Map(inOrder);
    }
    return reloaded;
  }

  #loadSegment(number: number): LoadedSegment | null {
    try {
      return new LoadedSegment(number, decodeBase(this.#bytes(number, PART.base)));
    } catch (error) {
      this.#log(error);
      return null;
    }
  }

  /** Entries that have changed since the last time, and all that have since their segment was written of those that were loaded just now. */
  #changes(reloaded: ReadonlyMap<number, LoadedSegment>): Set<number> {
    const since = this.#sequence;
    const changed = new Set<number>();
    for (const [sequence, entryId] of this.#changesSince.all(reloaded.size > 0 ? 0 : since)) {
      this.#sequence = Math.max(this.#sequence, sequence);
      if (sequence > since || reloaded.has(segmentOf(entryId))) changed.add(entryId);
    }
    return changed;
  }

  /** Entries that no segment has. */
  #takeNew(check: () => void): void {
    const isFirst = this.#highestId < 0;
    for (const [first, last] of isFirst ? this.#gaps() : [[this.#highestId + 1, Number.MAX_SAFE_INTEGER] as const]) {
      let seen = 0;
      for (const row of this.#rows.between(first, last)) {
        seen += 1;
        if (seen % SEGMENT_SIZE === 0) check();
        this.#highestId = Math.max(this.#highestId, row.id);
        if (isSearched(row) && !this.#segments.has(segmentOf(row.id))) this.#overlay.put(row);
      }
    }
    const lastSegment = Math.max(-1, ...this.#segments.keys());
    this.#highestId = Math.max(this.#highestId, (lastSegment + 1) * SEGMENT_SIZE - 1);
  }

  /** From which id to which there are no segments. */
  #gaps(): [first: number, last: number][] {
    const gaps: [number, number][] = [];
    let next = 0;
    for (const number of this.#segments.keys()) {
      if (number > next) gaps.push([next * SEGMENT_SIZE, number * SEGMENT_SIZE - 1]);
      next = number + 1;
    }
    gaps.push([next * SEGMENT_SIZE, Number.MAX_SAFE_INTEGER]);
    return gaps;
  }

  #takeChanged(id: number): void {
    this.#segments.get(segmentOf(id))?.segment.killEntry(id);
    const row = this.#rows.one(id);
    if (row && isSearched(row)) this.#overlay.put(row);
    else this.#overlay.remove(id);
    if (row?.kind !== KIND_RANK.folder) this.#folders.remove(id);
  }

  #roots(): Map<number, number> {
    const roots = this.#connection
      .prepare<[], [number, number]>('SELECT root_entry_id, id FROM locations WHERE root_entry_id IS NOT NULL')
      .raw();
    return new Map(roots.all());
  }

  #bytes(number: number | null, part: Part): Buffer {
    const bytes = number === null ? undefined : this.#part.get(partId(number, part));
    if (!bytes) throw new Error(`Part ${part} of segment ${number} of the search index is missing.`);
    return bytes;
  }

  #mayKeep(bytes: Uint8Array): boolean {
    if (this.#keptBytes + bytes.length > KEPT_PART_BYTES) return false;
    this.#keptBytes += bytes.length;
    return true;
  }
}

function blockTimesOf(segments: readonly LoadedSegment[]): Float64Array<ArrayBuffer> {
  const times = new Float64Array(segments.length * BLOCKS);
  for (const [index, { base }] of segments.entries()) {
    for (let block = 0; block < BLOCKS; block++) times[index * BLOCKS + block] = base.modified[block * BLOCK_SIZE] ?? 0;
  }
  return times;
}
