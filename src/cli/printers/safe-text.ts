/**
 * Text from a disk (names, labels, paths) as a terminal may have it: control characters, which could move the cursor or
 * retitle the window, and bidirectional overrides, which make a name read as another, appear as `\x1b` and `\u202e`.
 */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** C0 and C1 controls, line and paragraph separators, zero-width and bidirectional formatting characters, lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;
