import { SIGNATURE_BYTES, saltOf } from './signature.ts';

/** For so many more than there are, there is room: a table that is full is copied. */
const SPARE = 8;
const NONE = -1;

/**
 * The signatures of all segments, one after the other: a text is looked for in all of them at once, and nearly all that this takes is waiting for
 * memory. What lies in one row, the processor fetches for many of them at a time.
 */
export class SignatureTable {
  #bytes = new Uint8Array(0);
  #words = new Uint16Array(0);
  #salts = new Int32Array(0);
  readonly #places = new Map<number, number>();

  /** Of all of them: what `signature.ts` describes, each `SIGNATURE_BYTES` after the one before. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get words(): Uint16Array {
    return this.#words;
  }

  /** By place. */
  get salts(): Int32Array {
    return this.#salts;
  }

  /** To be called before many are kept. */
  reserve(count: number): void {
    if (count <= this.#salts.length) return;
    const capacity = count + Math.ceil(count / SPARE);
    const [bytes, salts] = [new Uint8Array(capacity * SIGNATURE_BYTES), new Int32Array(capacity)];
    bytes.set(this.#bytes);
    salts.set(this.#salts);
    this.#bytes = bytes;
    this.#words = new Uint16Array(bytes.buffer);
    this.#salts = salts;
  }

  /** Copies the signature of a segment; of one without entries it has no bytes. */
  keep(segment: number, signature: Uint8Array): void {
    const place = this.#places.get(segment) ?? this.#places.size;
    this.reserve(place + 1);
    this.#places.set(segment, place);
    this.#salts[place] = saltOf(segment);
    const at = place * SIGNATURE_BYTES;
    if (signature.length === 0) this.#bytes.fill(0, at, at + SIGNATURE_BYTES);
    else this.#bytes.set(signature, at);
  }

  /** Where those of segments are, by their numbers; -1 for none. */
  placesOf(segments: readonly { number: number | null }[]): Int32Array {
    return Int32Array.from(segments, ({ number }) => (number === null ? NONE : (this.#places.get(number) ?? NONE)));
  }
}
