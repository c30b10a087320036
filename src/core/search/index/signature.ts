/**
 * @file What occurs in the names of a segment, as sets of hashes, by which most of them need not be looked through.
 *
 * ```
 * u16 × 32,768   three bytes in a row, anywhere: a bit for each block of 256 slots that may have them. Two numbers for each three bytes. A block that
 *                does not have them is known by it about 98 times of 100
 * u16 × 16,384   four and six bytes in a row, with one number each: a block may have `e-7`, `-78` and `8.j`, and no `e-78.j`
 * u16 × 32,768   what names begin with (`NAME_LENGTHS`), and words in them (`WORD_LENGTHS`), with three numbers each
 * 131,072 bits   whole names, with their last extension and without it: three bits for each
 * ```
 *
 * `GROUP_SIZE` segments hash in the same way, so that they can be asked together, and each group in its own, so that no text happens to be like a
 * frequent one in all of them.
 */
import { isLetterOrDigit } from './letters-and-digits.ts';
import { RANK } from './rank.ts';

/** Slots of a block. */
export const BLOCK_SIZE = 256;
/** Of a segment. */
export const BLOCKS = 16;
/** As bits: all blocks of a segment. */
export const ALL_BLOCKS = 0xffff;
/** Segments that hash alike; of numbers in a row. */
export const GROUP_SIZE = 32;
/** How many bits say a place in each of the tables. */
const THREES_BITS = 15;
const LONGS_BITS = 14;
const BEGINNINGS_BITS = 15;
const WHOLES_BITS = 17;
/** Of all tables, one after the other. */
export const ROWS = 2 ** THREES_BITS + 2 ** LONGS_BITS + 2 ** BEGINNINGS_BITS;
const LONGS_AT = 2 ** THREES_BITS;
const BEGINNINGS_AT = LONGS_AT + 2 ** LONGS_BITS;
/** Of a signature, in bytes. */
export const WHOLES_AT = ROWS * Uint16Array.BYTES_PER_ELEMENT;
export const WHOLES_BYTES = 2 ** WHOLES_BITS / 8;
export const SIGNATURE_BYTES = WHOLES_AT + WHOLES_BYTES;
const WHOLES_NUMBERS = 3;
const GOLDEN = 0x9e3779b1;
const OTHER = 0x85ebca6b;
/** As FNV-1a has it. */
const PRIME = 0x01000193;
/** So that names and words in them do not hash alike. */
const SEED_OF_NAME = 0x811c9dc5;
const SEED_OF_WORD = 0x2545f491;
/** In characters, from 1 on. Of a text that is looked for, the longest that it has. */
const NAME_LENGTHS = [1, 2, 3, 4, 6, 8];
const WORD_LENGTHS = [1, 2, 3, 4];
const DOT = 0x2e;
const [LOWER_A, LOWER_Z, ZERO, NINE] = [0x61, 0x7a, 0x30, 0x39];
const FIRST_BEYOND_ASCII = 0x80;

interface SignedNames {
  count: number;
  names: Uint8Array;
  offsets: Uint32Array;
}

/** As it is made. */
interface Signature {
  threes: Uint16Array;
  longs: Uint16Array;
  beginnings: Uint16Array;
  wholes: Uint8Array;
  salt: number;
}

/** @param segment its number */
export function makeSignature({ count, names, offsets }: SignedNames, segment: number): Uint8Array {
  const bytes = new Uint8Array(SIGNATURE_BYTES);
  const signature = layOut(bytes, segment);
  for (let slot = 0; slot < count; slot++) {
    const [from, to] = [offsets[slot] ?? 0, (offsets[slot + 1] ?? 1) - 1];
    const block = 1 << (slot / BLOCK_SIZE);
    addParts(signature, names, from, to, block);
    addWords(signature, names, from, to, block);
  }
  return bytes;
}

function layOut({ buffer }: Uint8Array<ArrayBuffer>, segment: number): Signature {
  const table = (row: number, bits: number) => new Uint16Array(buffer, row * Uint16Array.BYTES_PER_ELEMENT, 2 ** bits);
  return {
    threes: table(0, THREES_BITS),
    longs: table(LONGS_AT, LONGS_BITS),
    beginnings: table(BEGINNINGS_AT, BEGINNINGS_BITS),
    wholes: new Uint8Array(buffer, WHOLES_AT),
    salt: saltOf(groupOf(segment)),
  };
}

/** Signatures of the segments of a group. */
interface Signatures {
  salt: number;
  /** What they have in each of `ROWS` places: `GROUP_SIZE` numbers side by side, since it is asked of all of them. */
  rows: Uint16Array;
  /** `WHOLES_BYTES` of each, one after the other. */
  wholes: Uint8Array;
}

/** A text that is looked for, as signatures have it. */
export class SoughtText {
  readonly #threes: readonly number[];
  readonly #longs: readonly number[];
  readonly #inWord: number;
  readonly #inName: number;
  readonly #whole: number;

  /** @param text UTF-8, not empty */
  constructor(text: Uint8Array) {
    const threes = new Set<number>();
    const longs = new Set<number>();
    forEachPart(
      text,
      0,
      text.length,
      (three) => threes.add(three),
      (long) => longs.add(long),
    );
    this.#threes = [...threes];
    this.#longs = [...longs];
    this.#inWord = longestBeginning(text, WORD_LENGTHS, SEED_OF_WORD);
    this.#inName = longestBeginning(text, NAME_LENGTHS, SEED_OF_NAME);
    this.#whole = hashOf(text, 0, text.length, SEED_OF_NAME);
  }

  /** Of each segment of a group, which blocks may have names with it, as bits. @param blocks written, `GROUP_SIZE` */
  findAnywhere({ salt, rows }: Signatures, blocks: Uint16Array): void {
    blocks.fill(ALL_BLOCKS);
    for (const three of this.#threes) if (!keepInRows(rows, three ^ salt, blocks)) return;
    for (const long of this.#longs) if (!keepInRow(rows, long ^ salt, blocks)) return;
  }

  /** The same of names that it fits at least so well, from `RANK.wordStart` on: by what names, and words in them, begin with, and by whole names. */
  findBeginnings(signatures: Signatures, least: number, blocks: Uint16Array): void {
    const { salt, rows } = signatures;
    blocks.fill(0);
    addRows(rows, this.#inName ^ salt, blocks);
    if (least === RANK.wordStart) addRows(rows, this.#inWord ^ salt, blocks);
    if (least === RANK.whole) this.#keepWholes(signatures, blocks);
  }

  #keepWholes({ salt, wholes }: Signatures, blocks: Uint16Array): void {
    for (let index = 0; index < GROUP_SIZE; index++) {
      if (blocks[index] !== 0 && !isAmong(wholes, index * WHOLES_BYTES, this.#whole ^ salt)) blocks[index] = 0;
    }
  }
}

/** Adds the blocks that have a beginning. */
function addRows(rows: Uint16Array, key: number, blocks: Uint16Array): void {
  const hash = Math.imul(key, GOLDEN);
  const one = (BEGINNINGS_AT + placeOf(hash, BEGINNINGS_BITS)) * GROUP_SIZE;
  const other = (BEGINNINGS_AT + secondPlaceOf(hash, BEGINNINGS_BITS)) * GROUP_SIZE;
  const third = (BEGINNINGS_AT + thirdPlaceOf(hash)) * GROUP_SIZE;
  for (let index = 0; index < GROUP_SIZE; index++) {
    const found = (rows[one + index] ?? 0) & (rows[other + index] ?? 0) & (rows[third + index] ?? 0);
    blocks[index] = (blocks[index] ?? 0) | found;
  }
}

/** Keeps the blocks that have three bytes. @returns whether there are any */
function keepInRows(rows: Uint16Array, key: number, blocks: Uint16Array): boolean {
  const hash = Math.imul(key, GOLDEN);
  const one = placeOf(hash, THREES_BITS) * GROUP_SIZE;
  const other = secondPlaceOf(hash, THREES_BITS) * GROUP_SIZE;
  let any = 0;
  for (let index = 0; index < GROUP_SIZE; index++) {
    const kept = (blocks[index] ?? 0) & (rows[one + index] ?? 0) & (rows[other + index] ?? 0);
    blocks[index] = kept;
    any |= kept;
  }
  return any !== 0;
}

/** The same for four or six bytes. */
function keepInRow(rows: Uint16Array, key: number, blocks: Uint16Array): boolean {
  const row = (LONGS_AT + placeOf(Math.imul(key, GOLDEN), LONGS_BITS)) * GROUP_SIZE;
  let any = 0;
  for (let index = 0; index < GROUP_SIZE; index++) {
    const kept = (blocks[index] ?? 0) & (rows[row + index] ?? 0);
    blocks[index] = kept;
    any |= kept;
  }
  return any !== 0;
}

function addParts({ threes, longs, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  forEachPart(
    bytes,
    from,
    to,
    (three) => addTwice(threes, three ^ salt, block),
    (long) => addBlock(longs, placeOf(Math.imul(long ^ salt, GOLDEN), LONGS_BITS), block),
  );
}

/** Keys of all three bytes in a row, and of all four and six. */
function forEachPart(bytes: Uint8Array, from: number, to: number, onThree: (key: number) => void, onLong: (key: number) => void): void {
  // The last four bytes, and those one and two places before.
  let last = 0;
  let before = 0;
  let first = 0;
  for (let at = from; at < to; at++) {
    first = before;
    before = last;
    last = (last << 8) | (bytes[at] ?? 0);
    const length = at - from + 1;
    if (length >= 3) onThree(last & 0xffffff);
    if (length >= 4) onLong(last);
    if (length >= 6) onLong(Math.imul(first, OTHER) ^ (last & 0xffff));
  }
}

function addWords({ beginnings, wholes, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  const add = (key: number) => addThrice(beginnings, key ^ salt, block);
  let isAfterWord = false;
  let dot = -1;
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    if (at > from && !isAfterWord) forEachBeginning(bytes, at, to, WORD_LENGTHS, SEED_OF_WORD, add);
    if (byte === DOT) dot = at;
    if (byte < FIRST_BEYOND_ASCII) {
      isAfterWord = (byte >= LOWER_A && byte <= LOWER_Z) || (byte >= ZERO && byte <= NINE);
      at += 1;
    } else {
      const { code, length } = characterAt(bytes, at);
      isAfterWord = isLetterOrDigit(code);
      at += length;
    }
  }
  forEachBeginning(bytes, from, to, NAME_LENGTHS, SEED_OF_NAME, add);
  addTo(wholes, hashOf(bytes, from, to, SEED_OF_NAME) ^ salt);
  if (dot > from && dot < to - 1) addTo(wholes, hashOf(bytes, from, dot, SEED_OF_NAME) ^ salt);
}

/** Of UTF-8, from its first byte on. */
function characterAt(bytes: Uint8Array, at: number): { code: number; length: number } {
  const first = bytes[at] ?? 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let code = first & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) code = (code << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  return { code, length };
}

/** Keys of what begins at `from`, of each of these lengths, in order, as far as it goes on before `to`. */
function forEachBeginning(
  bytes: Uint8Array,
  from: number,
  to: number,
  lengths: readonly number[],
  seed: number,
  onKey: (key: number) => void,
): void {
  let hash = seed;
  let at = from;
  let characters = 0;
  for (const length of lengths) {
    for (; characters < length; characters++) {
      if (at >= to) return;
      do {
        hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
        at += 1;
      } while (at < to && isWithinCharacter(bytes[at] ?? 0));
    }
    onKey(hash);
  }
}

/** Key of the longest beginning of a text. */
function longestBeginning(text: Uint8Array, lengths: readonly number[], seed: number): number {
  let longest = 0;
  forEachBeginning(text, 0, text.length, lengths, seed, (key) => {
    longest = key;
  });
  return longest;
}

/** Of UTF-8, whether a byte is not the first of its character. */
function isWithinCharacter(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function addTwice(table: Uint16Array, key: number, block: number): void {
  const hash = Math.imul(key, GOLDEN);
  addBlock(table, placeOf(hash, THREES_BITS), block);
  addBlock(table, secondPlaceOf(hash, THREES_BITS), block);
}

function addThrice(table: Uint16Array, key: number, block: number): void {
  const hash = Math.imul(key, GOLDEN);
  addBlock(table, placeOf(hash, BEGINNINGS_BITS), block);
  addBlock(table, secondPlaceOf(hash, BEGINNINGS_BITS), block);
  addBlock(table, thirdPlaceOf(hash), block);
}

function addBlock(table: Uint16Array, place: number, block: number): void {
  table[place] = (table[place] ?? 0) | block;
}

function placeOf(hash: number, bits: number): number {
  return hash >>> (32 - bits);
}

function secondPlaceOf(hash: number, bits: number): number {
  return mixed(hash) >>> (32 - bits);
}

/** Of beginnings. */
function thirdPlaceOf(hash: number): number {
  return (mixed(hash) >>> 2) & (2 ** BEGINNINGS_BITS - 1);
}

function mixed(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), OTHER);
}

function addTo(set: Uint8Array, key: number): void {
  const [first, step] = wholeHashes(key);
  for (let number = 0; number < WHOLES_NUMBERS; number++) {
    const bit = bitOf(first, step, number);
    set[bit >> 3] = (set[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** Of the set that begins `from` bytes after the first. */
function isAmong(bytes: Uint8Array, from: number, key: number): boolean {
  const [first, step] = wholeHashes(key);
  for (let number = 0; number < WHOLES_NUMBERS; number++) {
    const bit = bitOf(first, step, number);
    if (((bytes[from + (bit >> 3)] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function wholeHashes(key: number): [first: number, step: number] {
  return [Math.imul(key, GOLDEN), Math.imul(key ^ (key >>> 15), OTHER) | 1];
}

function bitOf(first: number, step: number, number: number): number {
  return (first + Math.imul(step, number)) >>> (32 - WHOLES_BITS);
}

function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash;
}

/** Which segments hash alike. */
export function groupOf(segment: number): number {
  return Math.floor(segment / GROUP_SIZE);
}

export function saltOf(group: number): number {
  return Math.imul(group + 1, PRIME);
}
