import { type FolderTable, NOWHERE } from './folder-table.ts';
import type { FoundEntries } from './found-entries.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Matches } from './matches.ts';
import type { Hits } from './name-memory.ts';
import { RANK, type TextSearch } from './text-search.ts';

/** Takes those of a segment of which it is known where they are. The roots of locations are in no folder, and are not found. */
export function collect(segment: LoadedSegment, matches: Matches, folders: FolderTable, found: FoundEntries): void {
  const { base } = segment;
  const ranks = typeof matches === 'string' ? null : matches;
  // Most of eight slots at a time have nothing.
  const eights = ranks && new Float64Array(ranks.buffer, ranks.byteOffset, ranks.length >> 3);
  const runs = new RunWalk(segment, folders);
  for (let slot = 0; slot < base.count; slot++) {
    if (eights && (slot & 7) === 0 && eights[slot >> 3] === 0) {
      slot += 7;
      continue;
    }
    const rank = ranks ? (ranks[slot] ?? 0) : RANK.whole;
    if (rank === 0 || !segment.isLive(slot)) continue;
    if (slot >= runs.end) runs.goTo(slot);
    if (!runs.isSomewhere) continue;
    found.count += 1;
    if (mayBeKept(found, rank, base.modified[slot] ?? 0)) found.add(slot, rank, runs.folder);
  }
}

/** The same for a text alone, as people type it: of the many that are only in a folder of that name almost all need no more than to be counted. */
export function collectText(segment: LoadedSegment, text: TextSearch, folders: FolderTable, found: FoundEntries): void {
  const hits = text.hitsIn(segment);
  const { inFolders } = text;
  if (!hits && !inFolders) return;
  found.enter(segment);
  if (hits) collectNamed(segment, hits, inFolders, folders, found);
  if (inFolders) collectInside(segment, hits, inFolders, folders, found);
}

/** Those with the text in their name; those that are also in a folder with it are counted with all that is in there. */
function collectNamed(segment: LoadedSegment, hits: Hits, inFolders: Uint8Array | null, folders: FolderTable, found: FoundEntries): void {
  const { slots, ranks } = hits;
  const { modified } = segment.base;
  const runs = new RunWalk(segment, folders);
  let isCounted = false;
  for (let hit = 0; hit < slots.length; hit++) {
    const slot = slots[hit] ?? 0;
    if (slot >= runs.end) {
      runs.goTo(slot);
      isCounted = runs.isSomewhere && inFolders !== null && inFolders[runs.folder] === 1;
    }
    if (!runs.isSomewhere || !segment.isLive(slot)) continue;
    if (!isCounted) found.count += 1;
    const rank = ranks[hit] ?? 0;
    if (mayBeKept(found, rank, modified[slot] ?? 0)) found.add(slot, rank, runs.folder);
  }
}

/** All that is in folders with the text in their name, or below them. */
function collectInside(segment: LoadedSegment, hits: Hits | null, inFolders: Uint8Array, folders: FolderTable, found: FoundEntries): void {
  const { runFolders } = segment;
  for (let run = 0; run < runFolders.length; run++) {
    const folder = runFolders[run] ?? -1;
    if (folder < 0 || inFolders[folder] === 0 || folders.locationOf(folder) === NOWHERE) continue;
    found.count += segment.liveIn(run);
    if (found.leastRank <= RANK.folder) addRun(segment, run, hits, found);
  }
}

function addRun(segment: LoadedSegment, run: number, hits: Hits | null, found: FoundEntries): void {
  const { runStarts, modified } = segment.base;
  const end = segment.runEnd(run);
  for (let slot = runStarts[run] ?? 0; slot < end; slot++) {
    const isGood = mayBeKept(found, RANK.folder, modified[slot] ?? 0);
    if (isGood && segment.isLive(slot) && !isHit(hits, slot)) found.add(slot, RANK.folder, segment.runFolders[run] ?? -1);
  }
}

function isHit(hits: Hits | null, slot: number): boolean {
  if (!hits) return false;
  const { slots } = hits;
  let low = 0;
  for (let high = slots.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((slots[middle] ?? 0) < slot) low = middle + 1;
    else high = middle;
  }
  return slots[low] === slot;
}

function mayBeKept(found: FoundEntries, rank: number, modified: number): boolean {
  return rank > found.leastRank || (rank === found.leastRank && modified >= found.leastModified);
}

/** Goes through the runs of a segment, for slots in order. */
class RunWalk {
  /** Before which slot the present run ends. */
  end = 0;
  folder = -1;
  /** It is known where the folder is. */
  isSomewhere = false;
  readonly #segment: LoadedSegment;
  readonly #folders: FolderTable;
  #run = -1;

  constructor(segment: LoadedSegment, folders: FolderTable) {
    this.#segment = segment;
    this.#folders = folders;
  }

  goTo(slot: number): void {
    const { count, runStarts } = this.#segment.base;
    while (slot >= this.end) {
      this.#run += 1;
      this.end = this.#run + 1 < runStarts.length ? (runStarts[this.#run + 1] ?? count) : count;
    }
    this.folder = this.#segment.runFolders[this.#run] ?? -1;
    this.isSomewhere = this.folder >= 0 && this.#folders.locationOf(this.folder) !== NOWHERE;
  }
}
