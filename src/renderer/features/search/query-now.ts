/**
 * @file What was understood of a query, found again in what is written by now. Chips and menus show the last answer, and change the text as it is:
 * whoever is faster than the engine loses nothing of what was written since.
 */
import type { QueryTerm, TextRange } from '../../../shared/contract/search.ts';

/** A filter as menus write it; those in quotes or brackets of their own are left to the engine. */
const FILTER = /(?<![^\s(])(-?)([a-z]+):([^\s()"]+)/gi;
const EDGE = /^[\s()]?$/;

/** Where a part of an older text stands in this one; null where it is not there any more, or is being written anew. */
export function placeNow<T extends TextRange>(range: T, old: string, now: string): T | null {
  const { before, after } = sameEnds(old, now);
  const shift = range.end <= before ? 0 : range.start >= old.length - after ? now.length - old.length : null;
  if (shift === null) return null;
  const moved = { ...range, start: range.start + shift, end: range.end + shift };
  const isWhole = EDGE.test(now.charAt(moved.start - 1)) && EDGE.test(now.charAt(moved.end));
  return isWhole ? moved : null;
}

/** The terms of a text of which an older one was understood: those that stand in both, and the filters among what was written since. */
export function termsNow(terms: readonly QueryTerm[], old: string, now: string): QueryTerm[] {
  if (old === now) return [...terms];
  const kept = terms.map((term) => placeNow(term, old, now)).filter((term) => term !== null);
  const written = [...now.matchAll(FILTER)]
    .map(({ 0: whole, 1: sign, 2: filter = '', 3: text = '', index }): QueryTerm => {
      return { kind: 'filter', filter: filter.toLowerCase(), text, isNegated: sign === '-', start: index, end: index + whole.length };
    })
    .filter(({ start, end }) => !kept.some((term) => term.start < end && term.end > start));
  return [...kept, ...written].sort((a, b) => a.start - b.start);
}

/** How many letters two texts have in common at their beginnings, and behind these at their ends. */
function sameEnds(old: string, now: string): { before: number; after: number } {
  const shorter = Math.min(old.length, now.length);
  let before = 0;
  while (before < shorter && old[before] === now[before]) before += 1;
  let after = 0;
  while (after < shorter - before && old.at(-1 - after) === now.at(-1 - after)) after += 1;
  return { before, after };
}
