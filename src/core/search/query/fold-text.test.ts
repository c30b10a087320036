import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from './fold-text.ts';

/** Letters that are in use, by blocks of Unicode. */
const ALPHABETS: readonly (readonly [number, number])[] = [
  [0x41, 0x24f],
  [0x386, 0x64a],
  [0x904, 0x939],
  [0x10d0, 0x10ff],
  [0x1e00, 0x1fff],
  [0x3041, 0x30f6],
];
/**
 * Where folding is of another opinion than Unicode's order: `ı`, `ŧ`, the short `й` and what carries a hamza are found by the letter without it;
 * what has no accent for Unicode's tables is not (`ґ`, `ŀ`, the last letters of Hebrew words, small kana).
 */
const SEEN_OTHERWISE = 'ıŦŧŀĿǄǅǆЙйҐґآأؤإئךםןףץぁぃぅぇぉゕゖっゃゅょゎァィゥェォヵヶッャュョヮ';

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

  test.each([
    ['Latin', /\p{Script=Latin}/u],
    ['Greek', /\p{Script=Greek}/u],
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Armenian', /\p{Script=Armenian}/u],
    ['Georgian', /\p{Script=Georgian}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Devanagari', /\p{Script=Devanagari}/u],
    ['Hiragana', /\p{Script=Hiragana}/u],
    ['Katakana', /\p{Script=Katakana}/u],
  ])('makes one of the letters that dictionaries take for one, in %s, and of no others', (_script, isMeant) => {
    const isSame = new Intl.Collator('en', { sensitivity: 'base' });
    const letters = ALPHABETS.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
    );
    const these = letters.filter((letter) => isMeant.test(letter) && /\p{L}/u.test(letter));
    const different: string[] = [];
    for (const [index, a] of these.entries()) {
      for (const b of these.slice(index + 1)) {
        if ((foldText(a) === foldText(b)) === (isSame.compare(a, b) === 0)) continue;
        if (!SEEN_OTHERWISE.includes(a) && !SEEN_OTHERWISE.includes(b)) different.push(`${a}${b}`);
      }
    }
    expect(these.length).toBeGreaterThan(25);
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
