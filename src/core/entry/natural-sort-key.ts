const COMBINING_MARKS = /\p{M}/gu;
/** Lower case depends on what stands beside it: `σ`, or `ς` at the end of a word. */
const SIGMA = '\u03a3';
const LAST_ASCII = 0x7f;
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const ZERO = 0x30;
const NINE = 0x39;
/** Lengths of more than nine digits are written with the characters from `@` on, which are none that separate anything. */
const LENGTHS_FROM = 0x40;

/**
 * A key whose plain comparison (`<`) orders names as people expect: `2` before `10`, `é` beside `e`, case ignored.
 * Different names may share a key; whoever sorts needs a second criterion. Like names, keys hold no `/`.
 *
 * Each run of digits is preceded by its length without leading zeros, so that longer numbers are greater: one to nine
 * digits by `0` to `8`, more by `9` and a character that stands for the length. All of these sort where digits do.
 *
 * Called for every entry of a scan: a loop over the characters takes a third of the time of regular expressions.
 */
export function naturalSortKey(name: string): string {
  let firstDigit = -1;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code > LAST_ASCII) return measureNumbers(fold(name), 0);
    if (firstDigit < 0 && isDigit(code)) firstDigit = index;
  }
  const folded = name.toLowerCase();
  return firstDigit < 0 ? folded : measureNumbers(folded, firstDigit);
}

/**
 * A text without accents and in lower case. To ask Unicode's tables about every name takes three times as long as to remember what they
 * say of each character; it is asked only of names with one that becomes several or none, or whose form depends on its neighbours.
 */
function fold(name: string): string {
  let folded = '';
  let copied = 0;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    const plain = plainUnits[code] || rememberPlain(code);
    if (plain === code) continue;
    if (plain === NO_SINGLE) return foldAll(name);
    folded += name.slice(copied, index) + String.fromCharCode(plain);
    copied = index + 1;
  }
  return copied === 0 ? name : folded + name.slice(copied);
}

/** Some characters, such as `℀` and `／`, have a slash in their plain form. */
function foldAll(text: string): string {
  const plain = text.normalize('NFKD').replace(COMBINING_MARKS, '');
  return (plain.includes('/') ? plain.replaceAll('/', '\u2215') : plain).toLowerCase();
}

/** For UTF-16 units that have been asked for, the one unit that each becomes, or `NO_SINGLE`; 0 for the others. */
const plainUnits = new Uint16Array(0x10000);
/** No character. */
const NO_SINGLE = 0xffff;

function rememberPlain(code: number): number {
  const character = String.fromCharCode(code);
  const isHalf = code >= FIRST_SURROGATE && code <= LAST_SURROGATE;
  const plain = isHalf || character.normalize('NFKD').includes(SIGMA) ? '' : foldAll(character);
  const unit = plain.length === 1 ? plain.charCodeAt(0) : NO_SINGLE;
  plainUnits[code] = unit;
  return unit;
}

/** Writes its length before each run of digits from `from` on, and leaves out the zeros that it begins with. */
function measureNumbers(text: string, from: number): string {
  let key = '';
  let copied = 0;
  for (let index = from; index < text.length; ) {
    if (!isDigit(text.charCodeAt(index))) {
      index++;
      continue;
    }
    key += text.slice(copied, index);
    while (text.charCodeAt(index) === ZERO && isDigit(text.charCodeAt(index + 1))) index++;
    copied = index;
    while (isDigit(text.charCodeAt(index))) index++;
    const length = index - copied;
    key += length < 10 ? String.fromCharCode(ZERO + length - 1) : `9${String.fromCharCode(LENGTHS_FROM + length)}`;
  }
  return key + text.slice(copied);
}

/** Beyond the end of a text there is NaN, which is none. */
function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
