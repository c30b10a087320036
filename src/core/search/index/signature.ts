/**
 * Which three bytes in a row occur in the names of a segment, as a set of hashes: a bit of 65,536 for each. With the 8,000 different ones that a
 * segment has, one that does not occur is told from one that does 9 times of 10, and a word of six letters 9,999 times of 10,000.
 */
const BITS = 16;
export const SIGNATURE_BYTES = 2 ** BITS / 8;
const GOLDEN = 0x9e3779b1;
const LENGTH = 3;

/** Adds the bytes of one name. */
export function addToSignature(signature: Uint8Array, bytes: Uint8Array, from: number, to: number): void {
  let last = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  for (let index = from + 2; index < to; index++) {
    last = ((last << 8) | (bytes[index] ?? 0)) & 0xffffff;
    const bit = Math.imul(last, GOLDEN) >>> (32 - BITS);
    signature[bit >> 3] = (signature[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
}

/** The bits that are set wherever these bytes occur; none where they are fewer than three. */
export function signatureBits(bytes: Uint8Array): number[] {
  const bits = new Set<number>();
  for (let index = 0; index + LENGTH <= bytes.length; index++) {
    const three = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    bits.add(Math.imul(three, GOLDEN) >>> (32 - BITS));
  }
  return [...bits];
}

export function mayContain(signature: Uint8Array, bits: readonly number[]): boolean {
  for (const bit of bits) if (((signature[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  return true;
}
