import { KIND_RANK as KIND } from '#core/entry/row-order.ts';
import { type NativePath, toBytes } from '#core/fs/native-path.ts';
import { COLUMN, WALK_COLUMNS, type WalkBatch } from './walk-messages.ts';

const EMPTY_KEY = '\0';
/** The largest high half of a 64-bit number that a double holds exactly. */
const EXACT_HIGH = 2 ** 21;
const WORDS_PER_ROW = WALK_COLUMNS * 2;

/** The entries of a batch, by row. */
export class WalkedRows {
  readonly names: string[];
  readonly #keys: string[];
  readonly #numbers: Float64Array;
  readonly #words: Int32Array;
  readonly #inodes: BigInt64Array;
  readonly #inodeWords: Int32Array;
  readonly #linkTargets: Map<number, string>;
  readonly #problems: Map<number, string>;

  constructor(batch: WalkBatch) {
    const { numbers, inodes } = batch;
    this.names = inodes.length === 0 ? [] : batch.names.split('/');
    this.#keys = inodes.length === 0 ? [] : batch.sortKeys.split('/');
    this.#numbers = numbers;
    this.#words = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
    this.#inodes = inodes;
    this.#inodeWords = new Int32Array(inodes.buffer, inodes.byteOffset, inodes.length * 2);
    this.#problems = new Map(batch.problems);
    this.#linkTargets = new Map();
    if (batch.linkTargets.length > 0) this.#placeLinkTargets(batch.linkTargets);
  }

  get length(): number {
    return this.#inodes.length;
  }

  kind(row: number): number {
    return this.#number(row, COLUMN.kind);
  }

  /** Bytes of a file; 0 for anything else. */
  size(row: number): number {
    return this.kind(row) === KIND.file ? this.#number(row, COLUMN.size) : 0;
  }

  /** What `entries.size` of a new row is: that of a folder grows with what is found in it. */
  ownSize(row: number): number {
    return this.kind(row) === KIND.folder ? 0 : this.#number(row, COLUMN.size);
  }

  modifiedMs(row: number): number {
    return this.#number(row, COLUMN.modifiedMs);
  }

  modifiedNs(row: number): number {
    return this.#number(row, COLUMN.modifiedNs);
  }

  bornMs(row: number): number | null {
    const bornMs = this.#number(row, COLUMN.bornMs);
    return Number.isNaN(bornMs) ? null : bornMs;
  }

  /** Null where there are no permission bits. */
  mode(row: number): number | null {
    const mode = this.#number(row, COLUMN.mode);
    return Number.isNaN(mode) ? null : mode;
  }

  /** For SQLite, exactly; null where there is none that lasts. */
  inode(row: number): number | bigint | null {
    const high = this.inodeHigh(row);
    const low = this.inodeLow(row);
    if (high >= -EXACT_HIGH && high < EXACT_HIGH) return high === 0 && low === 0 ? null : high * 2 ** 32 + low;
    return this.#inodes[row] ?? null;
  }

  /** The signed upper half of the file number. */
  inodeHigh(row: number): number {
    return this.#inodeWords[row * 2 + 1] ?? 0;
  }

  /** The unsigned lower half. */
  inodeLow(row: number): number {
    return (this.#inodeWords[row * 2] ?? 0) >>> 0;
  }

  /** As it is a parameter for SQLite: text, or bytes. */
  name(row: number): NativePath {
    return nameFromWire(this.names[row] ?? '');
  }

  sortKey(row: number): string {
    const key = this.#keys[row] || (this.names[row] ?? '');
    return key === EMPTY_KEY ? '' : key;
  }

  linkTarget(row: number): NativePath | null {
    const target = this.#linkTargets.get(row);
    return target ? nameFromWire(target) : null;
  }

  problem(row: number): string | null {
    return this.#problems.get(row) ?? null;
  }

  /** Bytes of the files among rows. */
  bytes(from: number, to: number): number {
    let bytes = 0;
    for (let row = from; row < to; row++) bytes += this.size(row);
    return bytes;
  }

  /** Whether one of the entries could not be looked at. */
  hasProblem(from: number, to: number): boolean {
    for (const row of this.#problems.keys()) if (row >= from && row < to) return true;
    return false;
  }

  /** Folders come first. */
  hasFolder(from: number, to: number): boolean {
    return from < to && this.kind(from) === KIND.folder;
  }

  /**
   * A hash of rows, in 53 bits: two readings of a folder with the same hash have found the same entries. Two lanes of multiply and rotate, as
   * MurmurHash3 mixes (https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp).
   */
  hash(from: number, to: number): number {
    let a = 0x9747b28c | 0;
    let b = to - from;
    const mix = (value: number) => {
      a = Math.imul(rotate(a ^ Math.imul(value, 0xcc9e2d51), 13), 5) + 0x6546b64;
      b = Math.imul(rotate(b ^ Math.imul(value, 0x1b873593), 15), 9) + 0x52dce729;
    };
    const mixText = (text: string) => {
      // Two units at a time; beyond the end there is NaN, which counts as 0.
      for (let index = 0; index < text.length; index += 2) mix(text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16));
      mix(text.length);
    };
    for (let word = from * WORDS_PER_ROW; word < to * WORDS_PER_ROW; word++) mix(this.#words[word] ?? 0);
    for (let word = from * 2; word < to * 2; word++) mix(this.#inodeWords[word] ?? 0);
    for (let row = from; row < to; row++) mixText(this.names[row] ?? '');
    for (const [row, target] of this.#linkTargets) if (row >= from && row < to) mixText(target);
    return (finish(a ^ b) >>> 11) * 2 ** 32 + (finish(b + Math.imul(a, 31)) >>> 0);
  }

  #number(row: number, column: number): number {
    return this.#numbers[row * WALK_COLUMNS + column] ?? 0;
  }

  #placeLinkTargets(targets: string[]): void {
    let next = 0;
    for (let row = 0; row < this.length && next < targets.length; row++) {
      if (this.kind(row) === KIND.symlink) this.#linkTargets.set(row, targets[next++] ?? '');
    }
  }
}

/** A name as batches have it: text, or NUL and bytes as Latin-1. */
export function nameFromWire(name: string): NativePath {
  return name.charCodeAt(0) === 0 ? Buffer.from(name.slice(1), 'latin1') : name;
}

/** The reverse of `nameFromWire`: a key that is the same for equal names. */
export function nameToWire(name: NativePath): string {
  return typeof name === 'string' ? name : `\0${toBytes(name).toString('latin1')}`;
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function finish(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return again ^ (again >>> 16);
}
