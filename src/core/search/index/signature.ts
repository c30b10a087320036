/**
 * @file What occurs in the names of a segment, as sets of hashes, by which most of them need not be looked through.
 *
 * ```
 * u16 × 16,384  three bytes in a row, anywhere: a bit for each block of 256 slots that may have them. Two numbers for each three bytes, in one
 *               line of the processor's cache. A block that does not have them is known by it 29 times of 30; one that has three others instead, as
 *               the rest of a longer word is, far more often
 * u16 × 8,192   the same for what names, and words in them, begin with: 1, 2 and 3 bytes
 * 65,536 bits   whole names, with their last extension and without it: two bits for each
 * ```
 *
 * Each segment hashes in its own way, so that no text happens to be like a frequent one in all of them.
 */
import { isLetterOrDigit } from './letters-and-digits.ts';
import { RANK } from './rank.ts';

/** Slots of a block. */
export const BLOCK_SIZE = 256;
/** As bits: all blocks of a segment. */
export const ALL_BLOCKS = 0xffff;
const THREES_BITS = 14;
const BEGINNINGS_BITS = 13;
const WHOLES_BITS = 16;
const BEGINNINGS_AT = 2 * 2 ** THREES_BITS;
const WHOLES_AT = BEGINNINGS_AT + 2 * 2 ** BEGINNINGS_BITS;
export const SIGNATURE_BYTES = WHOLES_AT + 2 ** WHOLES_BITS / 8;
/** Of u16 in a line of the cache. */
const IN_LINE = 31;
const GOLDEN = 0x9e3779b1;
const OTHER = 0x85ebca6b;
/** As FNV-1a has it. */
const PRIME = 0x01000193;
/** So that names and words in them do not hash alike. */
const SEED_OF_NAME = 0x811c9dc5;
const SEED_OF_WORD = 0x2545f491;
const LONGEST_BEGINNING = 3;
const DOT = 0x2e;
const [LOWER_A, LOWER_Z, ZERO, NINE] = [0x61, 0x7a, 0x30, 0x39];
const FIRST_BEYOND_ASCII = 0x80;

interface SignedNames {
  count: number;
  names: Uint8Array;
  offsets: Uint32Array;
}

/** As it is looked at. */
export interface Signature {
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

/** Copies the bytes; none are of a segment without entries. */
export function readSignature(bytes: Uint8Array, segment: number): Signature {
  const copy = new Uint8Array(SIGNATURE_BYTES);
  copy.set(bytes);
  return layOut(copy, segment);
}

function layOut({ buffer }: Uint8Array<ArrayBuffer>, segment: number): Signature {
  return {
    threes: new Uint16Array(buffer, 0, 2 ** THREES_BITS),
    beginnings: new Uint16Array(buffer, BEGINNINGS_AT, 2 ** BEGINNINGS_BITS),
    wholes: new Uint8Array(buffer, WHOLES_AT),
    salt: saltOf(segment),
  };
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
    const length = Math.min(text.length, LONGEST_BEGINNING);
    this.#inWord = hashOf(text, 0, length, SEED_OF_WORD);
    this.#inName = hashOf(text, 0, length, SEED_OF_NAME);
    this.#whole = hashOf(text, 0, text.length, SEED_OF_NAME);
  }

  /** Blocks that may have names which it fits at least so well (`RANK`), as bits. */
  blocksIn({ threes, beginnings, wholes, salt }: Signature, least: number): number {
    if (least === RANK.whole && !isAmong(wholes, this.#whole ^ salt)) return 0;
    let blocks = ALL_BLOCKS;
    if (least >= RANK.wordStart) blocks = blocksOf(beginnings, BEGINNINGS_BITS, this.#inName ^ salt);
    if (least === RANK.wordStart) blocks |= blocksOf(beginnings, BEGINNINGS_BITS, this.#inWord ^ salt);
    for (const three of this.#threes) {
      if (blocks === 0) break;
      blocks &= blocksOf(threes, THREES_BITS, three ^ salt);
    }
    return blocks;
  }
}

function addThrees({ threes, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  let last = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  for (let at = from + 2; at < to; at++) {
    last = ((last << 8) | (bytes[at] ?? 0)) & 0xffffff;
    addBlock(threes, THREES_BITS, last ^ salt, block);
  }
}

function addWords({ beginnings, wholes, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  let isAfterWord = false;
  let dot = -1;
  for (let at = from; at < to; ) {
    const byte = bytes[at] ?? 0;
    if (at > from && !isAfterWord) addBeginnings(beginnings, bytes, at, to, SEED_OF_WORD, salt, block);
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
  addBeginnings(beginnings, bytes, from, to, SEED_OF_NAME, salt, block);
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
  to: number,
  seed: number,
  salt: number,
  block: number,
): void {
  let hash = seed;
  const end = Math.min(to, from + LONGEST_BEGINNING);
  for (let at = from; at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
    addBlock(beginnings, BEGINNINGS_BITS, hash ^ salt, block);
  }
}

function addBlock(table: Uint16Array, bits: number, key: number, block: number): void {
  const hash = Math.imul(key, GOLDEN);
  const [place, other] = [placeOf(hash, bits), otherPlaceOf(hash, bits)];
  table[place] = (table[place] ?? 0) | block;
  table[other] = (table[other] ?? 0) | block;
}

function blocksOf(table: Uint16Array, bits: number, key: number): number {
  const hash = Math.imul(key, GOLDEN);
  return (table[placeOf(hash, bits)] ?? 0) & (table[otherPlaceOf(hash, bits)] ?? 0);
}

function placeOf(hash: number, bits: number): number {
  return hash >>> (32 - bits);
}

/** In the same line. */
function otherPlaceOf(hash: number, bits: number): number {
  return (placeOf(hash, bits) & ~IN_LINE) | (Math.imul(hash, OTHER) >>> 27);
}

function addTo(set: Uint8Array, key: number): void {
  for (const bit of bitsOf(key)) set[bit >> 3] = (set[bit >> 3] ?? 0) | (1 << (bit & 7));
}

function isAmong(set: Uint8Array, key: number): boolean {
  return bitsOf(key).every((bit) => ((set[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0);
}

function bitsOf(key: number): [number, number] {
  return [Math.imul(key, GOLDEN) >>> (32 - WHOLES_BITS), Math.imul(key ^ (key >>> 15), OTHER) >>> (32 - WHOLES_BITS)];
}

function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash;
}

function saltOf(segment: number): number {
  return Math.imul(segment + 1, PRIME);
}
