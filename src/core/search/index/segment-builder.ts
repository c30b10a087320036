import { extensionOf } from '#core/entry/entry-facts.ts';
import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { foldText } from '../query/fold-text.ts';
import { FLAG, SEGMENT_SIZE, type SegmentBase, type SegmentNumbers, type SegmentSpelling } from './segment-format.ts';

/** What is kept of an entry. */
export interface SearchedEntry {
  /** Null for none. */
  parentId: number | null;
  name: NativePath;
  sortKey: string;
  kind: number;
  size: number;
  modifiedMs: number;
  bornMs: number | null;
}

const FIRST_NAME_BYTES = SEGMENT_SIZE * 40;
const FIRST_PARENTS = 512;
/** Of UTF-8, for a unit of UTF-16. */
const MOST_BYTES_PER_UNIT = 3;
const DOT = 0x2e;
const LAST_ASCII = 0x7f;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const CASE_BIT = 0x20;
const NO_SIGNATURE = new Uint8Array(0);
const encoder = new TextEncoder();

/** Makes a segment of entries, one after the other. Called for every entry of a scan. */
export class SegmentBuilder {
  count = 0;
  /** By slot. */
  readonly ids = new Float64Array(SEGMENT_SIZE);
  readonly #first: number;
  readonly #offsets = new Uint32Array(SEGMENT_SIZE + 1);
  readonly #flags = new Uint8Array(SEGMENT_SIZE);
  readonly #modified = new Float64Array(SEGMENT_SIZE);
  readonly #size = new Float64Array(SEGMENT_SIZE);
  readonly #born = new Float64Array(SEGMENT_SIZE);
  readonly #written = new Map<number, string>();
  #names = new Uint8Array(FIRST_NAME_BYTES);
  #capitals = new Uint8Array(FIRST_NAME_BYTES >> 3);
  #end = 0;
  readonly #parentOf = new Uint16Array(SEGMENT_SIZE);
  readonly #knownParents = new Map<number, number>();
  #parents = new Float64Array(FIRST_PARENTS);
  /** That of the last entry, and which one it is: those of a folder come one after the other. */
  #lastParent = { id: -1, index: 0 };

  /** @param first id of the segment that is made; of a mere row of entries, 0 */
  constructor(first = 0) {
    this.#first = first;
  }

  get isFull(): boolean {
    return this.count === SEGMENT_SIZE;
  }

  add(id: number, { parentId, name, sortKey, kind, size, modifiedMs, bornMs }: SearchedEntry): void {
    const slot = this.count;
    this.ids[slot] = id - this.#first;
    this.#parentOf[slot] = this.#parentIndex(parentId ?? 0);
    let flags = kind;
    if (typeof name !== 'string' || !this.#copyAscii(name)) flags |= this.#copyFolded(slot, displayName(name), sortKey);
    else if (name.charCodeAt(0) === DOT) flags |= FLAG.hidden;
    this.#names[this.#end++] = 0;
    this.#flags[slot] = flags;
    this.#modified[slot] = modifiedMs;
    this.#size[slot] = kind === KIND_RANK.folder ? 0 : size;
    this.#born[slot] = bornMs ?? Number.NaN;
    this.count = slot + 1;
    this.#offsets[this.count] = this.#end;
  }

  /**
   * What there is until now, in the order in which it was added, without a signature. Shares its memory with the builder, which changes nothing of
   * it: what is added later is not in it.
   */
  base(): SegmentBase {
    return {
      count: this.count,
      names: this.#names.subarray(0, this.#end),
      offsets: this.#offsets.subarray(0, this.count + 1),
      flags: this.#flags.subarray(0, this.count),
      modified: this.#modified.subarray(0, this.count),
      ids: this.ids.subarray(0, this.count),
      parents: this.#parents.subarray(0, this.#knownParents.size),
      parentOf: this.#parentOf.subarray(0, this.count),
      signature: NO_SIGNATURE,
    };
  }

  numbers(): SegmentNumbers {
    return { size: this.#size.subarray(0, this.count), born: this.#born.subarray(0, this.count) };
  }

  spelling(): SegmentSpelling {
    return { capitals: this.#capitals.subarray(0, (this.#end + 7) >> 3), written: this.#written };
  }

  /** @returns false, and nothing has happened, when the name is not ASCII */
  #copyAscii(name: string): boolean {
    const { length } = name;
    this.#reserve(length);
    const names = this.#names;
    let at = this.#end;
    for (let index = 0; index < length; index++) {
      const code = name.charCodeAt(index);
      if (code > LAST_ASCII) return false;
      names[at++] = code >= UPPER_A && code <= UPPER_Z ? code | CASE_BIT : code;
    }
    this.#noteCapitals(name);
    this.#end = at;
    return true;
  }

  #noteCapitals(name: string): void {
    for (let index = 0; index < name.length; index++) {
      const code = name.charCodeAt(index);
      if (code < UPPER_A || code > UPPER_Z) continue;
      const at = this.#end + index;
      this.#capitals[at >> 3] = (this.#capitals[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }

  /** @returns flags */
  #copyFolded(slot: number, shown: string, sortKey: string): number {
    const folded = foldText(shown);
    this.#reserve(folded.length * MOST_BYTES_PER_UNIT);
    this.#end += encoder.encodeInto(folded, this.#names.subarray(this.#end)).written;
    this.#written.set(slot, shown);
    let flags: number = FLAG.spelledOut;
    if (shown.charCodeAt(0) === DOT) flags |= FLAG.hidden;
    if (foldText(extensionOf(shown) ?? '') !== (extensionOf(folded) ?? '')) flags |= FLAG.oddExtension;
    if (naturalSortKey(folded) !== sortKey) flags |= FLAG.oddSortKey;
    return flags;
  }

  #parentIndex(id: number): number {
    if (this.#lastParent.id === id) return this.#lastParent.index;
    const known = this.#knownParents.get(id);
    const index = known ?? this.#knownParents.size;
    if (known === undefined) {
      if (index === this.#parents.length) this.#parents = grown(this.#parents, new Float64Array(index * 2));
      this.#knownParents.set(id, index);
      this.#parents[index] = id;
    }
    this.#lastParent = { id, index };
    return index;
  }

  /** Makes room for so many bytes and a NUL. */
  #reserve(bytes: number): void {
    const needed = this.#end + bytes + 1;
    if (needed <= this.#names.length) return;
    // What is only reserved for the worst case is not worth more than doubling at a time.
    const length = Math.max(needed + SEGMENT_SIZE, this.#names.length * 2) & ~7;
    this.#names = grown(this.#names, new Uint8Array(length));
    this.#capitals = grown(this.#capitals, new Uint8Array(length >> 3));
  }
}

function grown<T extends Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
