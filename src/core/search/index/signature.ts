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
import {
  BEGINNINGS_BITS,
  bitOfWhole,
  forEachBeginning,
  forEachPart,
  hashOf,
  LONGS_BITS,
  NAME_LENGTHS,
  PRIME,
  placeOf,
  SEED_OF_NAME,
  SEED_OF_WORD,
  secondPlaceOf,
  THREES_BITS,
  thirdPlaceOf,
  WHOLES_BITS,
  WHOLES_NUMBERS,
  WORD_LENGTHS,
} from './signature-keys.ts';

/** Slots of a block. */
export const BLOCK_SIZE = 256;
/** Of a segment. */
export const BLOCKS = 16;
/** As bits: all blocks of a segment. */
export const ALL_BLOCKS = 0xffff;
/** Segments that hash alike; of numbers in a row. */
export const GROUP_SIZE = 32;
/** Of all tables, one after the other. */
export const ROWS = 2 ** THREES_BITS + 2 ** LONGS_BITS + 2 ** BEGINNINGS_BITS;
export const LONGS_AT = 2 ** THREES_BITS;
export const BEGINNINGS_AT = LONGS_AT + 2 ** LONGS_BITS;
/** Of a signature, in bytes. */
export const WHOLES_AT = ROWS * Uint16Array.BYTES_PER_ELEMENT;
export const WHOLES_BYTES = 2 ** WHOLES_BITS / 8;
export const SIGNATURE_BYTES = WHOLES_AT + WHOLES_BYTES;
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

function addParts({ threes, longs, salt }: Signature, bytes: Uint8Array, from: number, to: number, block: number): void {
  forEachPart(
    bytes,
    from,
    to,
    (three) => addTwice(threes, three ^ salt, block),
    (long) => addBlock(longs, placeOf(long ^ salt, LONGS_BITS), block),
  );
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

function addTwice(table: Uint16Array, key: number, block: number): void {
  addBlock(table, placeOf(key, THREES_BITS), block);
  addBlock(table, secondPlaceOf(key, THREES_BITS), block);
}

function addThrice(table: Uint16Array, key: number, block: number): void {
  addBlock(table, placeOf(key, BEGINNINGS_BITS), block);
  addBlock(table, secondPlaceOf(key, BEGINNINGS_BITS), block);
  addBlock(table, thirdPlaceOf(key, BEGINNINGS_BITS), block);
}

function addBlock(table: Uint16Array, place: number, block: number): void {
  table[place] = (table[place] ?? 0) | block;
}

function addTo(set: Uint8Array, key: number): void {
  for (let number = 0; number < WHOLES_NUMBERS; number++) {
    const bit = bitOfWhole(key, number);
    set[bit >> 3] = (set[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** Which segments hash alike. */
export function groupOf(segment: number): number {
  return Math.floor(segment / GROUP_SIZE);
}

export function saltOf(group: number): number {
  return Math.imul(group + 1, PRIME);
}
