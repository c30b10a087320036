import { describe, expect, it } from 'vitest';
import { afterMoves } from './after-moves.ts';

describe('where a folder lies after moves', () => {
  it('is where it was when they concern others, also others of a similar name', () => {
    expect(afterMoves('sd://pc/a/b', [{ from: 'sd://pc/a/bc', to: 'sd://pc/x' }])).toBe('sd://pc/a/b');
    expect(afterMoves('sd://pc/a/b', [])).toBe('sd://pc/a/b');
  });

  it('follows itself and the folders above it, one after the other', () => {
    expect(afterMoves('sd://pc/a/b', [{ from: 'sd://pc/a/b', to: 'sd://pc/c' }])).toBe('sd://pc/c');
    const moves = [
      { from: 'sd://pc/a', to: 'sd://pc/x/a2' },
      { from: 'sd://pc/x', to: 'sd://pc/y' },
    ];
    expect(afterMoves('sd://pc/a/b', moves)).toBe('sd://pc/y/a2/b');
  });
});
