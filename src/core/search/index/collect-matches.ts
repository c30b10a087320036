import { type FolderTable, NOWHERE } from './folder-table.ts';
import type { FoundEntries } from './found-entries.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Matches } from './matches.ts';
import type { Hits } from './name-memory.ts';
import { FLAG } from './segment-format.ts';
import { RANK, type TextSearch } from './text-search.ts';

/** Takes those of a segment of which it is known where they are. The roots of locations are in no folder, and are not found. */
export function collect(segment: LoadedSegment, matches: Matches, folders: FolderTable, found: FoundEntries): void {
  const { dead, runFolders } = segment;
  const { count, flags, runStarts, modified } = segment.base;
  const ranks = typeof matches === 'string' ? null : matches;
  // Most of eight slots at a time have nothing.
  const eights = ranks && new Float64Array(ranks.buffer, ranks.byteOffset, ranks.length >> 3);
  let run = -1;
  let end = 0;
  let isSomewhere = false;
  for (let slot = 0; slot < count; slot++) {
    if (eights && (slot & 7) === 0 && eights[slot >> 3] === 0) {
      slot += 7;
      continue;
    }
    const rank = ranks ? (ranks[slot] ?? 0) : RANK.whole;
    if (rank === 0 || ((flags[slot] ?? 0) & FLAG.absent) !== 0 || dead?.[slot] === 1) continue;
    while (slot >= end) {
      run += 1;
      end = runStarts[run + 1] ?? count;
      const folder = runFolders[run] ?? -1;
      isSomewhere = folder >= 0 && folders.locationOf(folder) !== NOWHERE;
    }
    if (!isSomewhere) continue;
    found.count += 1;
    if (rank > found.leastRank || (rank === found.leastRank && (modified[slot] ?? 0) >= found.leastModified)) {
      found.add(slot, rank, runFolders[run] ?? -1);
    }
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
  const { runFolders, dead } = segment;
  const { runStarts, modified, flags, count } = segment.base;
  let run = -1;
  let end = 0;
  let folder = -1;
  let isSomewhere = false;
  let isCounted = false;
  for (let hit = 0; hit < slots.length; hit++) {
    const slot = slots[hit] ?? 0;
    if (slot >= end) {
      while (slot >= end) {
        run += 1;
        end = run + 1 < runStarts.length ? (runStarts[run + 1] ?? count) : count;
      }
      folder = runFolders[run] ?? -1;
      isSomewhere = folder >= 0 && folders.locationOf(folder) !== NOWHERE;
      isCounted = isSomewhere && inFolders !== null && inFolders[folder] === 1;
    }
    if (!isSomewhere || ((flags[slot] ?? 0) & FLAG.absent) !== 0 || (dead !== null && dead[slot] === 1)) continue;
    if (!isCounted) found.count += 1;
    const rank = ranks[hit] ?? 0;
    if (rank > found.leastRank || (rank === found.leastRank && (modified[slot] ?? 0) >= found.leastModified)) found.add(slot, rank, folder);
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
    const isWorse = found.leastRank > RANK.folder || (found.leastRank === RANK.folder && (modified[slot] ?? 0) < found.leastModified);
    if (!isWorse && segment.isLive(slot) && !isHit(hits, slot)) found.add(slot, RANK.folder, segment.runFolders[run] ?? -1);
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
