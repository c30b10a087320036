import { defaultFilter } from 'cmdk';

/** What is compared with the text that was typed. */
export interface Ranked {
  key: string;
  kind: string;
  label: string;
  /** Other words for it. */
  keywords?: readonly string[];
}

/** Of a match in another word for it. */
const KEYWORD_SCORE = 0.4;
/** Less is letters that happen to come in this order. */
const LEAST = 0.02;
/** What was used last counts so much more, what was used before that less and less. */
const RECENT_BONUS = 0.4;
/** Below this part of the best, the letters are there, but nobody would have meant it. */
const LEAST_OF_BEST = 0.12;

/** Accents and case do not count: “Ubersicht” finds “Übersicht”. */
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * What fits the text, the best first; kinds together, in the order of their best.
 * @param text what was typed; empty: all items that were used before, in that order
 * @param recent keys of items that were used, the newest first
 */
export function rankItems<Item extends Ranked>(
  items: readonly Item[],
  text: string,
  recent: readonly string[],
): { kind: string; items: Item[] }[] {
  const wanted = fold(text).trim();
  const scored = items.flatMap((item) => {
    const score = wanted === '' ? 1 : scoreOf(item, wanted);
    const place = recent.indexOf(item.key);
    return score === 0 ? [] : [{ item, score: score * (place < 0 ? 1 : 1 + RECENT_BONUS / (1 + place / 5)) }];
  });
  const least = Math.max(0, ...scored.map(({ score }) => score)) * LEAST_OF_BEST;
  const kinds = new Map<string, Item[]>();
  // A stable order: of equals, what comes first stays first.
  for (const { item, score } of scored.sort((a, b) => b.score - a.score)) {
    if (score >= least) kinds.set(item.kind, [...(kinds.get(item.kind) ?? []), item]);
  }
  return [...kinds].map(([kind, members]) => ({ kind, items: members }));
}

function scoreOf({ label, keywords = [] }: Ranked, wanted: string): number {
  const own = defaultFilter(fold(label), wanted);
  // Other words can be whole sentences: letters that are strewn over one mean nothing.
  const words = wanted.split(/\s+/);
  const isInKeywords = keywords.some((keyword) => words.every((word) => fold(keyword).includes(word)));
  return Math.max(own < LEAST ? 0 : own, isInKeywords ? KEYWORD_SCORE : 0);
}
