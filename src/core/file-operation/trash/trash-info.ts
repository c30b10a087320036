import { fromBytes, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { joinNames, joinVolumePath, namesBelow, splitVolumePath } from '#core/fs/path-names.ts';

/** What a `.trashinfo` file says. */
export interface TrashInfo {
  originalPath: NativePath;
  trashedAt: Date | null;
}

/** Left as it is by RFC 2396 in a path; everything else is `%XX`, byte by byte. */
const PLAIN = /[A-Za-z0-9\-_.!~*'()/]/;

/**
 * Writes what the FreeDesktop.org Trash specification 1.0 asks for: below a volume's top folder the path is relative to that folder, so that it
 * holds wherever the volume is mounted. Times are local, to the second.
 *
 * @param top null for absolute paths
 */
export function formatTrashInfo(
  { originalPath, trashedAt }: { originalPath: NativePath; trashedAt: Date },
  top: NativePath | null,
): string {
  const below = top === null ? null : namesBelow(originalPath, top);
  return `[Trash Info]\nPath=${percentEncode(below ? joinVolumePath(below) : originalPath)}\nDeletionDate=${localTime(trashedAt)}\n`;
}

/** Null for what does not say where it was, or leads out of the top folder. */
export function parseTrashInfo(text: string, top: NativePath | null): TrashInfo | null {
  if (!/^\s*\[Trash Info\]\s*$/m.test(text)) return null;
  const bytes = percentDecode(/^Path=(.*)$/m.exec(text)?.[1] ?? '');
  if (!bytes || bytes.length === 0 || bytes.includes(0)) return null;
  const names = splitVolumePath(fromBytes(bytes));
  if (names.length === 0 || names.some((name) => name === '..' || name === '.')) return null;
  const isAbsolute = bytes[0] === 0x2f;
  // A stick could name any file of this computer.
  if (isAbsolute !== (top === null)) return null;
  const date = /^DeletionDate=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)/m.exec(text)?.[1];
  return {
    originalPath: joinNames(top ?? '/', names),
    trashedAt: date === undefined || Number.isNaN(Date.parse(date)) ? null : new Date(date),
  };
}

export function percentEncode(path: NativePath): string {
  let text = '';
  for (const byte of toBytes(path)) {
    const character = String.fromCharCode(byte);
    text += PLAIN.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

/** Null for damaged escapes. */
export function percentDecode(text: string): Buffer | null {
  const bytes: number[] = [];
  for (const part of text.split(/(%[\s\S]{0,2})/)) {
    if (!part.startsWith('%')) bytes.push(...Buffer.from(part));
    else if (/^%[0-9a-f]{2}$/i.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else return null;
  }
  return Buffer.from(bytes);
}

function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
