import { describe, expect, it } from 'vitest';
import { displayName } from './display-name.ts';

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
