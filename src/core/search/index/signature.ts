/**
 * @file What occurs in the names of a segment, as sets of hashes, by which most of them need not be looked through.
 *
 * ```
 * u16 × 16,384  three bytes in a row, anywhere: a bit for each block of 256 slots that may have them. Two numbers for each three bytes, in one
 *               line of the processor's cache. A block that does not have them is known by it 29 times of 30; one that has three others instead, as
 *               the rest of a longer word is, far more often
 * u16 × 16,384  the same, with three numbers, for what names begin with, 1, 2, 3 and 6 bytes, and words in them, 1 to 3
 * 65,536 bits   whole names, with their last extension and without it: two bits for each
 * ```
 *
 * Each segment hashes in its own way, so that no text happens to be like a frequent one in all of them.
 */
import { isLetterOrDigit } from './letters-and-digits.ts';
import { RANK } from './rank.ts';

/** Slots of a block. */
export const BLOCK_SIZE = 256;
/** Of a segment. */
export const BLOCKS = 16;
/** As bits: all blocks of a segment. */
export const ALL_BLOCKS = 0xffff;
const TABLE_BITS = 14;
const WHOLES_BITS = 16;
const BEGINNINGS_AT = 2 * 2 ** TABLE_BITS;
const WHOLES_AT = BEGINNINGS_AT + 2 * 2 ** TABLE_BITS;
export const SIGNATURE_BYTES = WHOLES_AT + 2 ** WHOLES_BITS / 8;
const SIGNATURE_WORDS = SIGNATURE_BYTES / 2;
/** Of u16 in a line of the cache. */
const IN_LINE = 31;
const GOLDEN = 0x9e3779b1;
const OTHER = 0x85ebca6b;
/** As FNV-1a has it. */
const PRIME = 0x01000193;
/** So that names and words in them do not hash alike. */
const SEED_OF_NAME = 0x811c9dc5;
const SEED_OF_WORD = 0x2545f491;
const SHORT_BEGINNING = 3;
const LONG_BEGINNING = 6;
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
    addThrees(signature, names, from, to, block);
    addWords(signature, names, from, to, block);
  }
  return bytes;
}

function layOut({ buffer }: Uint8Array<ArrayBuffer>, segment: number): Signature {
  return {
    threes: new Uint16Array(buffer, 0, 2 ** TABLE_BITS),
    beginnings: new Uint16Array(buffer, BEGINNINGS_AT, 2 ** TABLE_BITS),
    wholes: new Uint8Array(buffer, WHOLES_AT),
    salt: saltOf(segment),
  };
}

/** Many signatures, one after the other. */
interface Signatures {
  bytes: Uint8Array;
  /** The same. */
  words: Uint16Array;
  salts: Int32Array;
}

/** A text that is looked for, as signatures have it. */
export class SoughtText {
  readonly #threes: readonly number[];
  readonly #inWord: number;
  readonly #inName: number;
  readonly #whole: number;

  /** @param text UTF-8, not empty */
  constructor(text: Uint8Array) {
    const threes = new Set<number>();
    for (let at = 0; at + 3 <= text.length; at++) {
      threes.add(((text[at] ?? 0) << 16) | ((text[at + 1] ?? 0) << 8) | (text[at + 2] ?? 0));
    }
    this.#threes = [...threes];
    const short = Math.min(text.length, SHORT_BEGINNING);
    this.#inWord = hashOf(text, 0, short, SEED_OF_WORD);
    this.#inName = hashOf(text, 0, text.length < LONG_BEGINNING ? short : LONG_BEGINNING, SEED_OF_NAME);
    this.#whole = hashOf(text, 0, text.length, SEED_OF_NAME);
  }

  /** Blocks that may have names with it, as bits, by the signature at a place of many. */
  blocksWith({ words, salts }: Signatures, place: number): number {
    const [from, salt] = [place * SIGNATURE_WORDS, salts[place] ?? 0];
    let blocks = ALL_BLOCKS;
    for (const three of this.#threes) {
      blocks &= blocksOfTwo(words, from, three ^ salt);
      if (blocks === 0) break;
    }
    return blocks;
  }

  /** Of these, those that may have names which it fits at least so well (`RANK`), by how names and words begin. */
  blocksBeginning({ bytes, words, salts }: Signatures, place: number, least: number): number {
    if (least < RANK.wordStart) return ALL_BLOCKS;
    const salt = salts[place] ?? 0;
    if (least === RANK.whole && !isAmong(bytes, place * SIGNATURE_BYTES + WHOLES_AT, this.#whole ^ salt)) return 0;
    const from = place * SIGNATURE_WORDS + BEGINNINGS_AT / 2;
    const names = blocksOfThree(words, from, this.#inName ^ salt);
    return least === RANK.wordStart ? names | blocksOfThree(words, from, this.#inWord ^ salt) : names;
  }
}

function addThrees({ threes, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  let last = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  for (let at = from + 2; at < to; at++) {
    last = ((last << 8) | (bytes[at] ?? 0)) & 0xffffff;
    addTwice(threes, last ^ salt, block);
  }
}

function addWords({ beginnings, wholes, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  let isAfterWord = false;
  let dot = -1;
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    if (at > from && !isAfterWord) addBeginnings(beginnings, bytes, at, Math.min(to, at + SHORT_BEGINNING), SEED_OF_WORD, salt, block);
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
  addBeginnings(beginnings, bytes, from, Math.min(to, from + LONG_BEGINNING), SEED_OF_NAME, salt, block);
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

function addBeginnings(
  beginnings: Uint16Array,
  bytes: Uint8Array,
  from: number,
  end: number,
  seed: number,
  salt: number,
  block: number,
): void {
  let hash = seed;
  for (let at = from; at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
    const length = at - from + 1;
    if (length <= SHORT_BEGINNING || length === LONG_BEGINNING) addThrice(beginnings, hash ^ salt, block);
  }
}

function addTwice(table: Uint16Array, key: number, block: number): void {
  const hash = Math.imul(key, GOLDEN);
  addBlock(table, placeOf(hash), block);
  addBlock(table, secondPlaceOf(hash), block);
}

function addThrice(table: Uint16Array, key: number, block: number): void {
  addTwice(table, key, block);
  addBlock(table, thirdPlaceOf(Math.imul(key, GOLDEN)), block);
}

function addBlock(table: Uint16Array, place: number, block: number): void {
  table[place] = (table[place] ?? 0) | block;
}

/** Of the table that begins `from` words after the first. */
function blocksOfTwo(words: Uint16Array, from: number, key: number): number {
  const hash = Math.imul(key, GOLDEN);
  return (words[from + placeOf(hash)] ?? 0) & (words[from + secondPlaceOf(hash)] ?? 0);
}

function blocksOfThree(words: Uint16Array, from: number, key: number): number {
  const blocks = blocksOfTwo(words, from, key);
  return blocks === 0 ? 0 : blocks & (words[from + thirdPlaceOf(Math.imul(key, GOLDEN))] ?? 0);
}

function placeOf(hash: number): number {
  return hash >>> (32 - TABLE_BITS);
}

/** In the same line, as the third. */
function secondPlaceOf(hash: number): number {
  return (placeOf(hash) & ~IN_LINE) | (Math.imul(hash, OTHER) >>> 27);
}

function thirdPlaceOf(hash: number): number {
  return (placeOf(hash) & ~IN_LINE) | ((Math.imul(hash, OTHER) >>> 22) & IN_LINE);
}

function addTo(set: Uint8Array, key: number): void {
  for (const bit of bitsOf(key)) set[bit >> 3] = (set[bit >> 3] ?? 0) | (1 << (bit & 7));
}

/** Of the set that begins `from` bytes after the first. */
function isAmong(bytes: Uint8Array, from: number, key: number): boolean {
  const [one, other] = bitsOf(key);
  return ((bytes[from + (one >> 3)] ?? 0) & (1 << (one & 7))) !== 0 && ((bytes[from + (other >> 3)] ?? 0) & (1 << (other & 7))) !== 0;
}

function bitsOf(key: number): [number, number] {
  return [Math.imul(key, GOLDEN) >>> (32 - WHOLES_BITS), Math.imul(key ^ (key >>> 15), OTHER) >>> (32 - WHOLES_BITS)];
}

function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash;
}

export function saltOf(segment: number): number {
  return Math.imul(segment + 1, PRIME);
}
