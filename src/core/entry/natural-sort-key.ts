const ASCII = /^[\0-\x7f]*$/;
const DIGITS = /\d+/g;
/** Lengths of numbers are written with the characters from `@` on, which are none that separate anything. */
const LENGTHS_FROM = 0x40;
const COMBINING_MARKS = /\p{M}/gu;

/**
 * A key whose plain comparison (`<`) orders names as people expect: `2` before `10`, `é` beside `e`, case ignored.
 * Different names may share a key; whoever sorts needs a second criterion. Like names, keys hold no `/`.
 *
 * Each run of digits is preceded by its length without leading zeros, so that longer numbers are greater: one to nine
 * digits by `0` to `8`, more by `9` and a character that stands for the length. All of these sort where digits do.
 */
export function naturalSortKey(name: string): string {
  const folded = ASCII.test(name) ? name.toLowerCase() : unaccented(name).toLowerCase();
  return folded.replace(DIGITS, keyOfNumber);
}

/** Some characters, such as `℀` and `／`, have a slash in their plain form. */
function unaccented(name: string): string {
  return name.normalize('NFKD').replace(COMBINING_MARKS, '').replaceAll('/', '\u2215');
}

function keyOfNumber(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  const { length } = number;
  return (length < 10 ? String(length - 1) : `9${String.fromCharCode(LENGTHS_FROM + length)}`) + number;
}
