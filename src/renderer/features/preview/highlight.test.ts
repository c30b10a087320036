import { describe, expect, it } from 'vitest';
import { highlightLines, languageOf } from './highlight.ts';

const plain = (lines: ReturnType<typeof highlightLines>) => lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

describe('highlightLines', () => {
  it('leaves the text as it is, line by line, also where a comment or a string goes over several', () => {
    const code = 'const a = `one\n  two`;\n\n/* three\n   four */ let b = 5; // <script>\n';
    expect(plain(highlightLines(code, 'typescript'))).toBe(code);
  });

  it('says what its pieces are', () => {
    const [line = []] = highlightLines('const name = "text"; // why', 'typescript');
    expect(line).toContainEqual({ text: 'const', scope: 'keyword' });
    expect(line).toContainEqual({ text: '"text"', scope: 'string' });
    expect(line).toContainEqual({ text: '// why', scope: 'comment' });
  });
});

it('knows languages by extensions, in any case, and by other names of theirs', () => {
  expect(['TS', 'py', 'htm', 'jsonc', 'hh', 'txt', null].map((extension) => languageOf(extension))).toEqual([
    'ts',
    'py',
    'xml',
    'json',
    'cpp',
    null,
    null,
  ]);
});
