import { displayName } from '#core/fs/native-path.ts';
import type { Hits, NameMemory } from './name-memory.ts';
import { FLAG, type SegmentBase, type SegmentNumbers, type SegmentSpelling } from './segment-format.ts';

const CASE_BIT = 0x20;
const decoder = new TextDecoder();
const NO_FOLDER = -1;

/** Brings parts of segments that only some searches need. */
export interface PartSource {
  numbers(segment: LoadedSegment): SegmentNumbers;
  spelling(segment: LoadedSegment): SegmentSpelling;
}

/** A segment in memory: one of the database, or, with ids of their own, entries that were read one by one. */
export class LoadedSegment {
  /** In the list of all that are searched. */
  index = 0;
  /** In the database; -1 for none. */
  readonly number: number;
  base: SegmentBase;
  numbers: SegmentNumbers | null = null;
  spelling: SegmentSpelling | null = null;
  /** Slots whose entry has changed since, or is gone; null for none. */
  dead: Uint8Array | null = null;
  /** Of each run the parent's place in the `FolderTable`; -1 while it is not there. */
  runFolders: Int32Array = new Int32Array(0);
  isResolved = false;
  /** Slots of folders, in order, and their places in the `FolderTable`. */
  readonly folderSlots: number[] = [];
  readonly folderPlaces: number[] = [];
  readonly #firstId: number;
  readonly #ids: Float64Array | null;
  #scan: ((needle: Uint8Array) => Hits | null) | null = null;
  #isPlain: boolean | null = null;

  constructor(number: number, base: SegmentBase, ids: { first: number } | { each: Float64Array }) {
    this.number = number;
    this.base = base;
    this.#firstId = 'first' in ids ? ids.first : 0;
    this.#ids = 'each' in ids ? ids.each : null;
  }

  /** Moves the names to where they are looked through fastest. What remains of the bytes that the base was read from is copied, so that they go. */
  moveNames(memory: NameMemory): void {
    const { names, offsets, scan } = memory.keep(this.base.names, this.base.offsets);
    const { count, flags, modified, runStarts, runParents, signature } = this.base;
    const copies = { modified: modified.slice(), runStarts: runStarts.slice(), runParents: runParents.slice() };
    this.base = { count, names, offsets, flags: flags.slice(), signature: signature.slice(), ...copies };
    this.#scan = scan;
  }

  /** Leaves the names where they are, since there will be more of them. */
  scanBy(memory: NameMemory): void {
    this.#scan = (needle) => memory.scan(this.base.names, this.base.offsets, needle);
  }

  /** Null where no name has the text. @param needle folded UTF-8, without NUL, not empty */
  scan(needle: Uint8Array): Hits | null {
    return this.#scan?.(needle) ?? null;
  }

  idOf(slot: number): number {
    return this.#ids ? (this.#ids[slot] ?? 0) : this.#firstId + slot;
  }

  kill(slot: number): void {
    this.dead ??= new Uint8Array(this.#ids?.length ?? this.base.count);
    this.dead[slot] = 1;
  }

  flagsOf(slot: number): number {
    return this.base.flags[slot] ?? FLAG.absent;
  }

  kindOf(slot: number): number {
    return this.flagsOf(slot) & FLAG.kind;
  }

  isLive(slot: number): boolean {
    return ((this.base.flags[slot] ?? FLAG.absent) & FLAG.absent) === 0 && (this.dead === null || this.dead[slot] !== 1);
  }

  /** How many entries of a run are there. */
  liveIn(run: number): number {
    const from = this.base.runStarts[run] ?? 0;
    const end = this.runEnd(run);
    if (this.#hasAll()) return end - from;
    let live = 0;
    for (let slot = from; slot < end; slot++) if (this.isLive(slot)) live += 1;
    return live;
  }

  #hasAll(): boolean {
    // Entries that were read one by one become more.
    if (this.dead || this.#ids) return false;
    this.#isPlain ??= this.base.flags.every((flags) => (flags & FLAG.absent) === 0);
    return this.#isPlain;
  }

  /** The folded name, as UTF-8. */
  foldedBytes(slot: number): Uint8Array {
    const { names, offsets } = this.base;
    return names.subarray(offsets[slot] ?? 0, (offsets[slot + 1] ?? 1) - 1);
  }

  foldedName(slot: number): string {
    return decoder.decode(this.foldedBytes(slot));
  }

  /** The name as people read it. */
  shownName(slot: number, { capitals, written }: SegmentSpelling): string {
    const whole = written.get(slot);
    if (whole !== undefined) return whole;
    const from = this.base.offsets[slot] ?? 0;
    const bytes = Buffer.from(this.foldedBytes(slot));
    for (let index = 0; index < bytes.length; index++) {
      const at = from + index;
      if (((capitals[at >> 3] ?? 0) >> (at & 7)) & 1) bytes[index] = (bytes[index] ?? 0) ^ CASE_BIT;
    }
    return displayName(bytes);
  }

  /** The run of a slot. */
  runOf(slot: number): number {
    const { runStarts } = this.base;
    let low = 0;
    for (let high = runStarts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((runStarts[middle] ?? 0) <= slot) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Before which slot a run ends. */
  runEnd(run: number): number {
    return this.base.runStarts[run + 1] ?? this.base.count;
  }

  folderOf(slot: number): number {
    return this.runFolders[this.runOf(slot)] ?? NO_FOLDER;
  }

  parentIdOf(slot: number): number {
    return this.base.runParents[this.runOf(slot)] ?? 0;
  }

  /** Looks the parents up; those that were found once stay where they are. */
  resolve(placeOf: (folderId: number) => number | undefined): void {
    const { runParents } = this.base;
    const former = this.runFolders;
    const folders = new Int32Array(runParents.length).fill(NO_FOLDER);
    folders.set(former);
    let isResolved = true;
    for (let run = 0; run < folders.length; run++) {
      const parent = runParents[run] ?? 0;
      if (folders[run] !== NO_FOLDER || parent === 0) continue;
      const place = placeOf(parent);
      if (place === undefined) isResolved = false;
      else folders[run] = place;
    }
    this.runFolders = folders;
    this.isResolved = isResolved;
  }
}
