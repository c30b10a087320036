import { displayName } from '#core/fs/native-path.ts';
import type { KeptNames, NameMemory, NameScan } from './name-memory.ts';
import { RANK } from './rank.ts';
import { FLAG, SEGMENT_SIZE, type SegmentBase, type SegmentNumbers, type SegmentSpelling } from './segment-format.ts';

const CASE_BIT = 0x20;
const decoder = new TextDecoder();
const NO_FOLDER = -1;
const NO_BYTES = new Uint8Array(0);

/** Brings parts of segments that only some searches need. */
export interface PartSource {
  numbers(segment: LoadedSegment): SegmentNumbers;
  spelling(segment: LoadedSegment): SegmentSpelling;
}

/** A segment in memory: one of the database, or entries that were read one by one. */
export class LoadedSegment {
  /** In the list of all that are searched. */
  index = 0;
  /** In the database; null for those that were read one by one: they become more, and are in no order. */
  readonly number: number | null;
  base: SegmentBase;
  numbers: SegmentNumbers | null = null;
  spelling: SegmentSpelling | null = null;
  /** Slots whose entry has changed since, or is gone; null for none. */
  dead: Uint8Array | null = null;
  /** Of each of `base.parents` its place in the `FolderTable`; -1 while it is not there. */
  parentFolders: Int32Array = new Int32Array(0);
  isResolved = false;
  /** Slots of folders, in order, and their places in the `FolderTable`. */
  readonly folderSlots: number[] = [];
  readonly folderPlaces: number[] = [];
  readonly #firstId: number;
  #scan: NameScan = () => false;
  /** Of `folderSlots`, in their order, where they can be looked through without all others. */
  #folderNames: KeptNames | null = null;

  constructor(number: number | null, base: SegmentBase) {
    this.number = number;
    this.base = base;
    this.#firstId = number === null ? 0 : number * SEGMENT_SIZE;
  }

  /** Moves the names to where they are looked through fastest. What remains of the bytes that the base was read from is copied, so that they go. */
  moveNames(memory: NameMemory): void {
    const { names, offsets, scan } = memory.keep(this.base.names, this.base.offsets);
    const { count, ids, flags, modified, parents, parentOf } = this.base;
    const copies = { ids: ids.slice(), modified: modified.slice(), parents: parents.slice(), parentOf: parentOf.slice() };
    this.base = { count, names, offsets, flags: flags.slice(), signature: NO_BYTES, ...copies };
    this.#scan = scan;
  }

  /** To be called when the folders are known. */
  keepFolderNames(memory: NameMemory): void {
    this.#folderNames = memory.keepEach(this.folderSlots.map((slot) => this.nameBytes(slot)));
  }

  /** Leaves the names where they are, since there will be more of them. */
  scanBy(memory: NameMemory): void {
    this.#scan = (...sought) => memory.scanElsewhere(this.base.names, this.base.offsets, ...sought);
  }

  /** As `NameScan` says. */
  scan(...sought: Parameters<NameScan>): boolean {
    return this.#scan(...sought);
  }

  /** Which of `folderSlots` have a text in their name, by index. @param ranks zeros */
  foldersWith(needle: Uint8Array, ranks: Uint8Array): number[] {
    const { folderSlots } = this;
    const isFound = this.#folderNames
      ? this.#folderNames.scan(needle, { from: 0, to: folderSlots.length }, RANK.inside, ranks)
      : this.scan(needle, { from: 0, to: this.base.count }, RANK.inside, ranks);
    if (!isFound) return [];
    const isMeant = (index: number) => ranks[this.#folderNames ? index : (folderSlots[index] ?? 0)] !== 0;
    return [...folderSlots.keys()].filter(isMeant);
  }

  idOf(slot: number): number {
    return this.#firstId + (this.base.ids[slot] ?? 0);
  }

  /** Its entry has changed since, or is gone. */
  kill(slot: number): void {
    this.dead ??= new Uint8Array(this.number === null ? SEGMENT_SIZE : this.base.count);
    this.dead[slot] = 1;
  }

  killEntry(id: number): void {
    const slot = this.base.ids.indexOf(id - this.#firstId);
    if (slot >= 0) this.kill(slot);
  }

  flagsOf(slot: number): number {
    return this.base.flags[slot] ?? 0;
  }

  kindOf(slot: number): number {
    return this.flagsOf(slot) & FLAG.kind;
  }

  isLive(slot: number): boolean {
    return this.dead === null || this.dead[slot] !== 1;
  }

  /** The folded name, as UTF-8. */
  foldedBytes(slot: number): Uint8Array {
    return this.nameBytes(slot).subarray(0, -1);
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

  /** Place in the `FolderTable`; -1 where it is not there. */
  folderOf(slot: number): number {
    return this.parentFolders[this.base.parentOf[slot] ?? 0] ?? NO_FOLDER;
  }

  parentIdOf(slot: number): number {
    return this.base.parents[this.base.parentOf[slot] ?? 0] ?? 0;
  }

  /** Looks the parents up; those that were found once stay where they are. */
  resolve(placeOf: (folderId: number) => number | undefined): void {
    const { parents } = this.base;
    const former = this.parentFolders;
    const folders = new Int32Array(parents.length).fill(NO_FOLDER);
    folders.set(former);
    let isResolved = true;
    for (let index = 0; index < folders.length; index++) {
      const parent = parents[index] ?? 0;
      if (folders[index] !== NO_FOLDER || parent === 0) continue;
      const place = placeOf(parent);
      if (place === undefined) isResolved = false;
      else folders[index] = place;
    }
    this.parentFolders = folders;
    this.isResolved = isResolved;
  }

  /** The folded name, with its NUL. */
  nameBytes(slot: number): Uint8Array {
    const { names, offsets } = this.base;
    return names.subarray(offsets[slot] ?? 0, offsets[slot + 1] ?? 0);
  }
}
