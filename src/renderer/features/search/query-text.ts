/**
 * @file Changes to the text of a query by its terms, for chips and menus. The text is the query; the page has no other form of it, so
 * that what is chosen and what is typed can be mixed.
 */
import type { QueryTerm, TextRange } from '../../../shared/contract/search.ts';

const EMPTY_GROUP = /(^|\s)-?\(\s*\)/;

/** The query without one of its parts, without the `OR` that then has nothing on one of its sides, and without brackets around nothing. */
export function removeRange(query: string, { start, end }: TextRange): string {
  const before = query.slice(0, start).trimEnd();
  const after = query.slice(end).trimStart();
  const hasOrBefore = /(^|[\s(])OR$/.test(before);
  const hasOrAfter = /^OR([\s)]|$)/.test(after);
  const isAlone = (/(^|\()$/.test(before) || hasOrBefore) && (/^($|\))/.test(after) || hasOrAfter);
  const left = isAlone && hasOrBefore ? before.slice(0, -2).trimEnd() : before;
  const right = isAlone && hasOrAfter && !hasOrBefore ? after.slice(2).trimStart() : after;
  const isTight = left === '' || right === '' || left.endsWith('(') || right.startsWith(')');
  const rest = `${left}${isTight ? '' : ' '}${right}`;
  return rest.replace(EMPTY_GROUP, '').trim();
}

/** A choice of which a query can have one: `kind:image`, `kind:video`, … */
export type FilterGroup = readonly string[];

/** The choice of the group that the query has, as it is written in the group. */
export function chosenOf(query: string, terms: readonly QueryTerm[], group: FilterGroup): string | null {
  const term = terms.find((candidate) => isOfGroup(query, candidate, group));
  return (term && group.find((choice) => isSameText(choice, textOf(query, term)))) ?? null;
}

/** The query with this choice in place of the group's others, at the place where one of them stood, else at its end; null: with none. */
export function chooseFilter(query: string, terms: readonly QueryTerm[], group: FilterGroup, choice: string | null): string {
  const old = terms.filter((term) => isOfGroup(query, term, group)).sort((a, b) => b.start - a.start);
  // From the end, so that the places of those before stay what they are.
  return old.reduce(
    (text, term, index) => {
      const isFirst = index === old.length - 1;
      return isFirst && choice !== null ? text.slice(0, term.start) + choice + text.slice(term.end) : removeRange(text, term);
    },
    old.length > 0 || choice === null ? query : addFilter(query, terms, choice),
  );
}

function addFilter(query: string, terms: readonly QueryTerm[], filter: string): string {
  const text = query.trim();
  // It is meant for all of it, and OR binds less than what stands side by side.
  const whole = isAlternative(query, terms) ? `(${text})` : text;
  return [whole, filter].filter((part) => part !== '').join(' ');
}

/** Whether there is an `OR` outside of brackets. */
function isAlternative(query: string, terms: readonly QueryTerm[]): boolean {
  let depth = 0;
  let at = 0;
  for (const { start, end } of [...terms, { start: query.length, end: query.length }]) {
    for (const [sign] of query.slice(at, start).matchAll(/[()]|\bOR\b/g)) {
      if (sign === 'OR' && depth === 0) return true;
      if (sign !== 'OR') depth += sign === '(' ? 1 : -1;
    }
    at = end;
  }
  return false;
}

/** The part of a filter that one would write anew: what follows its name. Of another term, all of it. */
export function valueRange(query: string, term: QueryTerm): TextRange {
  const colon = term.kind === 'filter' ? query.indexOf(':', term.start) : -1;
  return { start: colon < 0 || colon >= term.end ? term.start : colon + 1, end: term.end };
}

/** What is written there. */
export const textOf = (query: string, { start, end }: TextRange) => query.slice(start, end);

/** Ranges of an older text that still hold for this one: those before the first difference. */
export function stillThere<T extends TextRange>(ranges: readonly T[], old: string, now: string): T[] {
  if (old === now) return [...ranges];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same += 1;
  return ranges.filter(({ end }) => end < same);
}

const isSameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/**
 * Whether a term stands where a choice of the group would: the same filter, whatever its value. Of `is:`, whose values say different
 * things, only the group's own ones.
 */
function isOfGroup(query: string, term: QueryTerm, group: FilterGroup): boolean {
  if (term.kind !== 'filter' || term.isNegated) return false;
  const text = textOf(query, term);
  if (term.filter === 'is') return group.some((choice) => isSameText(choice, text));
  return group.some((choice) => choice.startsWith(`${term.filter}:`));
}
