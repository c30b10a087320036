import { foldCharacter, foldText } from './fold-text.ts';
import type { Query } from './query.ts';
import { mistake } from './query-mistake.ts';

/** No name is longer. */
const MOST_CHARACTERS = 500;
/** Where the letters with accents are: Latin, Greek, Cyrillic, kana, and forms of full and half width. */
const ACCENTED: readonly (readonly [number, number])[] = [
  [0x80, 0x52f],
  [0x1e00, 0x1fff],
  [0x3040, 0x30ff],
  [0xff01, 0xff9f],
];

/**
 * A word with `*` for any characters, that is the whole name: `img*.jpg`. What stands between is looked for as text, too, which is quick, and
 * says how well it goes; the expression says that it is all in one name, and in order. A letter that is several without its accents (`ß`)
 * is found only as it is written.
 * @throws QueryMistake
 */
export function readWildcards(word: string): Query {
  if (word.length > MOST_CHARACTERS) throw mistake('wildcards-too-long', { most: String(MOST_CHARACTERS) });
  const pieces = word.split('*').map(foldText);
  const texts = pieces.filter((piece) => piece !== '');
  if (texts.length === 0) return { type: 'all' };
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  // The first place where a piece fits is as good as any: captured in a look-ahead, it is not tried again at another.
  const between = pieces.slice(1, -1).map((piece, index) => `(?=(.*?${patternOf(piece)}))\\${index + 1}`);
  const regex = new RegExp(`^${patternOf(first)}${between.join('')}.*${patternOf(last)}$`, 'isu');
  return { type: 'and', of: [...[...new Set(texts)].map((text): Query => ({ type: 'text', text })), { type: 'regex', regex }] };
}

/** Of folded text, for names as they are written. Korean syllables, which folding takes apart, stand in names as a whole or in parts. */
function patternOf(folded: string): string {
  let pattern = '';
  for (const character of folded.normalize('NFC')) {
    const parts = character.normalize('NFD');
    if (parts !== character) pattern += `(?:${character}|${parts})`;
    else pattern += `[${escapeInSet(character)}${accentedForms().get(character) ?? ''}]\\p{M}*`;
  }
  return pattern;
}

/** In an expression with the flag `u`. */
function escapeInSet(character: string): string {
  return /[\\\]^-]/.test(character) ? `\\${character}` : character;
}

let knownForms: ReadonlyMap<string, string> | null = null;

/** What is written for a folded character; made when it is needed first. */
function accentedForms(): ReadonlyMap<string, string> {
  if (knownForms) return knownForms;
  const forms = new Map<string, string>();
  for (const [from, to] of ACCENTED) {
    for (let code = from; code <= to; code++) {
      const folded = foldCharacter(code);
      if (folded.length === 1) forms.set(folded, (forms.get(folded) ?? '') + escapeInSet(String.fromCharCode(code)));
    }
  }
  knownForms = forms;
  return forms;
}
