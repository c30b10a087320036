import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { Entry, SizeNode } from '../../../shared/contract/entry.ts';

/** One rectangle of the map, in pixels from its upper left corner. */
export interface Tile {
  /** What it stands for; null: for what is left out of its folder because it is too small. */
  entry: Entry | null;
  /** Of the folder that it is in, its index among the tiles, which is lower; null: the open folder. */
  parent: number | null;
  sizeBytes: number;
  /** Of what is left out, how many there are. */
  restCount: number;
  /** 1 for what is directly in the open folder. */
  level: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** A folder whose contents are drawn in it, below its name. */
  isOpen: boolean;
}

interface Part {
  entry: Entry | null;
  sizeBytes: number;
  restCount: number;
  parts: Part[];
}

/** A folder's name stands in a line of this height above what is in it, */
export const HEADING = 20;
/** if it is as large as this; */
const LEAST_WITH_HEADING = { width: 64, height: 52 };
/** of a smaller one than this nothing is drawn but itself. */
const LEAST_OPEN = 28;
/** Nothing smaller can be seen or pointed at. */
const LEAST_SIDE = 3;

/**
 * Lays the largest entries below a folder out as nested rectangles whose areas are their sizes: squarified treemaps (Bruls, Huizing, van Wijk
 * 2000). The larger ones of a folder come first.
 */
export function layOutTiles(
  map: { nodes: readonly SizeNode[]; rest: { count: number; sizeBytes: number } },
  { width, height }: { width: number; height: number },
): Tile[] {
  const root = hierarchy(partsOf(map), ({ parts }) => parts).sum(({ parts, sizeBytes }) => (parts.length > 0 ? 0 : sizeBytes));
  if (width < LEAST_OPEN || height < LEAST_OPEN || (root.value ?? 0) === 0) return [];
  const placed = treemap<Part>()
    .size([width, height])
    .tile(treemapSquarify.ratio(1.2))
    .round(true)
    .paddingInner((node) => (node.depth === 0 ? 3 : 2))
    .paddingOuter((node) => (node.depth === 0 ? 0 : 3))
    .paddingTop((node) => (node.depth === 0 ? 0 : hasHeading(node) ? HEADING : 3))(root);
  const tiles: Tile[] = [];
  for (const node of placed.children ?? []) addTiles(tiles, node, null);
  return tiles;
}

/** Whether there is room for a folder's name above what is in it. */
export function hasHeading(place: { x0: number; y0: number; x1: number; y1: number }): boolean {
  return place.x1 - place.x0 >= LEAST_WITH_HEADING.width && place.y1 - place.y0 >= LEAST_WITH_HEADING.height;
}

function partsOf({ nodes, rest }: Parameters<typeof layOutTiles>[0]): Part {
  const root: Part = { entry: null, sizeBytes: 0, restCount: 0, parts: [] };
  const made: Part[] = [];
  for (const { entry, parent } of nodes) {
    const part: Part = { entry, sizeBytes: entry.sizeBytes ?? 0, restCount: 0, parts: [] };
    made.push(part);
    (parent === null ? root : made[parent])?.parts.push(part);
  }
  const addRest = (part: Part | undefined, left: SizeNode['rest']) => {
    if (part && left && left.sizeBytes > 0) part.parts.push({ entry: null, sizeBytes: left.sizeBytes, restCount: left.count, parts: [] });
  };
  addRest(root, rest);
  for (const [index, node] of nodes.entries()) addRest(made[index], node.rest);
  return root;
}

/** Whether most of what is in a folder is large enough: a frame around specks says less than the folder itself. */
function canBeSeen(parts: readonly HierarchyRectangularNode<Part>[]): boolean {
  const seen = parts.filter(({ x0, y0, x1, y1 }) => x1 - x0 >= LEAST_SIDE && y1 - y0 >= LEAST_SIDE);
  const bytes = (some: typeof parts) => some.reduce((sum, { value = 0 }) => sum + value, 0);
  return seen.length > 0 && bytes(seen) >= bytes(parts) / 2;
}

function addTiles(tiles: Tile[], node: HierarchyRectangularNode<Part>, parent: number | null): void {
  const { x0: x, y0: y, data } = node;
  const [width, height] = [node.x1 - x, node.y1 - y];
  if (width < LEAST_SIDE || height < LEAST_SIDE) return;
  const isOpen = width >= LEAST_OPEN && height >= LEAST_OPEN && canBeSeen(node.children ?? []);
  const { entry, sizeBytes, restCount } = data;
  const index = tiles.push({ entry, parent, sizeBytes, restCount, level: node.depth, x, y, width, height, isOpen }) - 1;
  if (isOpen) for (const child of node.children ?? []) addTiles(tiles, child, index);
}
