import type { QueryProblem, QueryTerm } from '#shared/contract/search.ts';
import { foldText } from './fold-text.ts';
import type { Query } from './query.ts';

export interface ParseOptions {
  /** What `modified:<7d` and `modified:today` count from. */
  now: Date;
  /** In which a day begins and ends; left out, that of this computer. */
  timeZone?: string | undefined;
}

/** What was understood of a text. Positions are in UTF-16 code units of that text. */
export interface ParsedQuery {
  query: Query;
  terms: QueryTerm[];
  problems: QueryProblem[];
}

/** Reads a query as docs/search.md describes it. Throws nothing: what cannot be understood becomes a problem, and is left out. */
export function parseQuery(text: string, _options: ParseOptions): ParsedQuery {
  const folded = foldText(text.trim());
  return { query: folded === '' ? { type: 'all' } : { type: 'text', text: folded }, terms: [], problems: [] };
}
