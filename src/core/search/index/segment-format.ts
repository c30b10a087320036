/**
 * @file How a segment of the search index lies in the database: what is searched of 4,096 entries in a row, by columns. Numbers are in the
 * byte order of the machine (little-endian on all that Mooring runs on), and lie where their type wants them.
 *
 * ```
 * base      u32 format, u32 slots, u32 parents, u32 bytes of names | f64 modified × slots | f64 id × parents | u16 id, less the first of the
 *           segment, × slots | u16 length of name × slots | u16 which parent × slots | u8 flags × slots | signature (`signature.ts`) |
 *           names: folded, UTF-8, a NUL after each
 * numbers   f64 size × slots | f64 birth time × slots, NaN for none
 * spelling  u32 bytes of bits | bits: for each byte of the names, whether it stands for a capital | JSON: [slot, name] of those not in ASCII
 * ```
 *
 * Slots are in order of the time of modification, the newest first: so the latest of very many can be had without looking at the others.
 */
import { SIGNATURE_BYTES } from './signature.ts';

/** Of `entries.id`, below the number of the segment. */
export const SEGMENT_SIZE = 4096;
/** Parts of a segment in `search_parts`. */
export const PART = { base: 0, numbers: 1, spelling: 2 } as const;
export type Part = (typeof PART)[keyof typeof PART];
const PARTS_PER_SEGMENT = 4;
const FORMAT = 5;
/** Of `search_segments.version`: what is less belongs to a segment of an earlier format, which has to be made anew. */
export const FIRST_VERSION = FORMAT * 1_000_000_000;
const HEADER_WORDS = 4;

/** Bits of the flags of an entry; the lowest two are its kind, as in `entries.kind`. */
export const FLAG = {
  kind: 3,
  /** The name begins with a dot. */
  hidden: 4,
  /** The name is not ASCII: `spelling` has it as a whole. */
  spelledOut: 16,
  /** The folded name does not say what the extension is, or its place among others: `spelling` does. */
  oddExtension: 32,
  oddSortKey: 64,
} as const;

/** What each search needs. */
export interface SegmentBase {
  count: number;
  /** Less the first of the segment. */
  ids: Uint16Array | Float64Array;
  /** Folded, each followed by a NUL. */
  names: Uint8Array;
  /** Where each name begins; one more than there are slots. */
  offsets: Uint32Array;
  flags: Uint8Array;
  modified: Float64Array;
  /** Ids of all folders that the entries are in, 0 for none, and which of them it is. */
  parents: Float64Array;
  parentOf: Uint16Array;
  signature: Uint8Array;
}

export interface SegmentNumbers {
  size: Float64Array;
  born: Float64Array;
}

/** How names are written, beyond what is compared. */
export interface SegmentSpelling {
  capitals: Uint8Array;
  /** Names that are not ASCII, as people read them, by slot. */
  written: ReadonlyMap<number, string>;
}

export function segmentOf(entryId: number): number {
  return Math.floor(entryId / SEGMENT_SIZE);
}

/** `search_parts.id` */
export function partId(segment: number, part: Part): number {
  return segment * PARTS_PER_SEGMENT + part;
}

export function encodeBase({ count, ids, names, offsets, flags, modified, parents, parentOf, signature }: SegmentBase): Uint8Array {
  const layout = layoutOf(count, parents.length, names.length);
  const bytes = new Uint8Array(layout.end);
  new Uint32Array(bytes.buffer, 0, HEADER_WORDS).set([FORMAT, count, parents.length, names.length]);
  new Float64Array(bytes.buffer, layout.modified, count).set(modified);
  new Float64Array(bytes.buffer, layout.parents, parents.length).set(parents);
  new Uint16Array(bytes.buffer, layout.ids, count).set(ids);
  const lengths = new Uint16Array(bytes.buffer, layout.lengths, count);
  for (let slot = 0; slot < count; slot++) lengths[slot] = (offsets[slot + 1] ?? 0) - (offsets[slot] ?? 0);
  new Uint16Array(bytes.buffer, layout.parentOf, count).set(parentOf);
  bytes.set(flags, layout.flags);
  bytes.set(signature.subarray(0, layout.names - layout.signature), layout.signature);
  bytes.set(names, layout.names);
  return bytes;
}

/** @throws when these are not the bytes of a segment */
export function decodeBase(stored: Uint8Array): SegmentBase {
  const bytes = aligned(stored);
  const { buffer } = bytes;
  if (bytes.length < HEADER_WORDS * Uint32Array.BYTES_PER_ELEMENT) throw new Error('A segment of the search index is cut off.');
  const [format, count = 0, parentCount = 0, nameBytes = 0] = new Uint32Array(buffer, bytes.byteOffset, HEADER_WORDS);
  const layout = layoutOf(count, parentCount, nameBytes);
  if (format !== FORMAT || count > SEGMENT_SIZE || layout.end !== bytes.length)
    throw new Error('A segment of the search index is damaged.');
  const at = (offset: number) => bytes.byteOffset + offset;
  const lengths = new Uint16Array(buffer, at(layout.lengths), count);
  const offsets = new Uint32Array(count + 1);
  let offset = 0;
  for (let slot = 0; slot < count; slot++) {
    offset += lengths[slot] ?? 0;
    offsets[slot + 1] = offset;
  }
  if (offset !== nameBytes) throw new Error('A segment of the search index is damaged.');
  return {
    count,
    offsets,
    modified: new Float64Array(buffer, at(layout.modified), count),
    parents: new Float64Array(buffer, at(layout.parents), parentCount),
    ids: new Uint16Array(buffer, at(layout.ids), count),
    parentOf: new Uint16Array(buffer, at(layout.parentOf), count),
    flags: bytes.subarray(layout.flags, layout.signature),
    signature: bytes.subarray(layout.signature, layout.names),
    names: bytes.subarray(layout.names),
  };
}

export function encodeNumbers({ size, born }: SegmentNumbers): Uint8Array {
  const numbers = new Float64Array(size.length + born.length);
  numbers.set(size);
  numbers.set(born, size.length);
  return new Uint8Array(numbers.buffer);
}

/** @throws as `decodeBase` does */
export function decodeNumbers(stored: Uint8Array, count: number): SegmentNumbers {
  const bytes = aligned(stored);
  if (bytes.length !== 2 * count * Float64Array.BYTES_PER_ELEMENT) throw new Error('Numbers of the search index are damaged.');
  const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, 2 * count);
  return { size: numbers.subarray(0, count), born: numbers.subarray(count) };
}

export function encodeSpelling({ capitals, written }: SegmentSpelling): Uint8Array {
  const length = new Uint8Array(new Uint32Array([capitals.length]).buffer);
  return Buffer.concat([length, capitals, Buffer.from(JSON.stringify([...written]))]);
}

/** @throws as `decodeBase` does */
export function decodeSpelling(stored: Uint8Array): SegmentSpelling {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const end = Uint32Array.BYTES_PER_ELEMENT + bytes.readUInt32LE(0);
  const written: [number, string][] = JSON.parse(bytes.toString('utf8', end));
  return { capitals: bytes.subarray(Uint32Array.BYTES_PER_ELEMENT, end), written: new Map(written) };
}

function layoutOf(count: number, parentCount: number, nameBytes: number) {
  const modified = HEADER_WORDS * Uint32Array.BYTES_PER_ELEMENT;
  const parents = modified + count * Float64Array.BYTES_PER_ELEMENT;
  const ids = parents + parentCount * Float64Array.BYTES_PER_ELEMENT;
  const lengths = ids + count * Uint16Array.BYTES_PER_ELEMENT;
  const parentOf = lengths + count * Uint16Array.BYTES_PER_ELEMENT;
  const flags = parentOf + count * Uint16Array.BYTES_PER_ELEMENT;
  const signature = flags + count;
  // What of nothing but gone entries is left should be small.
  const names = signature + (count === 0 ? 0 : SIGNATURE_BYTES);
  return { modified, parents, ids, lengths, parentOf, flags, signature, names, end: names + nameBytes };
}

/** Numbers of eight bytes have to begin where eight divides; SQLite's bytes may lie anywhere. No `Buffer`: a `slice` of one is no copy. */
function aligned({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array<ArrayBufferLike> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
}
