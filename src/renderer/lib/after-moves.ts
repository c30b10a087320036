import { joinPath, pathBelow } from './entry-path.ts';

/** Addresses before and after. */
export interface Move {
  from: string;
  to: string;
}

/** Where `path` lies after these moves, in the order in which they happened: each takes along what lies below it. */
export function afterMoves(path: string, moves: readonly Move[]): string {
  return moves.reduce((now, { from, to }) => {
    const below = pathBelow(from, now);
    return below === null ? now : joinPath(to, below);
  }, path);
}
