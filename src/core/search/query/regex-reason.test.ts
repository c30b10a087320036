import { expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';

const WRONG: readonly (readonly [expression: string, reasonCode: string])[] = [
  ['(a', 'group-not-closed'],
  ['a)', 'bracket-closes-nothing'],
  ['[a', 'class-not-closed'],
  ['*a', 'nothing-to-repeat'],
  ['(?<=a)+*', 'nothing-to-repeat'],
  ['a{2,1}', 'counts-reversed'],
  ['[b-a]', 'range-reversed'],
  ['\\p{Foo}(', 'group-not-closed'],
  ['(?a)', 'group-unknown'],
  ['(?<a', 'group-unknown'],
  ['(?<a>x)(?<a>y)', 'group-unknown'],
  ['(?ii:a)', 'group-unknown'],
];

it.each(WRONG)('says in words that can be translated what is wrong with %s', (expression, reasonCode) => {
  const [problem] = parseQuery(`name:/${expression}/`, { now: new Date(0) }).problems;
  expect(problem).toMatchObject({ code: 'regex-invalid', params: { reasonCode } });
  expect(problem?.message).toBe(`This is not a regular expression: ${problem?.params.reason}.`);
});
