import { describe, expect, it } from 'vitest';
import { naturalSortKey } from './natural-sort-key.ts';

function sorted(names: string[]): string[] {
  return names.toSorted((a, b) => (naturalSortKey(a) < naturalSortKey(b) ? -1 : 1));
}

describe('the natural sort key', () => {
  it.each([
    [['file 2', 'file 10', 'file 100']],
    [['1', '09', '10', '0100', '1234567890', '98765432109']],
    [['a1b2', 'a1b10', 'a2b1']],
    [['Apple', 'banana', 'Cherry']],
    [['eclair', 'Éclat', 'edge']],
    [['1 first', 'a', 'z']],
    [['photo', 'photo 1', 'photo 2 (edited)', 'photo 12']],
  ])('orders %j so', (names) => {
    expect(sorted(names.toReversed())).toEqual(names);
    expect(sorted(names)).toEqual(names);
  });

  it.each(['a／b', '℀ccount', '9'.repeat(47), `x${'1'.repeat(111)}`])('holds no slash, for %s neither', (name) => {
    expect(naturalSortKey(name)).not.toContain('/');
  });

  it('is what Unicode makes of the whole name, whatever single characters become', () => {
    const whole = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('/', '\u2215').toLowerCase();
    const wrong: string[] = [];
    for (let code = 0x80; code < 0x10000; code++) {
      const character = String.fromCharCode(code);
      // Alone, and between others: before a letter, after one at the end of a word, after a mark.
      for (const name of [character, `Ä${character}b`, `É${character}`, `e\u0301${character} `, `${character}\udc00Σ`]) {
        const expected = whole(name);
        if (!/\d/.test(expected) && naturalSortKey(name) !== expected) wrong.push(name);
      }
    }
    expect(wrong).toEqual([]);
  });
});
