import { expect, it } from 'vitest';
import { LoadedSegment } from './loaded-segment.ts';
import { NameMemory } from './name-memory.ts';
import { decodeBase, encodeBase } from './segment-format.ts';
import { SIGNATURE_BYTES } from './signature.ts';

const NAMES = Buffer.from('one\0two\0');

it.each([0, 1])('keeps nothing of the bytes that it was read from, which begin %i bytes after an even place', (offset) => {
  const encoded = encodeBase({
    ...{ count: 2, names: NAMES, offsets: Uint32Array.of(0, 4, 8), flags: Uint8Array.of(1, 2), signature: new Uint8Array(SIGNATURE_BYTES) },
    ...{ ids: Uint16Array.of(5, 6), modified: Float64Array.of(9, 8), parents: Float64Array.of(3), parentOf: Uint16Array.of(0, 0) },
  });
  const stored = Buffer.alloc(encoded.length + 8).subarray(offset, offset + encoded.length);
  stored.set(encoded);
  const segment = new LoadedSegment(0, decodeBase(stored));
  segment.moveNames(new NameMemory());
  stored.fill(0);
  const { ids, flags, modified, parents, parentOf } = segment.base;
  expect([ids, flags, modified, parents, parentOf].map((column) => [...column])).toEqual([[5, 6], [1, 2], [9, 8], [3], [0, 0]]);
  expect([segment.foldedName(0), segment.foldedName(1)]).toEqual(['one', 'two']);
});
