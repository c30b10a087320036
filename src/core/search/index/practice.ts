import type { LoadedIndex } from './loaded-index.ts';
import { runSearch } from './run-search.ts';
import type { SearchRequest } from './search-index.ts';

/** Among fewer entries also the first search takes few milliseconds. */
const FEW_ENTRIES = 20_000;
/** A turn ends so soon that nobody who searches meanwhile notices. */
const TURN_MS = 3;
const IN_ALL_MS = 250;
const LENGTHS = [1, 3, 2, 4, 6];
const COUNT_UP_TO = 10_000;
const IN_TIME = () => undefined;

/** Ends a turn. */
class TurnOver extends Error {}

/**
 * Searches that nobody has asked for, each when the thread has nothing else to do: V8 makes machine code of what has run some hundred times, and
 * until then a search takes five to ten times as long. Without them the first words that somebody types would be that practice.
 */
export function practise(index: LoadedIndex): void {
  if (index.entryCount < FEW_ENTRIES) return;
  let practisedMs = 0;
  let turn = 0;
  const next = () => {
    const began = performance.now();
    const isOver = () => {
      if (performance.now() - began > TURN_MS) throw new TurnOver();
    };
    try {
      index.read(() => runSearch(practiceRequest(index, turn), index, isOver), IN_TIME);
    } catch (error) {
      // Whatever else is wrong will be wrong in the next search, too, and is told there.
      if (!(error instanceof TurnOver)) return;
    }
    practisedMs += performance.now() - began;
    turn += 1;
    if (practisedMs < IN_ALL_MS) setImmediate(next);
  };
  setImmediate(next);
}

/** For a part of a name that is there. */
function practiceRequest({ segments }: LoadedIndex, turn: number): SearchRequest {
  const segment = segments[turn % segments.length];
  const name = Array.from(segment?.foldedName((turn * 97) % Math.max(1, segment.base.count)) ?? '');
  const length = LENGTHS[turn % LENGTHS.length] ?? 1;
  const from = (turn * 7) % Math.max(1, name.length - length);
  return {
    query: { type: 'text', text: name.slice(from, from + length).join('') || 'a' },
    ...{ sort: 'relevance', order: 'desc', limit: 100, after: null },
    countUpTo: turn % 3 === 2 ? COUNT_UP_TO : null,
    ...{ online: new Set(), volumes: new Map(), names: new Map() },
  };
}
