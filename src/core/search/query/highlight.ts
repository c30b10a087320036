import type { TextRange } from '#shared/contract/search.ts';
import { foldCharacter, foldText, isAscii } from './fold-text.ts';
import type { Query } from './query.ts';

/** Texts that a name is looked through for; what is excluded is in no name that was found. */
export function wantedTexts(query: Query): string[] {
  return wanted(query).flatMap((one) => (one.type === 'text' ? [one.text] : []));
}

/** Expressions, likewise. */
export function wantedExpressions(query: Query): RegExp[] {
  return wanted(query).flatMap((one) => (one.type === 'regex' && one.isMarked ? [one.regex] : []));
}

function wanted(query: Query): Query[] {
  return query.type === 'and' || query.type === 'or' ? query.of.flatMap(wanted) : [query];
}

/** The first that each expression finds in a name: to look for all may take longer than it took to find the name. */
export function expressionRanges(name: string, expressions: readonly RegExp[]): TextRange[] {
  return expressions.flatMap((expression) => {
    expression.lastIndex = 0;
    const found = expression.exec(name);
    return found?.[0] ? [{ start: found.index, end: found.index + found[0].length }] : [];
  });
}

/**
 * Where folded texts are in a name as it is written: whole characters with their accents, in order, those that touch put together, also with `more`
 * ranges. Empty for a name that was found by something else than itself.
 * @param folded the name, where it is known folded already
 */
export function highlightRanges(
  name: string,
  texts: readonly string[],
  more: readonly TextRange[] = [],
  folded = foldText(name),
): TextRange[] {
  const present = texts.filter((text) => text !== '' && folded.includes(text));
  // Most folders have none.
  if (present.length === 0 && more.length === 0) return [];
  const found = more.filter(({ end }) => end <= name.length).map((range) => ({ ...range }));
  // To say where takes many times as long as to say whether; not where each character folds to one.
  const starts = present.length > 0 && !isAscii(name) ? placesOf(name) : null;
  for (const text of present) {
    for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + text.length)) {
      const end = at + text.length;
      found.push(starts ? { start: starts[at] ?? 0, end: endOf(starts, end - 1, name.length) } : { start: at, end });
    }
  }
  found.sort((a, b) => a.start - b.start || a.end - b.end);
  const ranges: TextRange[] = [];
  for (const range of found) {
    const last = ranges.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else ranges.push(range);
  }
  return ranges;
}

/** For each unit of the folded name, where the character begins that it comes from. */
function placesOf(name: string): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const character of name) {
    const { length } = foldCharacter(character.codePointAt(0) ?? 0);
    for (let unit = 0; unit < length; unit++) starts.push(at);
    at += character.length;
  }
  return starts;
}

/** Where the next character begins: so marks, which fold to nothing, belong to the one before them. */
function endOf(starts: readonly number[], last: number, length: number): number {
  const start = starts[last] ?? 0;
  for (let next = last + 1; next < starts.length; next++) {
    const at = starts[next] ?? length;
    if (at > start) return at;
  }
  return length;
}
