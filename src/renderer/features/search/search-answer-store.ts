import { create } from 'zustand';
import type { QueryProblem, QueryTerm } from '../../../shared/contract/search.ts';
import { usePaneId } from '../workspace/workspace-store.ts';

/** How the engine understood a query: shown in the box, in which it may already say something else. */
interface SearchAnswer {
  query: string;
  terms: readonly QueryTerm[];
  problems: readonly QueryProblem[];
}

const NOTHING_ASKED: SearchAnswer = { query: '', terms: [], problems: [] };

/** By the pane that shows what was found. */
const useSearchAnswers = create<{ byPane: ReadonlyMap<string, SearchAnswer> }>(() => ({ byPane: new Map() }));

/** Of the pane that a component is about. */
export function useSearchAnswer(): SearchAnswer {
  const paneId = usePaneId();
  return useSearchAnswers(({ byPane }) => byPane.get(paneId) ?? NOTHING_ASKED);
}

export function noteSearchAnswer(paneId: string, answer: SearchAnswer): void {
  useSearchAnswers.setState(({ byPane }) => ({ byPane: new Map(byPane).set(paneId, answer) }));
}

export function forgetSearchAnswer(paneId: string): void {
  useSearchAnswers.setState(({ byPane }) => ({ byPane: new Map([...byPane].filter(([known]) => known !== paneId)) }));
}
