import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText } from './fold-text.ts';
import { parseQuery } from './parse-query.ts';
import type { Query } from './query.ts';

/** As an index does. */
function matches(query: Query, name: string): boolean {
  if (query.type === 'and') return query.of.every((part) => matches(part, name));
  if (query.type === 'text') return foldText(name).includes(query.text);
  if (query.type === 'regex') return query.regex.test(name);
  return query.type === 'all';
}

const finds = (word: string, name: string) => matches(parseQuery(word, { now: new Date() }).query, name);

describe('A word with *', () => {
  test.each([
    ['*.jpg', 'IMG_1.JPG'],
    ['img*', 'img'],
    ['img*1*.jpg', 'IMG_2011.jpg'],
    ['*', 'anything'],
    ['c*e', 'Crème brûlée'],
    ['*brulee', 'Crème brûlée'.normalize('NFD')],
    ['한*', '한글'],
    ['한*', '한글'.normalize('NFD')],
    ['か*', 'がぎ'],
    ['a*[b]-^\\', 'A[x[b]-^\\'],
    ['two*', 'two\nlines'],
  ])('%s is %s', (word, name) => {
    expect(finds(word, name)).toBe(true);
  });

  test.each([
    ['*.jpg', 'a.jpg.bak'],
    ['img*', 'my img'],
    ['a*b*c', 'acb'],
    ['a*a', 'a'],
    ['"*"', 'star'],
    ['*.jpg', 'ajpg'],
  ])('%s is not %s', (word, name) => {
    expect(finds(word, name)).toBe(false);
  });

  test('is any name that its parts are made of', () => {
    const part = array(constantFrom(...'aÀé.[^-]\\$+?{}|ñΣσж한が1'), { maxLength: 4 }).map((letters) => letters.join(''));
    assert(
      property(
        array(part, { minLength: 2, maxLength: 4 }),
        array(string({ maxLength: 4 }), { minLength: 4, maxLength: 4 }),
        (parts, between) => {
          const name = parts.map((text, index) => (index === 0 ? text : between[index] + text)).join('');
          const word = parts.join('*');
          // Brackets, signs and regular expressions have meanings of their own where a word begins.
          if (word.startsWith('-')) return;
          for (const form of ['NFC', 'NFD']) expect([word, name, finds(word, name.normalize(form))]).toEqual([word, name, true]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('has an answer at once, whatever it is', () => {
    const name = `${'a'.repeat(250)}!`;
    expect(finds(`${'a*'.repeat(100)}b`, name)).toBe(false);
    expect(finds('*'.repeat(500), name)).toBe(true);
    expect(parseQuery('*a'.repeat(2000), { now: new Date() }).problems).toMatchObject([{ kind: 'mistake' }]);
  });
});
