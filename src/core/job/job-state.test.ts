import { expect, it } from 'vitest';
import { copyState, packState, unpackState } from './job-state.ts';

it('gives back what it was given, and what JSON cannot say', () => {
  const state = {
    pending: [1, 2 ** 31, 2 ** 53 - 1, -1, 0.5],
    seen: new Set(['a', 'b']),
    names: new Map([['ü\u0000\n', 1]]),
    inode: 2n ** 63n - 1n,
    bytes: Buffer.from([0xff, 0x00, 0xfe]),
    columns: new Float64Array([1.5, Number.NaN]),
    at: new Date(0),
    none: null,
  };
  const bytes = packState(state);
  expect(unpackState(bytes)).toEqual(state);
  expect(packState(null)).toBeNull();
  expect(unpackState(null)).toBeNull();
});

it('understands bytes that another process has written', () => {
  // { a: 1 } as plain MessagePack, without records.
  expect(unpackState(Buffer.from([0x81, 0xa1, 0x61, 0x01]))).toEqual(new Map([['a', 1]]));
  expect(() => unpackState(Buffer.from([0x92, 0x01]))).toThrow();
});

it('copies deeply', () => {
  const state = { pending: [1, 2] };
  const copy = copyState(state) as typeof state;
  copy.pending.pop();
  expect(state).toEqual({ pending: [1, 2] });
});
