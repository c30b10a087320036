import { expect, it } from 'vitest';
import { safeText } from './safe-text.ts';

it('shows control characters and bidirectional overrides instead of sending them', () => {
  expect(safeText('a\u001b]0;title\u0007b')).toBe('a\\x1b]0;title\\x07b');
  expect(safeText('photo\u202egpj.exe')).toBe('photo\\u202egpj.exe');
  expect(safeText('two\nlines\tand\u2028more')).toBe('two\\nlines\\tand\\u2028more');
  expect(safeText('c1 \u009b31m, nothing \u200b\ufeff')).toBe('c1 \\x9b31m, nothing \\u200b\\ufeff');
});

it('leaves every other name as it is', () => {
  for (const name of ['Über 100 %', '写真', 'e\u0301', '👨‍👩‍👧 family', '\ufffd', 'back\\slash', '']) expect(safeText(name)).toBe(name);
});

it('shows a lone surrogate, which is no character', () => {
  expect(safeText('x\ud800y')).toBe('x\\ud800y');
});
