/** @file What the way a query is put together says of how it is searched. */
import type { Query } from '../query/query.ts';

const COST = { regex: 2, other: 1, cheap: 0 } as const;

/** Whether a text is looked for that nothing found may have. */
export function leavesOutText(query: Query, isLeftOut = false): boolean {
  if (query.type === 'and' || query.type === 'or') return query.of.some((one) => leavesOutText(one, isLeftOut));
  return query.type === 'not' ? leavesOutText(query.of, true) : query.type === 'text' && isLeftOut;
}

/** Whether a name may begin with each text among these parts of a query. */
export function mayBeginWithAll(of: readonly Query[]): boolean {
  const texts = of.flatMap((one) => (one.type === 'text' ? [one.text] : []));
  const longest = texts.reduce((long, text) => (text.length > long.length ? text : long), '');
  return texts.every((text) => longest.startsWith(text));
}

/** Whether it has texts that are looked for, and not left out. */
export function isRanked(query: Query): boolean {
  if (query.type === 'and' || query.type === 'or') return query.of.some(isRanked);
  return query.type === 'text';
}

/** How long it takes to look at a part of a query; what takes longest is looked at last. */
export function costOf(query: Query): number {
  if (query.type === 'and' || query.type === 'or') return Math.max(COST.cheap, ...query.of.map(costOf));
  if (query.type === 'not') return costOf(query.of);
  if (query.type === 'regex') return COST.regex;
  return query.type === 'text' || query.type === 'in' || query.type === 'location' ? COST.cheap : COST.other;
}
