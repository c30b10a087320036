/** @file How signatures hash: of parts of names and of beginnings their keys, and of a key its places in the tables. */

/** How many bits say a place in each of the tables. */
export const THREES_BITS = 15;
export const LONGS_BITS = 14;
export const BEGINNINGS_BITS = 15;
export const WHOLES_BITS = 17;
/** Bits of each whole name. */
export const WHOLES_NUMBERS = 3;
const GOLDEN = 0x9e3779b1;
const OTHER = 0x85ebca6b;
/** As FNV-1a has it. */
export const PRIME = 0x01000193;
/** So that names and words in them do not hash alike. */
export const SEED_OF_NAME = 0x811c9dc5;
export const SEED_OF_WORD = 0x2545f491;
/** In characters, from 1 on. Of a text that is looked for, the longest that it has. */
export const NAME_LENGTHS = [1, 2, 3, 4, 6, 8];
export const WORD_LENGTHS = [1, 2, 3, 4];

/** Keys of all three bytes in a row, and of all four and six. */
export function forEachPart(
  bytes: Uint8Array,
  from: number,
  to: number,
  onThree: (key: number) => void,
  onLong: (key: number) => void,
): void {
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

/** Keys of what begins at `from`, of each of these lengths, in order, as far as it goes on before `to`. */
export function forEachBeginning(
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

/** FNV-1a, begun with a seed: key of what is between these bytes. */
export function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = seed;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), PRIME);
  return hash;
}

/** Of UTF-8, whether a byte is not the first of its character. */
function isWithinCharacter(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** The first, second and third place of a key, in a table of 2^`bits`. */
export function placeOf(key: number, bits: number): number {
  return Math.imul(key, GOLDEN) >>> (32 - bits);
}

export function secondPlaceOf(key: number, bits: number): number {
  return mixed(key) >>> (32 - bits);
}

export function thirdPlaceOf(key: number, bits: number): number {
  return (mixed(key) >>> 2) & (2 ** bits - 1);
}

function mixed(key: number): number {
  const hash = Math.imul(key, GOLDEN);
  return Math.imul(hash ^ (hash >>> 15), OTHER);
}

/** Of a whole name, the place of one of its bits. @param number below `WHOLES_NUMBERS` */
export function bitOfWhole(key: number, number: number): number {
  const step = Math.imul(key ^ (key >>> 15), OTHER) | 1;
  return (Math.imul(key, GOLDEN) + Math.imul(step, number)) >>> (32 - WHOLES_BITS);
}
