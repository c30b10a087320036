import { describe, expect, it } from 'vitest';
import { displayName, displayParts } from './display-name.ts';

describe('displayName', () => {
  it('leaves ordinary names alone, whatever their language', () => {
    for (const name of ['Photos 2024', 'Übergröße.txt', '写真', 'קובץ', 'a😀b', 'e\u0301']) expect(displayName(name)).toBe(name);
  });

  it('shows control characters', () => {
    expect(displayName('a\nb\tc\u001b[31m\u007f')).toBe('a␊b␉c␛[31m␡');
  });

  it('shows what would turn or hide text', () => {
    expect(displayName('invoice\u202Egpj.exe')).toBe('invoice⟨U+202E⟩gpj.exe');
    expect(displayName('a\u200Bb\uFEFFc\u2066d')).toBe('a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+2066⟩d');
  });
});

describe('displayParts', () => {
  const parts = (name: string, ...matches: [number, number][]) =>
    displayParts(
      name,
      matches.map(([start, end]) => ({ start, end })),
    ).map(({ text, isMark, isMatch }) => `${isMatch ? '*' : ''}${isMark ? '!' : ''}${text}`);

  it('sets apart what was searched for', () => {
    expect(parts('Glacier walk.mov', [8, 12], [0, 7])).toEqual(['*Glacier', ' ', '*walk', '.mov']);
    expect(parts('Glacier')).toEqual(['Glacier']);
    expect(parts('')).toEqual(['']);
  });

  it('marks what lies in several matches once, and nothing beyond the name', () => {
    expect(parts('abcdef', [0, 4], [2, 5], [5, 5])).toEqual(['*abcd', '*e', 'f']);
    expect(parts('abc', [1, 9], [20, 30])).toEqual(['a', '*bc']);
  });

  it('shows hidden characters also within a match', () => {
    expect(parts('a\u202Eb', [0, 3])).toEqual(['*a', '*!⟨U+202E⟩', '*b']);
  });
});
