import type Database from 'better-sqlite3';
import { isLargeFolder } from '#core/entry/large-folder.ts';
import { KIND_RANK as KIND } from '#core/entry/row-order.ts';
import { fromBytes, type NativePath } from '#core/fs/native-path.ts';
import { type FolderFacts, FolderNode } from './folder-node.ts';
import type { Participant } from './index-writer.ts';

type FolderRow = [
  id: number,
  name: string | Buffer,
  modifiedMs: number,
  modifiedNs: number,
  listedMs: number | null,
  listedNs: number | null,
  hash: number | null,
  childCount: number | null,
  folderCount: number | null,
  problem: string | null,
];
const FOLDER_COLUMNS = 'id, name, modified_ms, modified_ns, listed_ms, listed_ns, listing_hash, child_count, folder_count, problem';

/**
 * The folders that work is under way in, each linked to those above it, so that what changes in one is added to all of them before each
 * commit: at every commit a folder's size and counts are those of the rows below it.
 */
export class FolderTree implements Participant {
  /** Changes whenever a folder has moved, and with it the paths below it. */
  pathVersion = 0;
  readonly #nodes = new Map<number, FolderNode>();
  readonly #rootPaths = new Map<number, NativePath>();
  #touched: FolderNode[] = [];
  readonly #one: Database.Statement<[number], [...FolderRow, parentId: number | null, locationId: number, kind: number]>;
  readonly #below: Database.Statement<[number], FolderRow>;
  readonly #add: Database.Statement;
  readonly #addAndList: Database.Statement;
  readonly #forgetListing: Database.Statement<[number]>;
  readonly #count: Database.Statement<[number], number>;
  readonly #countMarked: Database.Statement<[number], number>;
  readonly #mark: Database.Statement<[number]>;

  constructor(connection: Database.Database) {
    this.#one = connection.prepare(`SELECT ${FOLDER_COLUMNS}, parent_id, location_id, kind FROM entries WHERE id = ?`);
    this.#one.raw();
    this.#below = connection.prepare(`SELECT ${FOLDER_COLUMNS} FROM entries WHERE parent_id = ? AND kind = ${KIND.folder}`);
    this.#below.raw();
    const sums = `size = size + ?, file_count = coalesce(file_count, 0) + ?, folder_count = coalesce(folder_count, 0) + ?,
      child_count = child_count + ?`;
    this.#add = connection.prepare(`UPDATE entries SET ${sums}, listing_hash = ? WHERE id = ?`);
    this.#addAndList = connection.prepare(
      `UPDATE entries SET ${sums.replace('= child_count', '= coalesce(child_count, 0)')}, listing_hash = ?, listed_ms = ?, listed_ns = ?, problem = NULL WHERE id = ?`,
    );
    this.#countMarked = connection
      .prepare<[number], number>('SELECT count(*) FROM entries INDEXED BY entries_by_size WHERE parent_id = ? AND in_large_folder = 1')
      .pluck();
    this.#mark = connection.prepare('UPDATE entries SET in_large_folder = 1 WHERE parent_id = ? AND in_large_folder = 0');
    this.#forgetListing = connection.prepare('UPDATE entries SET listed_ms = NULL, listed_ns = NULL WHERE id = ?');
    this.#count = connection.prepare<[number], number>('SELECT count(*) FROM entries WHERE parent_id = ?').pluck();
  }

  /** Says where the root of a location is now; null that it is not there. */
  place(locationId: number, path: NativePath | null): void {
    if (path === null) this.#rootPaths.delete(locationId);
    else this.#rootPaths.set(locationId, path);
  }

  pathOf(node: FolderNode): NativePath | null {
    return node.path(this.pathVersion);
  }

  /** The node of a folder that work is under way in or below. */
  live(id: number): FolderNode | null {
    return this.#nodes.get(id) ?? null;
  }

  /** The node of a folder, with those above it; to be released. @returns null when there is no such row */
  hold(id: number): FolderNode | null {
    const node = this.#nodes.get(id) ?? this.#load(id);
    if (node) node.holders += 1;
    return node;
  }

  /** The node of a folder in one that is held; to be released. */
  holdChild(facts: FolderFacts, parent: FolderNode): FolderNode {
    const node = this.#nodes.get(facts.id) ?? this.#enter(new FolderNode(facts, parent.locationId, parent));
    node.holders += 1;
    return node;
  }

  release(node: FolderNode): void {
    node.holders -= 1;
    if (node.holders > 0 || node.isTouched) return;
    if (this.#nodes.get(node.id) === node) this.#nodes.delete(node.id);
    if (node.parent) this.release(node.parent);
  }

  /** The folders directly in a folder, in the order of their sort keys. */
  subfolders(id: number): FolderFacts[] {
    return this.#below.all(id).map(toFacts);
  }

  /** Adds to a folder what it has got or, with negative numbers, lost; to those above it at the next commit. */
  add(node: FolderNode, bytes: number, files: number, folders: number, children: number): void {
    node.bytesDelta += bytes;
    node.filesDelta += files;
    node.foldersDelta += folders;
    node.childrenDelta += children;
    this.touch(node);
  }

  touch(node: FolderNode): void {
    if (node.isTouched) return;
    node.isTouched = true;
    this.#touched.push(node);
  }

  /** A row of the folder has changed in another way than by reading all of it. */
  forgetHash(node: FolderNode): void {
    if (node.hash === null && !node.listing) return;
    node.hash = null;
    if (node.listing) node.listing.hash = null;
    this.touch(node);
  }

  /** The rows of the folder may not be all that it holds, whatever its modification time says: it is read when it is met next. */
  forgetListing(node: FolderNode): void {
    this.forgetHash(node);
    if (node.listing) node.listing.listedAt = null;
    if (node.listedMs === null) return;
    node.listedMs = null;
    this.#forgetListing.run(node.id);
  }

  /** Hangs a live folder elsewhere, after its row has been. What has changed below it must have been written. */
  move(node: FolderNode, parent: FolderNode, name: NativePath): void {
    const former = node.parent;
    parent.holders += 1;
    node.parent = parent;
    node.name = name;
    this.pathVersion += 1;
    if (former) this.release(former);
  }

  /** Writes all sums, deepest folders first, so that each row is written once. */
  flush(): void {
    if (this.#touched.length === 0) return;
    const levels: FolderNode[][] = [];
    for (const node of this.#touched) addTo(levels, node.depth, node);
    this.#touched = [];
    for (let depth = levels.length - 1; depth >= 0; depth--) {
      for (const node of levels[depth] ?? []) this.#write(node, levels, depth);
    }
    for (const level of levels) for (const node of level ?? []) this.#rest(node);
  }

  beforeCommit(): void {
    this.flush();
  }

  /** What has been counted since the last commit never happened; whoever was at work has failed, and lets go of its folders. */
  undone(): void {
    const touched = this.#touched;
    this.#touched = [];
    for (const node of touched) this.#rest(node);
    this.#nodes.clear();
  }

  #write(node: FolderNode, levels: FolderNode[][], depth: number): void {
    const { parent, bytesDelta, filesDelta, foldersDelta, childrenDelta, listing } = node;
    const hasSums = bytesDelta !== 0 || filesDelta !== 0 || foldersDelta !== 0;
    if (parent && hasSums) {
      parent.bytesDelta += bytesDelta;
      parent.filesDelta += filesDelta;
      parent.foldersDelta += foldersDelta;
      if (!parent.isTouched) {
        parent.isTouched = true;
        addTo(levels, depth - 1, parent);
      }
    }
    if (node.isLimbo) return;
    if (listing) {
      const { listedAt, hash } = listing;
      const children = this.#hasUncounted(node) ? (this.#count.get(node.id) ?? 0) : childrenDelta;
      this.#addAndList.run(bytesDelta, filesDelta, foldersDelta, children, hash, listedAt?.ms ?? null, listedAt?.ns ?? null, node.id);
      node.hash = hash;
      node.listedMs = listedAt?.ms ?? null;
      node.listedNs = listedAt?.ns ?? 0;
      this.#recount(node, (node.childCount ?? 0) + children);
      node.problem = null;
    } else {
      this.#add.run(bytesDelta, filesDelta, foldersDelta, childrenDelta, node.hash, node.id);
      if (childrenDelta !== 0) node.isPartlyRead = true;
      if (node.childCount !== null) this.#recount(node, node.childCount + childrenDelta);
    }
    node.folderCount += foldersDelta;
  }

  /** Marks the rows of a folder that has become large. */
  #recount(node: FolderNode, childCount: number): void {
    const wasLarge = isLargeFolder(node.childCount);
    node.childCount = childCount;
    node.isLarge = isLargeFolder(childCount);
    if (node.isLarge && !wasLarge && this.#countMarked.get(node.id) !== childCount) this.#mark.run(node.id);
  }

  /** Its rows are not counted before it has been read to its end: some may have been committed before, by this work or by what was interrupted. */
  #hasUncounted(node: FolderNode): boolean {
    return node.childCount === null && (node.isPartlyRead || !node.isNew);
  }

  #rest(node: FolderNode): void {
    node.bytesDelta = 0;
    node.filesDelta = 0;
    node.foldersDelta = 0;
    node.childrenDelta = 0;
    node.listing = null;
    node.isTouched = false;
    if (node.holders > 0) return;
    node.holders += 1;
    this.release(node);
  }

  #load(id: number): FolderNode | null {
    const row = this.#one.get(id);
    if (!row) return null;
    const [, , , , , , , , , , parentId, locationId, kind] = row;
    const facts = toFacts(row);
    if (parentId === null) return this.#enter(new FolderNode(facts, locationId, null, this.#top(locationId, kind)));
    const parent = this.#nodes.get(parentId) ?? this.#load(parentId);
    return parent && this.#enter(new FolderNode(facts, locationId, parent));
  }

  #top(locationId: number, kind: number): { rootPath: NativePath | null; isLimbo: boolean } {
    const isLimbo = kind !== KIND.folder;
    return { isLimbo, rootPath: isLimbo ? null : (this.#rootPaths.get(locationId) ?? null) };
  }

  #enter(node: FolderNode): FolderNode {
    this.#nodes.set(node.id, node);
    if (node.parent) node.parent.holders += 1;
    return node;
  }
}

function toFacts(row: readonly [...FolderRow, ...unknown[]]): FolderFacts {
  const [id, name, modifiedMs, modifiedNs, listedMs, listedNs, hash, childCount, folderCount, problem] = row;
  return {
    id,
    name: typeof name === 'string' ? name : fromBytes(name),
    modifiedMs,
    modifiedNs,
    listedMs,
    listedNs: listedNs ?? 0,
    hash,
    childCount,
    folderCount: folderCount ?? 0,
    problem,
  };
}

function addTo(levels: FolderNode[][], depth: number, node: FolderNode): void {
  const level = levels[depth];
  if (level) level.push(node);
  else levels[depth] = [node];
}
