const COMBINING_MARKS = /\p{M}/gu;
const LAST_ASCII = 0x7f;
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
    if (code > LAST_ASCII) return measureNumbers(unaccented(name).toLowerCase(), 0);
    if (firstDigit < 0 && isDigit(code)) firstDigit = index;
  }
  const folded = name.toLowerCase();
  return firstDigit < 0 ? folded : measureNumbers(folded, firstDigit);
}

/** Some characters, such as `℀` and `／`, have a slash in their plain form. */
function unaccented(name: string): string {
  const plain = name.normalize('NFKD').replace(COMBINING_MARKS, '');
  return plain.includes('/') ? plain.replaceAll('/', '\u2215') : plain;
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
