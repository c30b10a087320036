/** How the bytes of a text are read. `windows-1252` stands for every text of single bytes: it leaves none out. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** So many bytes that stand for nothing in a text, in a thousand, and it is none. */
const MOST_CONTROLS = 3;

/**
 * How the beginning of a file is to be read as text: by its byte order mark, else by what its bytes can be. Null when it is no text.
 * @param isWhole the bytes are all there are; else the last character may be cut off
 */
export function detectEncoding(bytes: Uint8Array, isWhole: boolean): TextEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const wide = detectWide(bytes);
  if (wide) return wide;
  if (bytes.includes(0) || controlsIn(bytes) * 1000 > bytes.length * MOST_CONTROLS) return null;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    return 'utf-8';
  } catch {
    // It has bytes that UTF-8 cannot have.
    return 'windows-1252';
  }
}

/** UTF-16 without its mark: every other byte of mostly Latin text is zero. */
function detectWide(bytes: Uint8Array): TextEncoding | null {
  const looked = Math.min(bytes.length - (bytes.length % 2), 1024);
  if (looked < 4) return null;
  let [even, odd] = [0, 0];
  for (let index = 0; index < looked; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const most = looked / 2;
  if (odd > most * 0.7 && even === 0) return 'utf-16le';
  return even > most * 0.7 && odd === 0 ? 'utf-16be' : null;
}

/** Control characters other than white space, backspace and escape, which logs of terminals have. */
function controlsIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27) count++;
  return count;
}

/**
 * The whole lines at the beginning of some bytes, so that what follows begins with a line of its own. Bytes without any end of a line are cut
 * between two characters.
 * @returns how many of the bytes that are
 */
export function wholeLines(bytes: Uint8Array, encoding: TextEncoding): number {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const last = encoding === 'utf-16le' ? [10, 0] : [0, 10];
    for (let end = bytes.length - (bytes.length % 2); end >= 2; end -= 2) {
      if (bytes[end - 2] === last[0] && bytes[end - 1] === last[1]) return end;
    }
    return bytes.length - (bytes.length % 2);
  }
  const newline = bytes.lastIndexOf(10);
  if (newline >= 0) return newline + 1;
  return encoding === 'utf-8' ? wholeCharacters(bytes) : bytes.length;
}

/** Leaves out a character of UTF-8 that is cut off at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes that are no characters appear as U+FFFD; a byte order mark does not appear. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  return new TextDecoder(encoding).decode(bytes);
}
