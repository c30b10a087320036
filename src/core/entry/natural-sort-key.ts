const ASCII = /^[\0-\x7f]*$/;
const DIGITS = /\d+/g;
const COMBINING_MARKS = /\p{M}/gu;

/**
 * A key whose plain comparison (`<`) orders names as people expect: `2` before `10`, `é` beside `e`, case ignored.
 * Different names may share a key; whoever sorts needs a second criterion.
 *
 * Each run of digits is preceded by its length without leading zeros, so that longer numbers are greater: one to nine
 * digits by `0` to `8`, more by `9` and the length as a character. All of these sort where digits do.
 */
export function naturalSortKey(name: string): string {
  const folded = ASCII.test(name) ? name.toLowerCase() : name.normalize('NFKD').replace(COMBINING_MARKS, '').toLowerCase();
  return folded.replace(DIGITS, keyOfNumber);
}

function keyOfNumber(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, '');
  const { length } = number;
  return (length < 10 ? String(length - 1) : `9${String.fromCharCode(length)}`) + number;
}
