import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from './fold-text.ts';

const anyText = string({ unit: 'binary' });

describe('Folding', () => {
  test.each([
    ['README', 'readme'],
    ['Crème Brûlée', 'creme brulee'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ὈΔΥΣΣΕΎΣ', 'οδυσσευσ'],
    ['Ὀδυσσεύς', 'οδυσσευσ'],
    ['İstanbul', 'istanbul'],
    ['ısı', 'isi'],
    ['Łódź', 'lodz'],
    ['Ærø', 'aero'],
    ['ＦＵＬＬ　ｗｉｄｔｈ', 'full width'],
    ['ﬁle', 'file'],
    ['Ёлка', 'елка'],
    ['写真', '写真'],
    ['❤️', '❤'],
    ['a／b', 'a∕b'],
    ['\ud800', '\ufffd'],
    ['\u0301', ''],
  ])('makes %s to %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('gives each character of Unicode what folding again does not change', () => {
    const changed: string[] = [];
    for (let code = 0; code <= 0x2ffff; code++) {
      const character = String.fromCodePoint(code);
      const folded = foldText(character);
      if (foldText(folded) !== folded || (character !== '/' && folded.includes('/'))) changed.push(code.toString(16));
    }
    expect(changed).toEqual([]);
  });

  test('makes one of upper and lower case, of each character', () => {
    const different: string[] = [];
    for (let code = 0; code <= 0x1ffff; code++) {
      const character = String.fromCodePoint(code);
      // The iota below a letter is a mark, and in upper case a letter of its own: there Greek leaves it out as often as not.
      if (character.normalize('NFD').includes('\u0345')) continue;
      const folded = foldText(character);
      if (foldText(character.toLowerCase()) !== folded || foldText(character.toUpperCase()) !== folded) different.push(code.toString(16));
    }
    expect(different).toEqual([]);
  });

  test('makes one of all normal forms', () => {
    assert(
      property(anyText, (text) => {
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(foldText(text.normalize(form))).toBe(foldText(text));
      }),
      { examples: [['한글'], ['が'], ['Å'], ['ǰ']] },
    );
  });

  test('folds parts as it folds the whole', () => {
    assert(
      property(anyText, anyText, (left, right) => {
        expect(foldText(left + right)).toBe(foldText(left) + foldText(right));
      }),
    );
  });
});
