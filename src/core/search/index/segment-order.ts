import { SEGMENT_SIZE, type SegmentBase, type SegmentNumbers, type SegmentSpelling } from './segment-format.ts';
import { makeSignature } from './signature.ts';

interface WholeSegment {
  base: SegmentBase;
  numbers: SegmentNumbers;
  spelling: SegmentSpelling;
}

/** A segment with its slots in the order in which segments are kept, the newest first, and signed. @param segment its number */
export function finishSegment({ base, numbers, spelling }: WholeSegment, segment: number): WholeSegment {
  const { count, modified } = base;
  const order = orderByTime(modified);
  const slots = new Uint16Array(count);
  for (let to = 0; to < count; to++) slots[order[to] ?? 0] = to;
  const { names, offsets, capitals } = reorderNames(base, spelling.capitals, order);
  return {
    base: {
      ...{ count, names, offsets, parents: base.parents },
      signature: makeSignature({ count, names, offsets }, segment),
      ids: reorder(base.ids, new Float64Array(count), order),
      flags: reorder(base.flags, new Uint8Array(count), order),
      modified: reorder(modified, new Float64Array(count), order),
      parentOf: reorder(base.parentOf, new Uint16Array(count), order),
    },
    numbers: {
      size: reorder(numbers.size, new Float64Array(count), order),
      born: reorder(numbers.born, new Float64Array(count), order),
    },
    spelling: { capitals, written: new Map(Array.from(spelling.written, ([slot, name]) => [slots[slot] ?? 0, name])) },
  };
}

/** Slots, the newest first, those of the same time in their order. */
function orderByTime(modified: Float64Array): Uint16Array {
  const isExact = modified.every((time) => Number.isSafeInteger(time * SEGMENT_SIZE));
  if (!isExact) return Uint16Array.from(modified.keys()).sort((a, b) => (modified[b] ?? 0) - (modified[a] ?? 0) || a - b);
  // Times until 2039 and slots together are a number: to sort numbers takes a fifth of the time.
  const keys = Float64Array.from(modified, (time, slot) => slot - time * SEGMENT_SIZE).sort();
  return Uint16Array.from(keys, (key) => ((key % SEGMENT_SIZE) + SEGMENT_SIZE) % SEGMENT_SIZE);
}

function reorder<T extends Uint8Array | Uint16Array | Float64Array>(from: ArrayLike<number>, to: T, order: Uint16Array): T {
  for (let slot = 0; slot < order.length; slot++) to[slot] = from[order[slot] ?? 0] ?? 0;
  return to;
}

function reorderNames({ names, offsets }: SegmentBase, capitals: Uint8Array, order: Uint16Array) {
  const newNames = new Uint8Array(names.length);
  const newOffsets = new Uint32Array(order.length + 1);
  const newCapitals = new Uint8Array(capitals.length);
  let end = 0;
  for (let slot = 0; slot < order.length; slot++) {
    const former = order[slot] ?? 0;
    const last = offsets[former + 1] ?? 0;
    for (let at = offsets[former] ?? 0; at < last; at++, end++) {
      newNames[end] = names[at] ?? 0;
      if (((capitals[at >> 3] ?? 0) >> (at & 7)) & 1) newCapitals[end >> 3] = (newCapitals[end >> 3] ?? 0) | (1 << (end & 7));
    }
    newOffsets[slot + 1] = end;
  }
  return { names: newNames, offsets: newOffsets, capitals: newCapitals };
}
