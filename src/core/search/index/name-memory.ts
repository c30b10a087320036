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
const NEEDLE_AT = 0;
const RANKS_AT = NEEDLE_AT + MOST_NEEDLE_BYTES + LANES;
const SLOTS_AT = RANKS_AT + SEGMENT_SIZE;
const LETTERS_AT = SLOTS_AT + SEGMENT_SIZE * Uint16Array.BYTES_PER_ELEMENT;
/** No code point from here on is a letter or a digit. */
const LAST_CODE_POINTS = 0x40000;
const FIRST_IDEOGRAPHS = 0x20000;
const DATA_AT = LETTERS_AT + LAST_CODE_POINTS / 8;

/** As `scan` of `scan-names.as`. */
type Scan = (
  names: number,
  offsets: number,
  count: number,
  needle: number,
  length: number,
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

/** Where a text was found in names, in order, and how well it fits each (`RANK`). */
export interface Hits {
  slots: Uint16Array;
  ranks: Uint8Array;
}

/** The names of one segment, where they can be looked through. */
export interface KeptNames {
  names: Uint8Array;
  offsets: Uint32Array;
  /** Null where no name has the text. @param needle folded UTF-8, without NUL, not empty */
  scan(needle: Uint8Array): Hits | null;
}

/**
 * Holds names in memory that WebAssembly can reach, which is never moved: many segments in each of a few large pieces. What is not needed any more is
 * let go with all of it.
 */
export class NameMemory {
  #chunk: Chunk | null = null;
  #desk: Chunk | null = null;

  /** Copies the names of a segment. */
  keep(names: Uint8Array, offsets: Uint32Array): KeptNames {
    const needed = names.length + offsets.byteLength + 2 * LANES;
    if (!this.#chunk || this.#chunk.room < needed) this.#chunk = new Chunk(CHUNK_PAGES + pagesFor(needed));
    return this.#chunk.keep(names, offsets);
  }

  /** Looks through names that are kept elsewhere, as `KeptNames.scan` does. */
  scan(names: Uint8Array, offsets: Uint32Array, needle: Uint8Array): Hits | null {
    const needed = names.length + offsets.byteLength + 2 * LANES;
    if (!this.#desk || this.#desk.size < DATA_AT + needed) this.#desk = new Chunk(pagesFor(DATA_AT + 2 * needed));
    this.#desk.empty();
    return this.#desk.keep(names, offsets).scan(needle);
  }
}

class Chunk {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #scan: Scan;
  #end = DATA_AT;

  constructor(pages: number) {
    const memory = new Memory({ initial: pages, maximum: pages });
    this.#bytes = new Uint8Array(memory.buffer);
    lettersAndDigits ??= findLettersAndDigits();
    this.#bytes.set(lettersAndDigits, LETTERS_AT);
    const { exports } = new Instance(program, { env: { memory } });
    if (typeof exports.scan !== 'function') throw new Error('The program that looks through names is damaged.');
    this.#scan = exports.scan as Scan;
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
    const count = offsets.length - 1;
    return {
      names: this.#bytes.subarray(namesAt, namesAt + names.length),
      offsets: keptOffsets,
      scan: (needle) => this.#look(namesAt, offsetsAt, count, needle),
    };
  }

  #look(namesAt: number, offsetsAt: number, count: number, needle: Uint8Array): Hits | null {
    if (needle.length > MOST_NEEDLE_BYTES || count === 0) return null;
    this.#bytes.set(needle, NEEDLE_AT);
    const found = this.#scan(namesAt, offsetsAt, count, NEEDLE_AT, needle.length, LETTERS_AT, SLOTS_AT, RANKS_AT);
    if (found === 0) return null;
    const slots = new Uint16Array(this.#bytes.buffer, SLOTS_AT, found).slice();
    return { slots, ranks: this.#bytes.slice(RANKS_AT, RANKS_AT + found) };
  }
}

let lettersAndDigits: Uint8Array | null = null;

/** A bit for each code point. The planes of ideographs are taken to have nothing else. */
function findLettersAndDigits(): Uint8Array {
  const bits = new Uint8Array(LAST_CODE_POINTS / 8);
  const isMeant = /[\p{L}\p{N}]/u;
  bits.fill(0xff, FIRST_IDEOGRAPHS / 8);
  for (let code = 0; code < FIRST_IDEOGRAPHS; code++) {
    if (isMeant.test(String.fromCodePoint(code))) bits[code >> 3] = (bits[code >> 3] ?? 0) | (1 << (code & 7));
  }
  return bits;
}

function alignedUp(at: number): number {
  return (at + LANES) & ~(LANES - 1);
}

function pagesFor(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
