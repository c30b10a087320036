import type { Entry } from '../../../shared/contract/entry.ts';

const LETTERS = ['r', 'w', 'x'];
const KINDS: Record<Entry['kind'], string> = { folder: 'd', file: '-', symlink: 'l', other: '?' };

/** Permissions as `ls -l` writes them: `drwxr-xr-x`, with `s` and `t` where a program runs as its owner or only owners delete. */
export function formatMode({ kind, mode }: Pick<Entry, 'kind' | 'mode'>): string {
  if (mode === null) return '';
  const bits = Array.from({ length: 9 }, (_, index) => (mode & (0o400 >> index) ? (LETTERS[index % 3] ?? '') : '-'));
  const special = [
    { bit: 0o4000, at: 2, letter: 's' },
    { bit: 0o2000, at: 5, letter: 's' },
    { bit: 0o1000, at: 8, letter: 't' },
  ];
  for (const { bit, at, letter } of special) {
    if (mode & bit) bits[at] = bits[at] === 'x' ? letter : letter.toUpperCase();
  }
  return KINDS[kind] + bits.join('');
}
