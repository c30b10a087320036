import { RANK } from './rank.ts';
import { ALL_BLOCKS, BEGINNINGS_AT, GROUP_SIZE, LONGS_AT, WHOLES_BYTES } from './signature.ts';
import {
  BEGINNINGS_BITS,
  bitOfWhole,
  forEachBeginning,
  forEachPart,
  hashOf,
  LONGS_BITS,
  NAME_LENGTHS,
  placeOf,
  SEED_OF_NAME,
  SEED_OF_WORD,
  secondPlaceOf,
  THREES_BITS,
  thirdPlaceOf,
  WHOLES_NUMBERS,
  WORD_LENGTHS,
} from './signature-keys.ts';

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
  const one = (BEGINNINGS_AT + placeOf(key, BEGINNINGS_BITS)) * GROUP_SIZE;
  const other = (BEGINNINGS_AT + secondPlaceOf(key, BEGINNINGS_BITS)) * GROUP_SIZE;
  const third = (BEGINNINGS_AT + thirdPlaceOf(key, BEGINNINGS_BITS)) * GROUP_SIZE;
  for (let index = 0; index < GROUP_SIZE; index++) {
    const found = (rows[one + index] ?? 0) & (rows[other + index] ?? 0) & (rows[third + index] ?? 0);
    blocks[index] = (blocks[index] ?? 0) | found;
  }
}

/** Keeps the blocks that have three bytes. @returns whether there are any */
function keepInRows(rows: Uint16Array, key: number, blocks: Uint16Array): boolean {
  const one = placeOf(key, THREES_BITS) * GROUP_SIZE;
  const other = secondPlaceOf(key, THREES_BITS) * GROUP_SIZE;
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
  const row = (LONGS_AT + placeOf(key, LONGS_BITS)) * GROUP_SIZE;
  let any = 0;
  for (let index = 0; index < GROUP_SIZE; index++) {
    const kept = (blocks[index] ?? 0) & (rows[row + index] ?? 0);
    blocks[index] = kept;
    any |= kept;
  }
  return any !== 0;
}

/** Of the set that begins `from` bytes after the first. */
function isAmong(bytes: Uint8Array, from: number, key: number): boolean {
  for (let number = 0; number < WHOLES_NUMBERS; number++) {
    const bit = bitOfWhole(key, number);
    if (((bytes[from + (bit >> 3)] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** Key of the longest beginning of a text. */
function longestBeginning(text: Uint8Array, lengths: readonly number[], seed: number): number {
  let longest = 0;
  forEachBeginning(text, 0, text.length, lengths, seed, (key) => {
    longest = key;
  });
  return longest;
}
