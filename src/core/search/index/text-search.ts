import type { FolderTable } from './folder-table.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Hits } from './name-memory.ts';
import { mayContain, signatureBits } from './signature.ts';

/** How well an entry fits: the greater the better. What is no matter of words fits as well as can be. Those of names are written by `scan-names.as`. */
export const RANK = { none: 0, folder: 1, inside: 2, wordStart: 3, start: 4, whole: 5 } as const;

const DOT = 0x2e;

/** One text that is looked for, and where it was found: in names by segment, and in which folders entries are because of it. */
export class TextSearch {
  readonly text: string;
  readonly #needle: Buffer;
  readonly #bits: number[];
  /** By index of segment. */
  readonly #hits: (Hits | null)[] = [];
  #inFolders: Uint8Array | null = null;

  constructor(text: string) {
    this.text = text;
    this.#needle = Buffer.from(text);
    this.#bits = signatureBits(this.#needle);
  }

  /** Names that have it; null for none. */
  hitsIn(segment: LoadedSegment): Hits | null {
    return this.#hits[segment.index] ?? null;
  }

  /** Neither in a name nor in that of a folder. To be asked when folders have been looked for. */
  get isNowhere(): boolean {
    return this.#inFolders === null && this.#hits.every((hits) => hits === null);
  }

  /** 1 at the places of folders that have it in their name or in that of one above; null for none. */
  get inFolders(): Uint8Array | null {
    return this.#inFolders;
  }

  /** Looks through the names of a segment. To be called for each, in order. */
  scan(segment: LoadedSegment): void {
    const isPossible = !this.#needle.includes(0) && mayContain(segment.base.signature, this.#bits);
    this.#hits.push(isPossible ? segment.scan(this.#needle) : null);
  }

  /** To be called when all segments are scanned. @param locationNames folded, by row id */
  findFolders(index: { folders: FolderTable; segments: readonly LoadedSegment[] }, locationNames: ReadonlyMap<number, string>): void {
    const { folders, segments } = index;
    const marks = new Uint8Array(folders.count);
    let hasAny = this.#markLocations(folders, locationNames, marks);
    for (const segment of segments) {
      const hits = this.#hits[segment.index];
      if (hits) hasAny = markFolders(hits, segment, folders, marks) || hasAny;
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

/** Folders whose names have it. Both lists are in the order of slots. */
function markFolders({ slots }: Hits, segment: LoadedSegment, folders: FolderTable, marks: Uint8Array): boolean {
  const { folderSlots, folderPlaces } = segment;
  let hasAny = false;
  let at = 0;
  for (let folder = 0; folder < folderSlots.length; folder++) {
    const slot = folderSlots[folder] ?? 0;
    while (at < slots.length && (slots[at] ?? 0) < slot) at++;
    if (slots[at] !== slot) continue;
    const place = folderPlaces[folder] ?? -1;
    if (folders.segmentOf(place) !== segment || folders.slotOf(place) !== slot) continue;
    marks[place] = 1;
    hasAny = true;
  }
  return hasAny;
}

/** Where the extension of a name begins, with its dot; -1 where it has none. As `extensionOf` has it. */
export function extensionDot(names: Uint8Array, from: number, end: number): number {
  for (let at = end - 1; at > from; at--) if (names[at] === DOT) return at === end - 1 ? -1 : at;
  return -1;
}
