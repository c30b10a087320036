import { NOWHERE } from './folder-table.ts';
import { FoundEntries } from './found-entries.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Matches } from './matches.ts';
import { QueryEvaluation } from './query-evaluation.ts';
import type { SearchAnswer, SearchRequest } from './search-index.ts';
import { FLAG } from './segment-format.ts';
import { RANK, type TextSearch } from './text-search.ts';

const NO_FOLDERS = new Uint8Array(0);

/** Looks through all entries. `check` is called between segments, and may throw to end early. */
export function runSearch(request: SearchRequest, index: LoadedIndex, check: () => void): SearchAnswer {
  const evaluation = new QueryEvaluation(request.query, index, request, check);
  const found = new FoundEntries(request, index);
  const { onlyText } = evaluation;
  for (const segment of index.segments) {
    check();
    if (onlyText) {
      collectText(segment, onlyText, index, found);
      continue;
    }
    const matches = evaluation.matchesIn(segment);
    if (matches === 'none') continue;
    found.enter(segment);
    collect(segment, matches, index, found);
  }
  return { ...found.page(), count: request.count ? { value: found.count, isExact: true } : null };
}

/** The same for a text alone, as people type it: of the many that are only in a folder of that name almost all need no more than to be counted. */
function collectText(segment: LoadedSegment, text: TextSearch, { folders }: LoadedIndex, found: FoundEntries): void {
  const hits = text.hitsIn(segment);
  if (!hits && !text.inFolders) return;
  found.enter(segment);
  const { runFolders, dead } = segment;
  const { runStarts, modified, flags, count } = segment.base;
  const inFolders = text.inFolders ?? NO_FOLDERS;
  let hit = 0;
  const total = hits?.slots.length ?? 0;
  for (let run = 0; run < runFolders.length && (hit < total || text.inFolders); run++) {
    const end = runStarts[run + 1] ?? count;
    const folder = runFolders[run] ?? -1;
    const isSomewhere = folders.locationOf(folder) !== NOWHERE;
    const isInside = isSomewhere && inFolders[folder] === 1;
    const firstHit = hit;
    if (isInside) found.count += segment.liveIn(run);
    for (; hit < total; hit++) {
      const slot = hits?.slots[hit] ?? 0;
      if (slot >= end) break;
      if (!isSomewhere || dead?.[slot] === 1 || ((flags[slot] ?? 0) & FLAG.absent) !== 0) continue;
      if (!isInside) found.count += 1;
      const rank = hits?.ranks[hit] ?? 0;
      if (rank < found.leastRank || (rank === found.leastRank && (modified[slot] ?? 0) < found.leastModified)) continue;
      found.add(slot, rank, folder);
    }
    if (!isInside || found.leastRank > RANK.folder) continue;
    let next = firstHit;
    for (let slot = runStarts[run] ?? 0; slot < end; slot++) {
      if (next < hit && hits?.slots[next] === slot) next++;
      else if (segment.isLive(slot)) found.add(slot, RANK.folder, folder);
    }
  }
}

/** Entries of which it is known where they are; the roots of locations are in no folder. */
function collect(segment: LoadedSegment, matches: Matches, { folders }: LoadedIndex, found: FoundEntries): void {
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
      isSomewhere = folders.locationOf(runFolders[run] ?? -1) !== NOWHERE;
    }
    if (!isSomewhere) continue;
    found.count += 1;
    if (rank < found.leastRank || (rank === found.leastRank && (modified[slot] ?? 0) < found.leastModified)) continue;
    found.add(slot, rank, runFolders[run] ?? -1);
  }
}
