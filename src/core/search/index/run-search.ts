import { wantedExpressions } from '../query/highlight.ts';
import { collect, collectText } from './collect-matches.ts';
import { FoundEntries } from './found-entries.ts';
import type { LoadedIndex } from './loaded-index.ts';
import { QueryEvaluation } from './query-evaluation.ts';
import type { SearchAnswer, SearchRequest } from './search-index.ts';

/** Looks through all entries. `check` is called between segments, and may throw to end early. */
export function runSearch(request: SearchRequest, index: LoadedIndex, check: () => void): SearchAnswer {
  const evaluation = new QueryEvaluation(request.query, index, request, check);
  const found = new FoundEntries(request, index);
  const { onlyText } = evaluation;
  for (const segment of index.segments) {
    check();
    if (onlyText) {
      collectText(segment, onlyText, index.folders, found);
      continue;
    }
    const matches = evaluation.matchesIn(segment);
    if (matches === 'none') continue;
    found.enter(segment);
    collect(segment, matches, index.folders, found);
  }
  return { ...found.page(wantedExpressions(request.query)), count: countOf(found.count, request.countUpTo) };
}

function countOf(found: number, upTo: number | null): SearchAnswer['count'] {
  if (upTo === null) return null;
  return found > upTo ? { value: upTo, isExact: false } : { value: found, isExact: true };
}
