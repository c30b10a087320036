/**
 * @file Answers as JSON of which no character is beyond U+00FF. V8 has one byte for each character of a text as long as that is enough, and two for
 * all of them as soon as one is beyond: a single name in Greek makes a page of a hundred hits take twice as long to be written, sent and read.
 */

const WIDE = /[^\0-\xff]/;
const FIRST_ESCAPED = 0x80;
const [BACKSLASH, LETTER_U] = [0x5c, 0x75];
const HEX = Buffer.from('0123456789abcdef');
const ESCAPE_LENGTH = 6;
/** Written by `JSON.stringify` as it is, for a text or a number (https://github.com/tc39/proposal-json-parse-with-source). TypeScript does not have it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(json: string): object };
/** Where texts are put together: what is read from bytes as Latin-1 has one byte for each character. */
let desk = Buffer.alloc(4096);

/**
 * The same, with each text that has characters beyond U+00FF replaced by what `JSON.stringify` writes as escape sequences.
 * @param data that JSON says as it is. What has no such text is returned as it is, the rest copied.
 */
export function narrowed(data: unknown): unknown {
  if (typeof data === 'string') return WIDE.test(data) ? escaped(data) : data;
  if (typeof data !== 'object' || data === null) return data;
  return Array.isArray(data) ? narrowedArray(data) : narrowedObject(data as Record<string, unknown>);
}

function narrowedArray(data: unknown[]): unknown[] {
  let copy: unknown[] | null = null;
  for (const [index, value] of data.entries()) {
    const narrow = narrowed(value);
    if (narrow === value) continue;
    copy ??= data.slice();
    copy[index] = narrow;
  }
  return copy ?? data;
}

function narrowedObject(data: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | null = null;
  for (const key in data) {
    const value = data[key];
    const narrow = narrowed(value);
    // To put something under this name means something else.
    if (narrow === value || key === '__proto__') continue;
    copy ??= { ...data };
    copy[key] = narrow;
  }
  return copy ?? data;
}

function escaped(text: string): object {
  const json = JSON.stringify(text);
  if (desk.length < json.length * ESCAPE_LENGTH) desk = Buffer.alloc(json.length * ESCAPE_LENGTH);
  let end = 0;
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (unit < FIRST_ESCAPED) desk[end++] = unit;
    else {
      desk[end++] = BACKSLASH;
      desk[end++] = LETTER_U;
      for (let shift = 12; shift >= 0; shift -= 4) desk[end++] = HEX[(unit >> shift) & 0xf] ?? 0;
    }
  }
  return rawJSON(desk.toString('latin1', 0, end));
}
