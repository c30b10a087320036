import type { FolderTable } from './folder-table.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import { mayContain, signatureBits } from './signature.ts';

/** How well an entry fits: the greater the better. What is no matter of words fits as well as can be. */
export const RANK = { none: 0, folder: 1, inside: 2, wordStart: 3, start: 4, whole: 5 } as const;

const DOT = 0x2e;
const LAST_ASCII = 0x7f;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const decoder = new TextDecoder();
/** Of UTF-8, the bytes after the first of a character. */
const CONTINUED = 0x80;
const CONTINUED_MASK = 0xc0;

/** One text that is looked for, and where it was found: in names by segment, and in which folders entries are because of it. */
export class TextSearch {
  readonly text: string;
  readonly #needle: Buffer;
  readonly #bits: number[];
  /** By index of segment: the rank of each slot; null where it is in no name. */
  readonly #ranks: (Uint8Array | null)[] = [];
  #inFolders: Uint8Array | null = null;

  constructor(text: string) {
    this.text = text;
    this.#needle = Buffer.from(text);
    this.#bits = signatureBits(this.#needle);
  }

  ranksIn(segment: LoadedSegment): Uint8Array | null {
    return this.#ranks[segment.index] ?? null;
  }

  /** 1 at the places of folders that have it in their name or in that of one above; null for none. */
  get inFolders(): Uint8Array | null {
    return this.#inFolders;
  }

  /** Looks through the names of a segment. To be called for each, in order. */
  scan(segment: LoadedSegment): void {
    const isPossible = !this.#needle.includes(0) && mayContain(segment.base.signature, this.#bits);
    this.#ranks.push(isPossible ? this.#scanNames(segment) : null);
  }

  /** To be called when all segments are scanned. @param locationNames folded, by row id */
  findFolders(folders: FolderTable, locationNames: ReadonlyMap<number, string>): void {
    const marks = new Uint8Array(folders.count);
    let hasAny = false;
    for (let place = 0; place < folders.count; place++) {
      const segment = folders.segmentOf(place);
      if (!segment) continue;
      const isNamed = this.#ranks[segment.index]?.[folders.slotOf(place)] ?? 0;
      if (isNamed > 0 || this.#isNamedLocation(place, folders, locationNames)) {
        marks[place] = 1;
        hasAny = true;
      }
    }
    if (!hasAny) return;
    folders.inherit(marks);
    this.#inFolders = marks;
  }

  #isNamedLocation(place: number, folders: FolderTable, names: ReadonlyMap<number, string>): boolean {
    return folders.depthOf(place) === 0 && (names.get(folders.locationOf(place))?.includes(this.text) ?? false);
  }

  #scanNames({ base: { count, names, offsets } }: LoadedSegment): Uint8Array | null {
    const needle = this.#needle;
    const haystack = Buffer.from(names.buffer, names.byteOffset, names.length);
    let ranks: Uint8Array | null = null;
    let slot = 0;
    for (let at = haystack.indexOf(needle, 0); at >= 0; ) {
      slot = slotAt(offsets, at, slot, count);
      const from = offsets[slot] ?? 0;
      const end = (offsets[slot + 1] ?? 1) - 1;
      const rank = rankAt(names, at, from, end, needle.length);
      ranks ??= new Uint8Array(count);
      ranks[slot] = Math.max(ranks[slot] ?? 0, rank);
      // Better places than the middle of a word may follow in the same name.
      const next = rank === RANK.inside ? at + 1 : end + 1;
      at = haystack.indexOf(needle, next);
    }
    return ranks;
  }
}

/** Which name a byte is in, looked for from a slot on: in ever longer steps, since matches may be near or far. */
function slotAt(offsets: Uint32Array, at: number, from: number, count: number): number {
  let low = from;
  let step = 1;
  while (low + step < count && (offsets[low + step] ?? 0) <= at) {
    low += step;
    step *= 2;
  }
  for (let high = Math.min(low + step, count); high - low > 1; ) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low;
}

function rankAt(names: Uint8Array, at: number, from: number, end: number, length: number): number {
  if (at === from) return at + length === end || at + length === extensionDot(names, from, end) ? RANK.whole : RANK.start;
  return isLetterOrDigit(names, at, from) ? RANK.inside : RANK.wordStart;
}

/** Where the extension of a name begins, with its dot; -1 where it has none. As `extensionOf` has it. */
export function extensionDot(names: Uint8Array, from: number, end: number): number {
  for (let at = end - 1; at > from; at--) if (names[at] === DOT) return at === end - 1 ? -1 : at;
  return -1;
}

/** Whether the character before a byte is one. */
function isLetterOrDigit(names: Uint8Array, before: number, from: number): boolean {
  const last = names[before - 1] ?? 0;
  if (last <= LAST_ASCII) return (last >= 0x30 && last <= 0x39) || (last >= 0x61 && last <= 0x7a);
  let start = before - 1;
  while (start > from && ((names[start] ?? 0) & CONTINUED_MASK) === CONTINUED) start--;
  return LETTER_OR_DIGIT.test(decoder.decode(names.subarray(start, before)));
}
