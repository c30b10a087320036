/**
 * What case folding and NFKD leave apart although people write one for the other. The stroke of `ł` and the bond of `æ` are no accents to
 * Unicode; these are the letters of European languages that have such, as Lucene's `ASCIIFoldingFilter` writes them.
 */
const WRITTEN_AS: Readonly<Record<string, string>> = { æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ł: 'l', ŧ: 't', þ: 'th' };
const MARKS = /\p{M}/gu;
const LAST_ASCII = 0x7f;
const FIRST_ASTRAL = 0x10000;

/**
 * A text as search compares it: without case, accents, ligatures, full and half width. NFKD, marks (`\p{M}`) removed, upper case and back
 * (which makes `ß` `ss`, `ς` `σ`, `ı` `i`), and `WRITTEN_AS`. NFC and NFD of a text fold alike. Halves of surrogate pairs become U+FFFD, as they
 * do on the way into a database; what would become a slash, which no name has, becomes U+2215.
 *
 * Each character is folded by itself, so `fold(a + b)` is `fold(a) + fold(b)`, and a part of a text is found in the folded whole. Folding
 * twice changes nothing. What consists of marks alone folds to nothing.
 */
export function foldText(text: string): string {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > LAST_ASCII) return foldAll(text, index);
  }
  return text.toLowerCase();
}

/** Such a text folds to as many characters, each in its place. */
export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > LAST_ASCII) return false;
  return true;
}

/** Folds one character, given as its code point. */
export function foldCharacter(code: number): string {
  return knownFolds.get(code) ?? rememberFold(code);
}

function foldAll(text: string, from: number): string {
  let folded = text.slice(0, from).toLowerCase();
  for (let index = from; index < text.length; ) {
    const code = text.codePointAt(index) ?? 0;
    folded += foldCharacter(code);
    index += code < FIRST_ASTRAL ? 1 : 2;
  }
  return folded;
}

/** To ask Unicode's tables about every character takes many times as long as to remember what they said. */
const knownFolds = new Map<number, string>();

function rememberFold(code: number): string {
  const character = String.fromCodePoint(code);
  const folded = character === '/' ? character : foldOnce(foldOnce(character.toWellFormed()));
  knownFolds.set(code, folded);
  return folded;
}

/** Twice gives what does not change any more: `ẞ` becomes `ß` and then `ss`. */
function foldOnce(text: string): string {
  const plain = text.normalize('NFKD').replace(MARKS, '').replaceAll('/', '\u2215').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  let folded = '';
  for (const character of plain.normalize('NFKD').replace(MARKS, '')) folded += WRITTEN_AS[character] ?? character;
  return folded;
}
