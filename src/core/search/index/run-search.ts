import { NOWHERE } from './folder-table.ts';
import { FoundEntries } from './found-entries.ts';
import type { LoadedIndex } from './loaded-index.ts';
import type { LoadedSegment } from './loaded-segment.ts';
import type { Matches } from './matches.ts';
import { QueryEvaluation } from './query-evaluation.ts';
import type { SearchAnswer, SearchRequest } from './search-index.ts';
import { FLAG } from './segment-format.ts';
import { RANK } from './text-search.ts';

/** Looks through all entries. `check` is called between segments, and may throw to end early. */
export function runSearch(request: SearchRequest, index: LoadedIndex, check: () => void): SearchAnswer {
  const evaluation = new QueryEvaluation(request.query, index, request, check);
  const found = new FoundEntries(request, index);
  for (const segment of index.segments) {
    check();
    const matches = evaluation.matchesIn(segment);
    if (matches === 'none') continue;
    found.enter(segment);
    collect(segment, matches, index, found);
  }
  return { ...found.page(), count: request.count ? { value: found.count, isExact: true } : null };
}

/** Entries of which it is known where they are; the roots of locations are in no folder. */
function collect(segment: LoadedSegment, matches: Matches, { folders }: LoadedIndex, found: FoundEntries): void {
  const { base, dead, runFolders } = segment;
  const ranks = typeof matches === 'string' ? null : matches;
  for (let run = 0; run < runFolders.length; run++) {
    const folder = runFolders[run] ?? -1;
    if (folder < 0 || folders.locationOf(folder) === NOWHERE) continue;
    const end = segment.runEnd(run);
    for (let slot = base.runStarts[run] ?? 0; slot < end; slot++) {
      const rank = ranks ? (ranks[slot] ?? 0) : RANK.whole;
      if (rank === 0 || dead?.[slot] === 1 || ((base.flags[slot] ?? 0) & FLAG.absent) !== 0) continue;
      found.add(slot, rank, folder);
    }
  }
}
