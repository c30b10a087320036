import { StandardRPCJsonSerializer } from '@orpc/client/standard';
import { describe, expect, it } from 'vitest';
import { AnswerSerializer } from './rpc-handler.ts';

const ORPC = new StandardRPCJsonSerializer();
const OURS = new AnswerSerializer();

class Point {
  x = 1;
}

/** What JSON says as it is, then what it does not, alone and deep within an answer. */
const JSON_VALUES = [
  null,
  true,
  '',
  'a',
  '\ud800',
  0,
  -0,
  1.5,
  1e308,
  [],
  {},
  [null],
  { a: [{ b: 'c' }] },
  { a: undefined, b: 1 },
  { __proto__: null, a: 1 },
];
const OTHERS = [
  undefined,
  Number.NaN,
  12n,
  new Date(0),
  new Date(Number.NaN),
  /x/g,
  new URL('http://a/'),
  new Set([1]),
  new Map([[1, new Date(1)]]),
];
const ODD = [Number.POSITIVE_INFINITY, [undefined], new Point(), { toJSON: () => 'hidden', a: 1 }];

describe('the serializer of answers', () => {
  it('writes what oRPC writes', () => {
    for (const value of [...JSON_VALUES, ...OTHERS, ...ODD]) {
      for (const data of [value, [value], { items: [{ value }, { other: value }], last: 'one' }]) {
        const [[json, meta], [theirJson, theirMeta]] = [OURS.serialize(data), ORPC.serialize(data)];
        expect(JSON.stringify({ json, meta })).toBe(JSON.stringify({ json: theirJson, meta: theirMeta }));
      }
    }
  });

  it('copies nothing of an answer that is JSON', () => {
    const answer = { items: [{ name: 'a', size: 1, problem: null }] };
    expect(OURS.serialize(answer)[0]).toBe(answer);
    expect(OURS.serialize({ at: new Date(0) })[1]).not.toEqual([]);
  });
});
