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
}

/** The name in parts, so that what stands for hidden characters can be set apart: `a`, `⟨U+202E⟩`, `gpj.exe`. */
export function displayParts(name: string): NamePart[] {
  const parts: NamePart[] = [];
  let end = 0;
  for (const match of name.matchAll(UNSAFE)) {
    if (match.index > end) parts.push({ text: name.slice(end, match.index), isMark: false });
    parts.push({ text: markOf(match[0]), isMark: true });
    end = match.index + match[0].length;
  }
  if (end < name.length || parts.length === 0) parts.push({ text: name.slice(end), isMark: false });
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
