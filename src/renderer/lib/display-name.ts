import type { TextRange } from '../../shared/contract/search.ts';

/**
 * Names come from disks that anyone may have written. Shown raw, a name can hide characters or turn the text around it
 * (“Trojan Source”, CVE-2021-42574): control characters, bidirectional overrides and invisible marks are made visible.
 */
const CONTROL_PICTURES = 0x2400;

/** C0 and C1 controls, bidirectional marks/overrides/isolates, zero-width characters, line separators, byte order mark. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export interface NamePart {
  text: string;
  /** Stands for a character that could not be seen. */
  isMark: boolean;
  /** Is what was searched for. */
  isMatch: boolean;
}

/**
 * The name in parts, so that what stands for hidden characters can be set apart: `a`, `⟨U+202E⟩`, `gpj.exe`.
 * @param matches where in it is what was searched for, in any order
 */
export function displayParts(name: string, matches: readonly TextRange[] = []): NamePart[] {
  const parts = cutAt(name, matches).flatMap(({ text, isMatch }) => visibleParts(text, isMatch));
  return parts.length === 0 ? [{ text: '', isMark: false, isMatch: false }] : parts;
}

/** The text in pieces, each of which is a match or is none. */
function cutAt(text: string, matches: readonly TextRange[]): { text: string; isMatch: boolean }[] {
  const pieces: { text: string; isMatch: boolean }[] = [];
  let end = 0;
  for (const match of [...matches].sort((a, b) => a.start - b.start)) {
    // Matches of several words may lie over each other.
    const start = Math.max(match.start, end);
    if (start >= match.end || start >= text.length) continue;
    if (start > end) pieces.push({ text: text.slice(end, start), isMatch: false });
    pieces.push({ text: text.slice(start, match.end), isMatch: true });
    end = Math.min(match.end, text.length);
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMatch: false });
  return pieces;
}

function visibleParts(text: string, isMatch: boolean): NamePart[] {
  const parts: NamePart[] = [];
  let end = 0;
  for (const match of text.matchAll(UNSAFE)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isMark: false, isMatch });
    parts.push({ text: markOf(match[0]), isMark: true, isMatch });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isMark: false, isMatch });
  return parts;
}

/** The same as one text: `invoice\u202Egpj.exe` becomes `invoice⟨U+202E⟩gpj.exe`, a newline `␊`. */
export function displayName(name: string): string {
  return displayParts(name)
    .map((part) => part.text)
    .join('');
}

function markOf(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
