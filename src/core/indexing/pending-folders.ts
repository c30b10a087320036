import { type NativePath, samePath } from '#core/fs/native-path.ts';
import type { FolderComparison } from './folder-comparison.ts';
import type { FolderNode } from './folder-node.ts';
import type { FolderTree } from './folder-tree.ts';
import { Frontier } from './frontier.ts';

const FOLDERS_PER_REQUEST = 32;
const ROWS_PER_REQUEST = 4000;
/** What a folder that has never been read is taken to hold. */
const ROWS_GUESSED = 60;
/** Folders that wait in the order in which they were found. Their ids are in each checkpoint. */
const MOST_WAITING = 10_000;

/** A folder to look at. */
export interface WorkItem {
  /** Held by the item. */
  node: FolderNode;
  /** As `WalkFolder.names`. */
  names: NativePath[] | null;
  /** How many levels below it are looked at. */
  levels: number;
  /** Read although its modification time is the one at which it was read last. */
  isFull: boolean;
  /** Which of the known folders in it are looked at: all, or those whose modification time has changed. */
  spread: 'all' | 'changed';
}

/** One that a walker has been asked for. */
export interface Asked extends WorkItem {
  path: NativePath;
  comparison: FolderComparison | null;
  /** The folder has moved since it was asked for: what is read may be of another one. */
  isStale: boolean;
}

/** The folders that a run has still to look at, and those that its walkers are at. Each is asked for once at a time. */
export class PendingFolders {
  readonly #tree: FolderTree;
  readonly #walkers: number;
  readonly #frontier: Frontier<WorkItem>;
  /** By request. */
  readonly #asked = new Map<number, Asked[]>();
  readonly #askedIds = new Set<number>();
  /** What waits for one of them to be answered. */
  #deferred: WorkItem[] = [];
  /** Folders that have vanished, with one above them, and may yet turn up elsewhere. */
  #parked: WorkItem[] = [];

  /** @param walkers that share the work: one alone reads a disk whose heads have to move */
  constructor(tree: FolderTree, walkers: number) {
    this.#tree = tree;
    this.#walkers = walkers;
    this.#frontier = new Frontier(walkers > 1 ? MOST_WAITING : 0);
  }

  /** Whether any waits that may be asked for. */
  get isWaiting(): boolean {
    return this.#frontier.length > 0;
  }

  /** All of them, also those that are asked for. */
  *[Symbol.iterator](): Generator<WorkItem> {
    yield* this.#frontier;
    yield* this.#deferred;
    yield* this.#parked;
    for (const items of this.#asked.values()) yield* items;
  }

  push(...items: WorkItem[]): void {
    this.#frontier.push(items);
  }

  /** A walker's fair share of what waits; may be empty although some wait. */
  next(): Asked[] {
    const asked: Asked[] = [];
    const share = Math.max(1, Math.ceil(this.#frontier.length / (this.#walkers * 2)));
    for (let rows = 0; asked.length < Math.min(share, FOLDERS_PER_REQUEST) && rows < ROWS_PER_REQUEST; ) {
      const item = this.#frontier.take();
      if (!item) break;
      const path = this.#tree.pathOf(item.node);
      if (path === null) this.#parked.push(item);
      else if (this.#askedIds.has(item.node.id)) this.#deferred.push(item);
      else {
        // Of a folder that has never been read, single names would leave the others unknown for good.
        const names = item.node.childCount === null ? null : item.names;
        asked.push({ ...item, names, path, comparison: null, isStale: false });
        this.#askedIds.add(item.node.id);
        rows += names?.length ?? item.node.childCount ?? ROWS_GUESSED;
      }
    }
    return asked;
  }

  /** Notes which request asks for folders of `next`. */
  ask(requestId: number, asked: Asked[]): void {
    this.#asked.set(requestId, asked);
  }

  /** The first folder of a request that has not been answered to its end. */
  firstOf(requestId: number): Asked | undefined {
    return this.#asked.get(requestId)?.[0];
  }

  /** The first folder of a request has been answered to its end. */
  done(requestId: number): void {
    const item = this.#asked.get(requestId)?.shift();
    if (!item) return;
    this.#askedIds.delete(item.node.id);
    this.#tree.release(item.node);
    if (this.#deferred.length === 0) return;
    this.#frontier.push(this.#deferred);
    this.#deferred = [];
  }

  /** Nothing more of the request will come. */
  close(requestId: number): void {
    this.#asked.delete(requestId);
  }

  hasMoved(item: Asked): boolean {
    const path = this.#tree.pathOf(item.node);
    return path === null || !samePath(path, item.path);
  }

  /** Has a folder asked for once more, from its beginning. */
  askAgain(item: Asked): void {
    this.forgetComparison(item);
    item.node.holders += 1;
    const { node, names, levels, isFull, spread } = item;
    this.push({ node, names, levels, isFull, spread });
  }

  forgetComparison(item: Asked): void {
    for (const { node } of item.comparison?.found ?? []) this.#tree.release(node);
    item.comparison = null;
  }

  /** Takes up again what has turned up, and lets go of what has not. @returns whether any waits now */
  revive(): boolean {
    for (const item of this.#parked.splice(0)) {
      if (this.#tree.pathOf(item.node) === null) this.#tree.release(item.node);
      else this.push(item);
    }
    return this.isWaiting;
  }

  /** Lets go of all folders. */
  release(): void {
    for (const items of this.#asked.values()) for (const item of items) this.forgetComparison(item);
    for (const { node } of this) this.#tree.release(node);
  }
}
