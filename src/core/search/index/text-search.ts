import type { FolderTable } from './folder-table.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Stretch } from './matches.ts';
import { RANK } from './rank.ts';
import type { RecentPart } from './recent-entries.ts';
import { SEGMENT_SIZE } from './segment-format.ts';
import { ALL_BLOCKS, BLOCK_SIZE } from './signature.ts';
import { SoughtText } from './sought-text.ts';

const DOT = 0x2e;

type SearchedSegments = Pick<LoadedIndex, 'segments' | 'folders' | 'signatures'>;

/** One text that is looked for in names and in folders. */
export class TextSearch {
  readonly text: string;
  readonly #needle: Buffer;
  readonly #sought: SoughtText;
  /** No name has a NUL. */
  readonly #isPossible: boolean;
  readonly #index: SearchedSegments;
  #inFolders: Uint8Array | null = null;
  /** Blocks that may have it in names. */
  readonly #inNames: Uint16Array;

  constructor(text: string, index: SearchedSegments) {
    this.text = text;
    this.#index = index;
    this.#needle = Buffer.from(text);
    this.#sought = new SoughtText(this.#needle);
    this.#isPossible = !this.#needle.includes(0);
    this.#inNames = new Uint16Array(index.segments.length);
    if (this.#isPossible) index.signatures.findAnywhere(this.#sought, this.#inNames);
  }

  /**
   * Blocks that may have entries that it fits at least so well (`RANK`), as bits, by the index of their segment. Of those in folders only what is
   * known by now.
   */
  blocks(least: number): Uint16Array {
    const blocks = this.#inNames.slice();
    if (least >= RANK.wordStart) this.#index.signatures.keepBeginnings(this.#sought, least, blocks);
    const marks = least <= RANK.folder ? this.#inFolders : null;
    if (marks) for (const segment of this.#index.segments) if (hasMarked(segment, marks)) blocks[segment.index] = ALL_BLOCKS;
    return blocks;
  }

  /** As `NameScan` says. */
  scan(segment: LoadedSegment, stretch: Stretch, least: number, ranks: Uint8Array): boolean {
    return this.#isPossible && this.#mayBeIn(segment, stretch) && segment.scan(this.#needle, stretch, least, ranks);
  }

  /** The same in a part of the latest entries. */
  scanRecent({ names, slots }: RecentPart, least: number, ranks: Uint8Array): boolean {
    return this.#isPossible && names.scan(this.#needle, { from: 0, to: slots.length }, least, ranks);
  }

  /** A stretch may be looked through for another text, or for what is in a folder. */
  #mayBeIn({ index, number }: LoadedSegment, { from, to }: Stretch): boolean {
    if (number === null) return true;
    const wanted = ((1 << Math.ceil(to / BLOCK_SIZE)) - 1) & ~((1 << Math.floor(from / BLOCK_SIZE)) - 1);
    return ((this.#inNames[index] ?? 0) & wanted) !== 0;
  }

  /** 1 at the places of folders that have it in their name or in that of one above; null for none, and while they have not been looked for. */
  get inFolders(): Uint8Array | null {
    return this.#inFolders;
  }

  /** @param locationNames folded, by row id */
  findFolders(locationNames: ReadonlyMap<number, string>): void {
    const { folders, segments } = this.#index;
    const blocks = this.blocks(RANK.inside);
    const marks = new Uint8Array(folders.count);
    const ranks = new Uint8Array(SEGMENT_SIZE);
    let hasAny = this.#markLocations(folders, locationNames, marks);
    for (const segment of segments) {
      if (blocks[segment.index] === 0) continue;
      hasAny = markFolders(segment, segment.foldersWith(this.#needle, ranks.fill(0)), folders, marks) || hasAny;
    }
    if (!hasAny) return;
    folders.inherit(marks);
    this.#inFolders = marks;
  }

  #markLocations(folders: FolderTable, names: ReadonlyMap<number, string>, marks: Uint8Array): boolean {
    let hasAny = false;
    for (const place of folders.roots) {
      if (!names.get(folders.locationOf(place))?.includes(this.text)) continue;
      marks[place] = 1;
      hasAny = true;
    }
    return hasAny;
  }
}

/** @param found which of the segment's folders */
function markFolders(segment: LoadedSegment, found: readonly number[], folders: FolderTable, marks: Uint8Array): boolean {
  let hasAny = false;
  for (const index of found) {
    const place = segment.folderPlaces[index] ?? -1;
    // A folder that has changed since is in another segment.
    if (folders.segmentOf(place) !== segment || folders.slotOf(place) !== segment.folderSlots[index]) continue;
    marks[place] = 1;
    hasAny = true;
  }
  return hasAny;
}

/** Whether entries of a segment are directly in marked folders. */
function hasMarked({ parentFolders }: LoadedSegment, marks: Uint8Array): boolean {
  for (let index = 0; index < parentFolders.length; index++) {
    const folder = parentFolders[index] ?? -1;
    if (folder >= 0 && marks[folder] === 1) return true;
  }
  return false;
}

/** Where the extension of a name begins, with its dot; -1 where it has none. As `extensionOf` has it. */
export function extensionDot(names: Uint8Array, from: number, end: number): number {
  for (let at = end - 1; at > from; at--) if (names[at] === DOT) return at === end - 1 ? -1 : at;
  return -1;
}
