import { LAST_CODE_POINTS, lettersAndDigits } from './letters-and-digits.ts';
import type { Stretch } from './matches.ts';
import { RANK } from './rank.ts';
import { SOURCE_HASH, WASM } from './scan-names-wasm.ts';
import { SEGMENT_SIZE } from './segment-format.ts';

/** Of the program in `scan-names-wasm.ts`; a test compares it with the source. */
export const SCAN_SOURCE_HASH = SOURCE_HASH;

const PAGE_BYTES = 65_536;
/** So much is reserved at a time; the system gives what is used of it. */
const CHUNK_PAGES = 1024;
/** What is read at once, beyond the end too. */
const LANES = 16;
/** No name is as long: folded, 255 characters may become some thousand bytes. */
const MOST_NEEDLE_BYTES = 8192;
/** One byte of so many says how often names have it. */
const COUNTED = 31;
const NEEDLE_AT = 0;
const RANKS_AT = NEEDLE_AT + MOST_NEEDLE_BYTES + LANES;
const SLOTS_AT = RANKS_AT + SEGMENT_SIZE;
const LETTERS_AT = SLOTS_AT + SEGMENT_SIZE * Uint16Array.BYTES_PER_ELEMENT;
const DATA_AT = LETTERS_AT + LAST_CODE_POINTS / 8;

/** As `scan` and `scanStarts` of `scan-names.as`. */
type Scan = (
  names: number,
  offsets: number,
  count: number,
  needle: number,
  length: number,
  one: number,
  other: number,
  least: number,
  letters: number,
  slots: number,
  ranks: number,
) => number;
type ScanStarts = (
  names: number,
  offsets: number,
  count: number,
  needle: number,
  length: number,
  least: number,
  letters: number,
  slots: number,
  ranks: number,
) => number;

/** What is used of it. Its types belong to browsers' and are not there for Node. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (size: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
  Instance: new (program: object, imports: Record<string, Record<string, unknown>>) => { exports: Record<string, unknown> };
}

const { Module, Memory, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const program = new Module(Buffer.from(WASM, 'base64'));

/** The names of one segment, where they can be looked through. */
export interface KeptNames {
  names: Uint8Array;
  offsets: Uint32Array;
  scan: NameScan;
}

/**
 * Looks for a text in the names of a stretch. Where it fits at least so well (`RANK`), how well it does is written to `ranks`.
 * @param needle folded UTF-8, without NUL, not empty
 * @returns whether it fits any name so well
 */
export type NameScan = (needle: Uint8Array, stretch: Stretch, least: number, ranks: Uint8Array) => boolean;

/**
 * Holds names in memory that WebAssembly can reach, which is never moved: many segments in each of a few large pieces. What is not needed any more is
 * let go with all of it.
 */
export class NameMemory {
  #chunk: Chunk | null = null;
  #desk: Chunk | null = null;
  readonly #counts = new Uint32Array(256);

  /** Copies the names of a segment. */
  keep(names: Uint8Array, offsets: Uint32Array): KeptNames {
    const needed = names.length + offsets.byteLength + 2 * LANES;
    if (!this.#chunk || this.#chunk.room < needed) this.#chunk = new Chunk(CHUNK_PAGES + pagesFor(needed), this.#counts);
    for (let at = 0; at < names.length; at += COUNTED) {
      const byte = names[at] ?? 0;
      this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
    }
    return this.#chunk.keep(names, offsets);
  }

  /** Copies names that lie anywhere. @param names folded UTF-8, each with its NUL */
  keepEach(names: readonly Uint8Array[]): KeptNames {
    const offsets = new Uint32Array(names.length + 1);
    for (const [index, { length }] of names.entries()) offsets[index + 1] = (offsets[index] ?? 0) + length;
    return this.keep(Buffer.concat(names), offsets);
  }

  /** Looks through names that are kept elsewhere, as `KeptNames.scan` does. */
  scanElsewhere(names: Uint8Array, offsets: Uint32Array, ...sought: Parameters<NameScan>): boolean {
    const needed = names.length + offsets.byteLength + 2 * LANES;
    if (!this.#desk || this.#desk.size < DATA_AT + needed) this.#desk = new Chunk(pagesFor(DATA_AT + 2 * needed), this.#counts);
    this.#desk.empty();
    return this.#desk.keep(names, offsets).scan(...sought);
  }
}

class Chunk {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #slots: Uint16Array;
  readonly #ranks: Uint8Array;
  readonly #scan: Scan;
  readonly #scanStarts: ScanStarts;
  #end = DATA_AT;
  /** What `NEEDLE_AT` has. */
  #needle: Uint8Array | null = null;
  /** Where in it the two bytes are that names have least often. */
  #rare: [number, number] = [0, 0];
  readonly #counts: Uint32Array;

  /** @param counts how often names have each byte, about */
  constructor(pages: number, counts: Uint32Array) {
    this.#counts = counts;
    const memory = new Memory({ initial: pages, maximum: pages });
    this.#bytes = new Uint8Array(memory.buffer);
    this.#slots = new Uint16Array(memory.buffer, SLOTS_AT, SEGMENT_SIZE);
    this.#ranks = this.#bytes.subarray(RANKS_AT, RANKS_AT + SEGMENT_SIZE);
    this.#bytes.set(lettersAndDigits(), LETTERS_AT);
    const { exports } = new Instance(program, { env: { memory } });
    if (typeof exports.scan !== 'function' || typeof exports.scanStarts !== 'function')
      throw new Error('The program that looks through names is damaged.');
    this.#scan = exports.scan as Scan;
    this.#scanStarts = exports.scanStarts as ScanStarts;
  }

  get size(): number {
    return this.#bytes.length;
  }

  get room(): number {
    return this.size - this.#end;
  }

  empty(): void {
    this.#end = DATA_AT;
  }

  keep(names: Uint8Array, offsets: Uint32Array): KeptNames {
    const namesAt = this.#end;
    const offsetsAt = alignedUp(namesAt + names.length + LANES);
    this.#end = alignedUp(offsetsAt + offsets.byteLength);
    this.#bytes.set(names, namesAt);
    const keptOffsets = new Uint32Array(this.#bytes.buffer, offsetsAt, offsets.length);
    keptOffsets.set(offsets);
    return {
      names: this.#bytes.subarray(namesAt, namesAt + names.length),
      offsets: keptOffsets,
      scan: (...sought) => this.#look(namesAt, offsetsAt, ...sought),
    };
  }

  #takeNeedle(needle: Uint8Array): void {
    this.#bytes.set(needle, NEEDLE_AT);
    this.#needle = needle;
    const frequency = (at: number) => this.#counts[needle[at] ?? 0] ?? 0;
    const [one = 0, other = one] = [...needle.keys()].sort((a, b) => frequency(a) - frequency(b));
    this.#rare = [one, other];
  }

  #look(namesAt: number, offsetsAt: number, ...[needle, { from, to }, least, ranks]: Parameters<NameScan>): boolean {
    if (needle.length > MOST_NEEDLE_BYTES || to <= from) return false;
    if (needle !== this.#needle) this.#takeNeedle(needle);
    const offsets = offsetsAt + from * Uint32Array.BYTES_PER_ELEMENT;
    const [one, other] = this.#rare;
    const found =
      least >= RANK.start
        ? this.#scanStarts(namesAt, offsets, to - from, NEEDLE_AT, needle.length, least, LETTERS_AT, SLOTS_AT, RANKS_AT)
        : this.#scan(namesAt, offsets, to - from, NEEDLE_AT, needle.length, one, other, least, LETTERS_AT, SLOTS_AT, RANKS_AT);
    for (let hit = 0; hit < found; hit++) ranks[from + (this.#slots[hit] ?? 0)] = this.#ranks[hit] ?? 0;
    return found > 0;
  }
}

function alignedUp(at: number): number {
  return (at + LANES) & ~(LANES - 1);
}

function pagesFor(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
