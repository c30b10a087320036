import { expect, it } from 'vitest';
import { readablePath } from './readable-path.ts';

it('has folders apart, and matches where they are then, also across two folders', () => {
  const marked = (path: string, ...parts: string[]) => {
    const ranges = parts.map((part) => ({ start: path.indexOf(part), end: path.indexOf(part) + part.length }));
    const { text, matches } = readablePath(path, ranges);
    return [text, ...matches.map(({ start, end }) => text.slice(start, end))];
  };
  expect(marked('Photos')).toEqual(['Photos']);
  expect(marked('Photos/Iceland/Day 1', 'Photos', 'land', 'Day 1')).toEqual(['Photos › Iceland › Day 1', 'Photos', 'land', 'Day 1']);
  expect(marked('Photos/Iceland/Day 1', 'land/Day')).toEqual(['Photos › Iceland › Day 1', 'land › Day']);
});
