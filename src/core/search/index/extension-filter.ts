import { extensionOf } from '#core/entry/entry-facts.ts';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { foldText } from '../query/fold-text.ts';
import type { LoadedSegment, PartSource } from './loaded-segment.ts';
import { FLAG } from './segment-format.ts';
import { extensionDot } from './text-search.ts';

/** A double holds six bytes exactly. */
const BYTES_OF_NUMBER = 6;

/** Files of certain extensions, told by their names. */
export class ExtensionFilter {
  readonly #wanted: ReadonlySet<string>;
  /** The short ones as numbers, so that no string has to be made of each name. */
  readonly #short: ReadonlySet<number>;
  readonly #hasLong: boolean;

  /** @param extensions folded, without dots; '' for none */
  constructor(extensions: readonly string[]) {
    this.#wanted = new Set(extensions);
    const bytes = extensions.map((extension) => Buffer.from(extension));
    this.#short = new Set(bytes.filter(({ length }) => length <= BYTES_OF_NUMBER).map((one) => numberOf(one, 0, one.length)));
    this.#hasLong = bytes.some(({ length }) => length > BYTES_OF_NUMBER);
  }

  matches(segment: LoadedSegment, slot: number, source: PartSource): boolean {
    const flags = segment.flagsOf(slot);
    if ((flags & FLAG.kind) !== KIND_RANK.file) return false;
    if ((flags & FLAG.oddExtension) !== 0) return this.#wanted.has(shownExtension(segment, slot, source));
    const { names, offsets } = segment.base;
    const end = (offsets[slot + 1] ?? 1) - 1;
    const dot = extensionDot(names, offsets[slot] ?? 0, end);
    if (dot < 0) return this.#short.has(0);
    if (end - dot - 1 <= BYTES_OF_NUMBER) return this.#short.has(numberOf(names, dot + 1, end));
    return this.#hasLong && this.#wanted.has(Buffer.from(names.subarray(dot + 1, end)).toString());
  }
}

function shownExtension(segment: LoadedSegment, slot: number, source: PartSource): string {
  return foldText(extensionOf(segment.shownName(slot, source.spelling(segment))) ?? '');
}

/** 0 for none: no name has a NUL. */
function numberOf(bytes: Uint8Array, from: number, end: number): number {
  let number = 0;
  for (let at = from; at < end; at++) number = number * 256 + (bytes[at] ?? 0);
  return number;
}
