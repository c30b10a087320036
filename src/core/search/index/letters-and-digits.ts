/** No code point from here on is a letter or a digit. */
export const LAST_CODE_POINTS = 0x40000;
const FIRST_IDEOGRAPHS = 0x20000;

let known: Uint8Array | null = null;

/** A bit for each code point below `LAST_CODE_POINTS`. The planes of ideographs are taken to have nothing else. */
export function lettersAndDigits(): Uint8Array {
  known ??= findLettersAndDigits();
  return known;
}

export function isLetterOrDigit(code: number): boolean {
  return code < LAST_CODE_POINTS && (((lettersAndDigits()[code >> 3] ?? 0) >> (code & 7)) & 1) === 1;
}

function findLettersAndDigits(): Uint8Array {
  const bits = new Uint8Array(LAST_CODE_POINTS / 8);
  const isMeant = /[\p{L}\p{N}]/u;
  bits.fill(0xff, FIRST_IDEOGRAPHS / 8);
  for (let code = 0; code < FIRST_IDEOGRAPHS; code++) {
    if (isMeant.test(String.fromCodePoint(code))) bits[code >> 3] = (bits[code >> 3] ?? 0) | (1 << (code & 7));
  }
  return bits;
}
