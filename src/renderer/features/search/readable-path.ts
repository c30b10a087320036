import type { TextRange } from '../../../shared/contract/search.ts';

/** Folders apart by what no name has in it. */
const SEPARATOR = ' › ';

/** A path for people to read, and where what was searched for is in that. */
export function readablePath(path: string, matches: readonly TextRange[]): { text: string; matches: TextRange[] } {
  const moved = (at: number) => at + (path.slice(0, at).split('/').length - 1) * (SEPARATOR.length - 1);
  return { text: path.replaceAll('/', SEPARATOR), matches: matches.map(({ start, end }) => ({ start: moved(start), end: moved(end) })) };
}
