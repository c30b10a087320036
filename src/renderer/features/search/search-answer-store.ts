import { create } from 'zustand';
import type { QueryProblem, QueryTerm } from '../../../shared/contract/search.ts';

/** How the engine understood a query: shown in the box, in which it may already say something else. */
interface SearchAnswer {
  query: string;
  terms: readonly QueryTerm[];
  problems: readonly QueryProblem[];
}

const NOTHING_ASKED: SearchAnswer = { query: '', terms: [], problems: [] };

export const useSearchAnswer = create<SearchAnswer>(() => NOTHING_ASKED);
export const forgetSearchAnswer = () => useSearchAnswer.setState(NOTHING_ASKED);
