import { isLargeFolder } from '#core/entry/large-folder.ts';
import { type NativePath, samePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import { ChangeReport } from './change-report.ts';
import { FolderComparison, type FoundFolder } from './folder-comparison.ts';
import type { FolderNode } from './folder-node.ts';
import { Frontier } from './frontier.ts';
import { cancelled, isOurEnd, locationGone, problemOf, volumeOffline } from './index-errors.ts';
import type { IndexProblem } from './index-messages.ts';
import type { IndexChanges, IndexedRoot, ScanCheckpoint, ScanCounts, ScanProgress } from './index-task.ts';
import type { Participant } from './index-writer.ts';
import type { IndexCore, RunContext } from './run-context.ts';
import type { WalkBatch, WalkedFolder, WalkFolder } from './walk-messages.ts';
import { WalkedRows } from './walked-rows.ts';
import type { WalkerPool } from './walker-thread.ts';
import { Walkers } from './walkers.ts';

const FOLDERS_PER_REQUEST = 32;
const ROWS_PER_REQUEST = 4000;
/** What a folder that has never been read is taken to hold. */
const ROWS_GUESSED = 60;
/** With what jobs hold back themselves (a tenth of a second), what is written down is less than one second, or 20,000 entries, behind. */
const CHECKPOINT_MS = 250;
const CHECKPOINT_ENTRIES = 5000;
/** Folders that wait in the order in which they were found. Their ids are in each checkpoint. */
const MOST_WAITING = 10_000;
const PROGRESS_MS = 100;
const CANCEL_LOOK_STEPS = 64;

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

interface Asked extends WorkItem {
  path: NativePath;
  comparison: FolderComparison | null;
  /** The folder has moved since it was asked for: what is read may be of another one. */
  isStale: boolean;
}

export interface RunListener {
  progress(progress: ScanProgress): void;
  checkpoint(checkpoint: ScanCheckpoint): void;
  changes(changes: IndexChanges): void;
  problem(problem: IndexProblem): void;
}

export interface RunOptions {
  core: IndexCore;
  pool: WalkerPool;
  root: IndexedRoot;
  walkers: number;
  mayMove: boolean;
  kin: ReadonlySet<number>;
  counts: ScanCounts;
  listener: RunListener;
  /** One Int32: not 0 to end soon. */
  cancel: Int32Array;
}

/**
 * Looks at folders of one location, and at those found in them, until none is left: hands them to walkers, several at a time, and brings the
 * rows in line with what they answer. A folder is handed out only when its row is there; it stays pending until all of its rows are.
 */
export class IndexRun implements Participant {
  readonly #options: RunOptions;
  readonly #context: RunContext;
  readonly #walkers: Walkers;
  readonly #frontier: Frontier<WorkItem>;
  readonly #asked = new Map<number, Asked[]>();
  /** Of the folders in `#asked`: each is asked for once at a time. */
  readonly #askedIds = new Set<number>();
  /** What waits for one of them to be answered. */
  #deferred: WorkItem[] = [];
  /** Folders that have vanished, with one above them, and may yet turn up elsewhere. */
  #parked: WorkItem[] = [];
  readonly #end = Promise.withResolvers<void>();
  readonly #leave: () => void;
  readonly #report: ChangeReport;
  #isOver = false;
  #steps = 0;
  #processingMs = 0;
  #currentPath: NativePath;
  #lastProgress = 0;
  #lastCheckpoint = performance.now();
  #entriesAtCheckpoint = 0;

  constructor(options: RunOptions) {
    const { core, root, counts } = options;
    this.#options = options;
    this.#frontier = new Frontier(options.walkers > 1 ? MOST_WAITING : 0);
    this.#report = new ChangeReport(root.locationId);
    this.#currentPath = root.path;
    this.#context = {
      ...core,
      mayMove: options.mayMove,
      kin: options.kin,
      counts,
      report: this.#report,
      entryProblem: (folder, name, code) => this.#entryProblem(folder, name, code),
      step: () => this.#step(),
    };
    this.#leave = core.writer.join(this);
    this.#walkers = new Walkers({
      pool: options.pool,
      root,
      count: options.walkers,
      onBatch: (batch, isLast) => this.#guarded(() => this.#receive(batch, isLast)),
      onRootLost: (isVolumeThere) => this.#guarded(() => this.#rootLost(isVolumeThere)),
      onError: (error) => this.#fail(new MooringError('INTERNAL', 'Reading the disk failed through a fault in Mooring.', { cause: error })),
    });
  }

  /** Time spent with what the walkers found. */
  get processingMs(): number {
    return this.#processingMs;
  }

  /** Adds a folder to be looked at, before those that are already waiting. */
  push(item: WorkItem): void {
    this.#frontier.push(item);
  }

  /**
   * Resolves when no folder is left, and all is committed.
   * @throws MooringError `CANCELLED`, `VOLUME_OFFLINE`, `LOCATION_GONE`; what SQLite throws. What was committed before stays
   */
  async finish(): Promise<void> {
    try {
      this.#guarded(() => this.#feed());
      await this.#end.promise;
    } finally {
      this.#isOver = true;
      this.#walkers.close();
      this.#leave();
      for (const items of this.#asked.values()) for (const item of items) this.#forgetComparison(item);
      for (const { node } of this.#pending()) this.#context.tree.release(node);
    }
  }

  cancel(): void {
    this.#guarded(() => {
      throw cancelled();
    });
  }

  afterCommit(): void {
    const { listener, counts } = this.#options;
    const changes = this.#report.take();
    if (changes) listener.changes(changes);
    this.#tellProgress();
    const now = performance.now();
    if (now - this.#lastCheckpoint < CHECKPOINT_MS && counts.entriesSeen - this.#entriesAtCheckpoint < CHECKPOINT_ENTRIES) return;
    this.#lastCheckpoint = now;
    this.#entriesAtCheckpoint = counts.entriesSeen;
    listener.checkpoint(this.checkpoint());
  }

  undone(error: unknown): void {
    this.#fail(error);
  }

  /** Valid right after a commit. */
  checkpoint(): ScanCheckpoint {
    const pending = new Set<number>();
    for (const { node } of this.#pending()) pending.add(node.id);
    return { pending: [...pending], counts: { ...this.#options.counts } };
  }

  *#pending(): Generator<WorkItem> {
    yield* this.#frontier;
    yield* this.#deferred;
    yield* this.#parked;
    for (const items of this.#asked.values()) yield* items;
  }

  /** Whatever goes wrong ends the run; cancelling keeps what has been done. */
  #guarded(work: () => void): void {
    if (this.#isOver) return;
    const { writer } = this.#context;
    const began = performance.now();
    try {
      work();
    } catch (error) {
      if (isOurEnd(error)) this.#endWith(error);
      else {
        writer.undo(error);
        this.#fail(error);
      }
    }
    this.#processingMs += performance.now() - began;
  }

  /** Ends the run; all that was done is whole and is committed. */
  #endWith(error: unknown): void {
    try {
      this.#context.writer.commit();
      this.#options.listener.checkpoint(this.checkpoint());
      this.#fail(error);
    } catch (commitError) {
      this.#fail(commitError);
    }
  }

  #fail(error: unknown): void {
    this.#isOver = true;
    this.#end.reject(error);
  }

  #step(): void {
    this.#context.writer.step();
    this.#steps += 1;
    if (this.#steps % CANCEL_LOOK_STEPS === 0 && Atomics.load(this.#options.cancel, 0) !== 0) throw cancelled();
  }

  #feed(): void {
    while (this.#walkers.hasRoom && this.#frontier.length > 0) {
      const asked = this.#nextFolders();
      if (asked.length === 0) continue;
      const requestId = this.#walkers.ask(asked.map(toRequest));
      this.#asked.set(requestId, asked);
    }
    if (this.#walkers.busy > 0 || this.#frontier.length > 0) return;
    if (this.#hasRevived()) {
      this.#feed();
      return;
    }
    this.#context.writer.commit();
    this.#end.resolve();
  }

  /** Takes up again what has turned up, and lets go of what has not. */
  #hasRevived(): boolean {
    const { tree } = this.#context;
    for (const item of this.#parked.splice(0)) {
      if (tree.pathOf(item.node) === null) tree.release(item.node);
      else this.#frontier.push(item);
    }
    return this.#frontier.length > 0;
  }

  #nextFolders(): Asked[] {
    const { tree } = this.#context;
    const asked: Asked[] = [];
    const share = Math.max(1, Math.ceil(this.#frontier.length / (this.#options.walkers * 2)));
    for (let rows = 0; asked.length < Math.min(share, FOLDERS_PER_REQUEST) && rows < ROWS_PER_REQUEST; ) {
      const item = this.#frontier.take();
      if (!item) break;
      const path = tree.pathOf(item.node);
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

  #receive(batch: WalkBatch, isLast: boolean): void {
    const asked = this.#asked.get(batch.requestId) ?? [];
    const rows = new WalkedRows(batch);
    let from = 0;
    for (const walked of batch.folders) {
      const item = asked[0];
      if (!item) throw new Error(`A walker answered what it was not asked: folder ${walked.folderId}`);
      this.#context.writer.begin();
      const to = from + walked.count;
      item.isStale ||= this.#hasMoved(item);
      const isDone = item.isStale ? this.#askAgain(item, walked) : this.#take(item, walked, rows, from, to);
      from = to;
      if (isDone) this.#done(asked, item);
      this.#step();
    }
    if (isLast) this.#asked.delete(batch.requestId);
    this.#feed();
    this.#tellProgress();
  }

  #done(asked: Asked[], item: Asked): void {
    asked.shift();
    this.#askedIds.delete(item.node.id);
    this.#context.tree.release(item.node);
    if (this.#deferred.length === 0) return;
    this.#frontier.push(...this.#deferred);
    this.#deferred = [];
  }

  #hasMoved(item: Asked): boolean {
    const path = this.#context.tree.pathOf(item.node);
    return path === null || !samePath(path, item.path);
  }

  #askAgain(item: Asked, { hasMore }: WalkedFolder): boolean {
    if (hasMore) return false;
    this.#forgetComparison(item);
    item.node.holders += 1;
    const { node, names, levels, isFull, spread } = item;
    this.push({ node, names, levels, isFull, spread });
    return true;
  }

  #forgetComparison(item: Asked): void {
    for (const { node } of item.comparison?.found ?? []) this.#context.tree.release(node);
    item.comparison = null;
  }

  /** @returns whether the item is done */
  #take(item: Asked, walked: WalkedFolder, rows: WalkedRows, from: number, to: number): boolean {
    this.#currentPath = item.path;
    if (walked.outcome === 'gone') return this.#gone(item);
    if (walked.outcome === 'failed') return this.#failed(item, walked);
    if (this.#isAnother(item.node, walked)) {
      item.isStale = walked.hasMore;
      return this.#gone(item) && !walked.hasMore;
    }
    if (!walked.hasMore) this.#updateSelf(item.node, walked);
    if (walked.outcome === 'unchanged') return this.#unchanged(item);
    return this.#listed(item, walked, rows, from, to);
  }

  #listed(item: Asked, walked: WalkedFolder, rows: WalkedRows, from: number, to: number): boolean {
    const { node } = item;
    const { counts } = this.#context;
    const isWhole = item.names === null && !walked.hasMore && !item.comparison;
    const hash = isWhole && !rows.hasProblem(from, to) ? rows.hash(from, to) : null;
    counts.entriesSeen += to - from;
    counts.bytesSeen += rows.bytes(from, to);
    if (hash !== null && hash === node.hash) {
      counts.unchanged += to - from;
      counts.foldersListed += 1;
      if (node.problem !== null || !isListedAt(node, walked)) this.#noteListing(node, walked, hash);
      if (rows.hasFolder(from, to)) this.#pushSubfolders(item);
      return true;
    }
    node.isLarge ||= walked.hasMore || isLargeFolder(to - from);
    item.comparison ??= new FolderComparison(this.#context, node, item.names);
    item.comparison.take(rows, from, to);
    if (walked.hasMore) return false;
    item.comparison.finish();
    counts.foldersListed += 1;
    if (item.names === null) this.#noteListing(node, walked, hash);
    node.isNew = false;
    this.#pushFound(item, item.comparison.found);
    item.comparison = null;
    return true;
  }

  #noteListing(node: FolderNode, { listedAt }: WalkedFolder, hash: number | null): void {
    node.listing = { listedAt, hash };
    this.#context.tree.touch(node);
  }

  #unchanged(item: Asked): boolean {
    this.#context.counts.unchanged += 1;
    if (item.node.folderCount > 0) this.#pushSubfolders(item);
    return true;
  }

  /** The folder above it knows more: whether it is gone, too, or what is at its place. */
  #gone(item: Asked): boolean {
    const { node, levels, isFull, spread } = item;
    const { parent } = node;
    if (!parent) throw locationGone(this.#options.root);
    parent.holders += 1;
    this.push({ node: parent, names: [node.name], levels: levels + 1, isFull, spread });
    return true;
  }

  #failed({ node, path }: Asked, { error }: WalkedFolder): boolean {
    const { code, message } = error ?? { code: 'IO_ERROR', message: '' };
    if (node.problem !== code) {
      this.#context.store.setProblem(node.id, code);
      node.problem = code;
      this.#report.modified += 1;
      this.#report.folder(path);
    }
    this.#tellProblem({ path, code, message });
    return true;
  }

  /** Another folder has its path now: which one, the folder above knows. */
  #isAnother(node: FolderNode, { self }: WalkedFolder): boolean {
    if (!self || !node.parent || (node.modifiedMs === self.modifiedMs && node.modifiedNs === self.modifiedNs)) return false;
    const entry = this.#context.store.byId(node.id);
    if (!entry || self.inode === 0n || (entry.inodeHigh === 0 && entry.inodeLow === 0)) return false;
    const isSameNumber = ((BigInt(entry.inodeHigh) << 32n) | BigInt(entry.inodeLow)) === self.inode;
    return !isSameNumber || (entry.bornMs !== null && self.bornMs !== null && entry.bornMs !== self.bornMs);
  }

  /** A folder's own time changes with its entries, and not with those of the folder that it is in. */
  #updateSelf(node: FolderNode, { self }: WalkedFolder): void {
    const { tree, store } = this.#context;
    if (!self) return;
    if (node.parent && node.modifiedMs === self.modifiedMs && node.modifiedNs === self.modifiedNs) return;
    store.updateFolder(node.id, self);
    node.modifiedMs = self.modifiedMs;
    node.modifiedNs = self.modifiedNs;
    if (node.parent) tree.forgetHash(node.parent);
  }

  #pushSubfolders(item: WorkItem): void {
    const { tree } = this.#context;
    if (item.levels <= 0 || item.spread === 'changed') return;
    const nodes = tree.subfolders(item.node.id).map((facts) => tree.holdChild(facts, item.node));
    const { isFull, spread } = item;
    for (const node of nodes.reverse()) this.push({ node, names: null, levels: item.levels - 1, isFull, spread });
  }

  /** The first of them is on top: they are read in the order in which their rows were written. */
  #pushFound(item: WorkItem, found: FoundFolder[]): void {
    const { tree } = this.#context;
    for (const { node, how, isAsListed } of found) {
      const spread = how === 'known' ? item.spread : 'all';
      if (item.levels <= 0 || (spread === 'changed' && isAsListed)) tree.release(node);
      else this.push({ node, names: null, levels: item.levels - 1, isFull: item.isFull, spread });
    }
  }

  #entryProblem(folder: NativePath, name: NativePath, code: string): void {
    this.#tellProblem(problemOf(folder, name, code));
  }

  #tellProblem(problem: IndexProblem): void {
    this.#context.counts.problems += 1;
    this.#options.listener.problem(problem);
  }

  #rootLost(isVolumeThere: boolean): void {
    const { root } = this.#options;
    throw isVolumeThere ? locationGone(root) : volumeOffline(root);
  }

  #tellProgress(): void {
    const now = performance.now();
    if (now - this.#lastProgress < PROGRESS_MS) return;
    this.#lastProgress = now;
    const counts = { ...this.#options.counts };
    this.#options.listener.progress({ phase: 'discovery', currentPath: this.#currentPath, counts });
  }
}

function toRequest({ node, path, names, isFull }: Asked): WalkFolder {
  const isKnown = !isFull && names === null && node.listedMs !== null;
  return { folderId: node.id, path, names, unlessModified: isKnown ? { ms: node.listedMs ?? 0, ns: node.listedNs } : null };
}

function isListedAt(node: FolderNode, { listedAt }: WalkedFolder): boolean {
  if (listedAt === null) return node.listedMs === null;
  return node.listedMs === listedAt.ms && node.listedNs === listedAt.ns;
}
