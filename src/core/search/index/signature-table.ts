import { ALL_BLOCKS, GROUP_SIZE, groupOf, ROWS, SIGNATURE_BYTES, saltOf, WHOLES_AT, WHOLES_BYTES } from './signature.ts';
import type { SoughtText } from './sought-text.ts';

const NONE = -1;

/** The signatures of a group of segments, each in a column. */
class SignatureGroup {
  readonly salt: number;
  readonly rows = new Uint16Array(ROWS * GROUP_SIZE);
  readonly wholes = new Uint8Array(WHOLES_BYTES * GROUP_SIZE);
  /** Of the segment in each column, its index among those that are searched; -1 for none. */
  readonly indexes = new Int32Array(GROUP_SIZE).fill(NONE);

  constructor(group: number) {
    this.salt = saltOf(group);
  }

  keep(column: number, words: Uint16Array, wholes: Uint8Array): void {
    const { rows } = this;
    for (let row = 0, at = column; row < ROWS; row++, at += GROUP_SIZE) rows[at] = words[row] ?? 0;
    this.wholes.set(wholes, column * WHOLES_BYTES);
  }
}

/**
 * The signatures of all segments: a text is looked for in all of them at once, and nearly all that this takes is waiting for memory. What those of a
 * group have at one place lies in one line of the processor's cache.
 */
export class SignatureTable {
  readonly #groups = new Map<number, SignatureGroup>();
  /** One signature, where its numbers can be read. */
  readonly #desk = new Uint8Array(SIGNATURE_BYTES);
  readonly #words = new Uint16Array(this.#desk.buffer, 0, ROWS);
  readonly #found = new Uint16Array(GROUP_SIZE);
  /** Indexes of segments that have no signature. */
  #unsigned: number[] = [];

  /** Copies the signature of a segment; of one without entries it has no bytes. */
  keep(segment: number, signature: Uint8Array): void {
    if (signature.length === 0) this.#desk.fill(0);
    else this.#desk.set(signature);
    const number = groupOf(segment);
    const group = this.#groups.get(number) ?? new SignatureGroup(number);
    this.#groups.set(number, group);
    group.keep(segment % GROUP_SIZE, this.#words, this.#desk.subarray(WHOLES_AT));
  }

  /** Says which segments are searched, in which order. Those without a number have no signature. */
  arrange(segments: readonly { number: number | null }[]): void {
    for (const { indexes } of this.#groups.values()) indexes.fill(NONE);
    this.#unsigned = [];
    for (const [index, { number }] of segments.entries()) {
      const group = number === null ? undefined : this.#groups.get(groupOf(number));
      if (group && number !== null) group.indexes[number % GROUP_SIZE] = index;
      else this.#unsigned.push(index);
    }
  }

  /** Blocks that may have names with a text, as bits, by the index of their segment. @param blocks written */
  findAnywhere(sought: SoughtText, blocks: Uint16Array): void {
    const found = this.#found;
    for (const group of this.#groups.values()) {
      const { indexes } = group;
      sought.findAnywhere(group, found);
      for (let column = 0; column < GROUP_SIZE; column++) {
        const index = indexes[column] ?? NONE;
        if (index !== NONE) blocks[index] = found[column] ?? 0;
      }
    }
    for (const index of this.#unsigned) blocks[index] = ALL_BLOCKS;
  }

  /** Keeps of these blocks those that may have names that it fits at least so well (`RANK`), from the beginnings of words on. */
  keepBeginnings(sought: SoughtText, least: number, blocks: Uint16Array): void {
    const found = this.#found;
    for (const group of this.#groups.values()) {
      const { indexes } = group;
      if (!indexes.some((index) => index !== NONE && blocks[index] !== 0)) continue;
      sought.findBeginnings(group, least, found);
      for (let column = 0; column < GROUP_SIZE; column++) {
        const index = indexes[column] ?? NONE;
        if (index !== NONE) blocks[index] = (blocks[index] ?? 0) & (found[column] ?? 0);
      }
    }
  }
}
