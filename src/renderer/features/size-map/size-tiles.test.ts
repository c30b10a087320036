import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, SizeNode } from '../../../shared/contract/entry.ts';
import { layOutTiles, type Tile } from './size-tiles.ts';

const entry = (name: string, sizeBytes: number, kind: Entry['kind']) => ({ name, path: name, sizeBytes, kind }) as Entry;
const file = (name: string, sizeBytes: number, parent: number | null = null): SizeNode => ({
  entry: entry(name, sizeBytes, 'file'),
  parent,
  rest: null,
});
const folder = (name: string, sizeBytes: number, rest: number, parent: number | null = null): SizeNode => ({
  entry: entry(name, sizeBytes, 'folder'),
  parent,
  rest: { count: 3, sizeBytes: rest },
});
const SCREEN = { width: 800, height: 600 };
const NOTHING = { count: 0, sizeBytes: 0 };
const names = (tiles: readonly Tile[]) => tiles.map((tile) => tile.entry?.name ?? `${tile.restCount} smaller`);

describe('layOutTiles', () => {
  it('gives each an area by its size, and what is left out one of its own', () => {
    const tiles = layOutTiles({ nodes: [file('large', 600), file('small', 200)], rest: { count: 9, sizeBytes: 200 } }, SCREEN);
    expect(names(tiles)).toEqual(['large', 'small', '9 smaller']);
    const areas = tiles.map(({ width, height }) => (width * height) / (SCREEN.width * SCREEN.height));
    for (const [index, share] of [0.6, 0.2, 0.2].entries()) expect(areas[index]).toBeCloseTo(share, 1);
  });

  it('draws what is in a folder within it, below its name', () => {
    const nodes = [folder('in', 900, 0), file('inside', 900, 0)];
    const [outer, inner] = layOutTiles({ nodes, rest: { count: 1, sizeBytes: 100 } }, SCREEN);
    expect(outer).toMatchObject({ parent: null, level: 1, isOpen: true });
    expect(inner).toMatchObject({ parent: 0, level: 2 });
    expect((inner?.y ?? 0) - (outer?.y ?? 0)).toBeGreaterThanOrEqual(20);
  });

  it('draws nothing of what is in a folder that is a dot, and nothing at all without room or without bytes', () => {
    const nodes = [file('most', 1_000_000), folder('dot', 700, 0), file('within', 700, 1)];
    expect(names(layOutTiles({ nodes, rest: NOTHING }, SCREEN))).not.toContain('within');
    expect(layOutTiles({ nodes, rest: NOTHING }, { width: 0, height: 0 })).toEqual([]);
    expect(layOutTiles({ nodes: [], rest: NOTHING }, SCREEN)).toEqual([]);
  });

  it('never lets two tiles of a folder overlap, or one leave its folder', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 7 }), (bytes, every) => {
        const total = bytes.reduce((sum, size) => sum + size, 0);
        const inside = bytes.map((size, index) => file(`${index}`, size, index % every === 0 ? 0 : null));
        const held = inside.filter(({ parent }) => parent === 0).reduce((sum, node) => sum + (node.entry.sizeBytes ?? 0), 0);
        const tiles = layOutTiles({ nodes: [folder('f', held + 5, 5), ...inside], rest: { count: 1, sizeBytes: total } }, SCREEN);
        for (const [index, tile] of tiles.entries()) {
          const holder = tile.parent === null ? { x: 0, y: 0, ...SCREEN } : tiles[tile.parent];
          expect(isWithin(tile, holder)).toBe(true);
          for (const other of tiles.slice(index + 1)) if (other.parent === tile.parent) expect(overlap(tile, other)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });
});

type Box = Pick<Tile, 'x' | 'y' | 'width' | 'height'>;

function isWithin(inner: Box, outer: Box | undefined): boolean {
  if (!outer || inner.x < outer.x || inner.y < outer.y) return false;
  return inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
