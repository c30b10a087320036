import type { EntryStatements } from './entry-statements.ts';
import { isLargeFolder } from './large-folder.ts';
import { KIND_RANK } from './row-order.ts';
import { isListed, STORED_COLUMNS, type StoredEntry } from './stored-entry.ts';

/** One of the largest entries below a folder. */
export interface SizeTreeNode {
  entry: StoredEntry;
  /** Index of the node that holds it; null: directly below where the tree begins. */
  parent: number | null;
  /** What is directly in it besides its nodes; null where it has none. */
  rest: SizeRest | null;
}

export interface SizeRest {
  count: number;
  sizeBytes: number;
}

export interface SizeTree {
  /** The largest first: a folder comes before what is in it. */
  nodes: SizeTreeNode[];
  /** What is directly below where the tree begins besides its nodes. */
  rest: SizeRest;
}

/** What takes a smaller share of the whole than this cannot be seen on any screen. */
const SMALLEST_SHARE = 1 / 40_000;
/** So many rows are looked at for one tree, which bounds its time; folders that are left then have no nodes below them. */
const MOST_ROWS = 40_000;

/**
 * The `limit` largest files and folders at any depth below a folder. The largest is looked into first, again and again, so that no more folders
 * are read than are shown.
 */
export function sizeTreeOf(statements: EntryStatements, folder: StoredEntry, limit: number): SizeTree {
  const search = new SizeTreeSearch(statements, folder.size);
  return search.run(search.open(folder, limit), allIn(folder), limit);
}

/** The same of several folders together. */
export function sizeTreeOfAll(statements: EntryStatements, folders: readonly StoredEntry[], limit: number): SizeTree {
  const sizeBytes = folders.reduce((sum, { size }) => sum + size, 0);
  return new SizeTreeSearch(statements, sizeBytes).run(folders, { count: folders.length, sizeBytes }, limit);
}

interface Candidate {
  entry: StoredEntry;
  parent: number | null;
}

class SizeTreeSearch {
  readonly #statements: EntryStatements;
  readonly #least: number;
  #rowsLeft = MOST_ROWS;

  constructor(statements: EntryStatements, totalBytes: number) {
    this.#statements = statements;
    this.#least = Math.max(1, Math.floor(totalBytes * SMALLEST_SHARE));
  }

  run(top: readonly StoredEntry[], whole: SizeRest, limit: number): SizeTree {
    const tree: SizeTree = { nodes: [], rest: whole };
    const candidates = new LargestFirst();
    for (const entry of top) candidates.add({ entry, parent: null });
    while (tree.nodes.length < limit) {
      const next = candidates.take();
      if (!next) break;
      const index = tree.nodes.push({ ...next, rest: null }) - 1;
      takeFromRest(tree, next);
      for (const entry of this.open(next.entry, limit - tree.nodes.length)) candidates.add({ entry, parent: index });
    }
    return tree;
  }

  /** The largest files and folders directly in a folder. Links have a size of their own, which no folder counts. */
  open(folder: StoredEntry, limit: number): StoredEntry[] {
    if (!isListed(folder) || limit === 0 || this.#rowsLeft <= 0) return [];
    const isLarge = isLargeFolder(folder.childCount);
    const [index, condition] = isLarge ? ['entries_by_size', 'AND in_large_folder = 1'] : ['entries_listing', ''];
    const sql = `SELECT ${STORED_COLUMNS} FROM entries INDEXED BY ${index} WHERE parent_id = ? AND kind = ? ${condition} AND size >= ?
      ORDER BY size DESC LIMIT ?`;
    const ofKind = (kind: number) => this.#statements.all<StoredEntry>(sql, folder.id, kind, this.#least, limit);
    const found = [...ofKind(KIND_RANK.folder), ...ofKind(KIND_RANK.file)];
    this.#rowsLeft -= isLarge ? found.length : (folder.childCount ?? 0);
    return found;
  }
}

/** A node is no part any more of what its folder holds besides its nodes. */
function takeFromRest(tree: SizeTree, { entry, parent }: Candidate): void {
  const without = ({ count, sizeBytes }: SizeRest) => ({ count: count - 1, sizeBytes: sizeBytes - entry.size });
  const holder = parent === null ? undefined : tree.nodes[parent];
  if (holder) holder.rest = without(holder.rest ?? allIn(holder.entry));
  else tree.rest = without(tree.rest);
}

function allIn({ childCount, size }: StoredEntry): SizeRest {
  return { count: childCount ?? 0, sizeBytes: size };
}

/** A binary heap. Of those of the same size the one that was added first comes first. */
class LargestFirst {
  readonly #heap: (Candidate & { turn: number })[] = [];
  #turn = 0;

  add(candidate: Candidate): void {
    const heap = this.#heap;
    let at = heap.push({ ...candidate, turn: this.#turn++ }) - 1;
    for (let above = (at - 1) >> 1; at > 0 && this.#isBefore(at, above); above = (at - 1) >> 1) {
      this.#swap(at, above);
      at = above;
    }
  }

  take(): Candidate | null {
    const heap = this.#heap;
    if (heap.length === 0) return null;
    this.#swap(0, heap.length - 1);
    const taken = heap.pop();
    for (let at = 0, below = this.#firstBelow(0); this.#isBefore(below, at); below = this.#firstBelow(at)) {
      this.#swap(at, below);
      at = below;
    }
    return taken ? { entry: taken.entry, parent: taken.parent } : null;
  }

  #firstBelow(at: number): number {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    return this.#isBefore(right, left) ? right : left;
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (!first || !second) return false;
    return first.entry.size === second.entry.size ? first.turn < second.turn : first.entry.size > second.entry.size;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (!first || !second) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
