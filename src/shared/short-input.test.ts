import { expect, it } from 'vitest';
import { countIn, shortInput } from './short-input.ts';

it('leaves the first items of long lists, and says how many there were', () => {
  const input = { sources: Array.from({ length: 101 }, (_, index) => index), items: ['a'], parent: '/x' };
  const short = shortInput(input);
  expect(short).toEqual({ sources: input.sources.slice(0, 100), sourcesCount: 101, items: ['a'], parent: '/x' });
  expect([countIn(input, 'sources'), countIn(short, 'sources'), countIn(short, 'items'), countIn(short, 'parent')]).toEqual([
    101, 101, 1, 0,
  ]);
  expect(shortInput(short)).toEqual(short);
});
