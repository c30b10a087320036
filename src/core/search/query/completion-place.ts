import type { TextRange } from '#shared/contract/search.ts';
import { scanQuery, type TermToken } from './scan-query.ts';

/** What is being written at the caret. */
export interface CompletionPlace {
  /** What a choice replaces: the word or value that the caret is in. */
  range: TextRange;
  /** The filter whose value it is, in lower case; null for a word, which may become a filter. */
  filter: string | null;
  /** What is written of it so far, without its quotes. */
  typed: string;
}

const REST_OF_WORD = /^[^\s,()"]*/;

/** @param position of the caret, in UTF-16 code units. Null where there is nothing to complete: in a phrase, or a regular expression. */
export function completionPlace(text: string, position: number): CompletionPlace | null {
  const caret = Math.min(position, text.length);
  // What follows the caret does not belong to it: else a quote that is just being written would take in all the rest.
  const last = scanQuery(text.slice(0, caret)).at(-1);
  if (last?.end !== caret || last.type === 'open' || last.type === 'not')
    return { range: { start: caret, end: caret }, filter: null, typed: '' };
  if (last.type === 'close') return null;
  const rest = REST_OF_WORD.exec(text.slice(caret))?.[0].length ?? 0;
  if (last.type !== 'term') return { range: { start: last.start, end: caret + rest }, filter: null, typed: text.slice(last.start, caret) };
  return placeInTerm(last, text, caret, rest);
}

function placeInTerm(term: TermToken, text: string, caret: number, rest: number): CompletionPlace | null {
  const part = term.parts.at(-1);
  const filter = term.filter?.toLowerCase() ?? null;
  const isOpenQuote = term.unclosedAt !== null;
  if (term.regex || (part?.isQuoted && !isOpenQuote)) return null;
  if (filter === null && part?.isQuoted) return null;
  // After the colon, or after a comma.
  if (part?.end !== caret) return { range: { start: caret, end: caret + rest }, filter, typed: '' };
  const end = isOpenQuote ? caret + (text[caret] === '"' ? 1 : 0) : caret + rest;
  return { range: { start: part.start, end }, filter, typed: part.text };
}
