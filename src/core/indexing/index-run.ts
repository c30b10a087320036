import type { NativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import { ChangeReport } from './change-report.ts';
import { FolderIntake } from './folder-intake.ts';
import { cancelled, isOurEnd, locationGone, volumeOffline } from './index-errors.ts';
import type { IndexProblem } from './index-messages.ts';
import type { IndexChanges, IndexedRoot, ScanCheckpoint, ScanCounts, ScanProgress } from './index-task.ts';
import type { Participant } from './index-writer.ts';
import { type Asked, PendingFolders, type WorkItem } from './pending-folders.ts';
import type { IndexCore, RunContext } from './run-context.ts';
import type { WalkBatch, WalkedFolder, WalkFolder } from './walk-messages.ts';
import { WalkedRows } from './walked-rows.ts';
import type { WalkerPool } from './walker-thread.ts';
import { Walkers } from './walkers.ts';

/** With what jobs hold back themselves (a tenth of a second), what is written down is less than one second, or 20,000 entries, behind. */
const CHECKPOINT_MS = 250;
const CHECKPOINT_ENTRIES = 5000;
const PROGRESS_MS = 100;
const CANCEL_LOOK_STEPS = 64;

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
  readonly #pending: PendingFolders;
  readonly #intake: FolderIntake;
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
    this.#pending = new PendingFolders(core.tree, options.walkers);
    this.#report = new ChangeReport(root.locationId);
    this.#currentPath = root.path;
    this.#context = {
      ...core,
      mayMove: options.mayMove,
      kin: options.kin,
      counts,
      report: this.#report,
      problem: (problem) => this.#tellProblem(problem),
      step: () => this.#step(),
    };
    this.#intake = new FolderIntake(this.#context, this.#pending, root);
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

  /** Adds a folder to be looked at. */
  push(item: WorkItem): void {
    this.#pending.push(item);
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
      this.#pending.release();
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
    for (const { node } of this.#pending) pending.add(node.id);
    return { pending: [...pending], counts: { ...this.#options.counts } };
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
    while (this.#walkers.hasRoom && this.#pending.isWaiting) {
      const asked = this.#pending.next();
      if (asked.length > 0) this.#pending.ask(this.#walkers.ask(asked.map(toRequest)), asked);
    }
    if (this.#walkers.busy > 0 || this.#pending.isWaiting) return;
    if (this.#pending.revive()) {
      this.#feed();
      return;
    }
    this.#context.writer.commit();
    this.#end.resolve();
  }

  #receive(batch: WalkBatch, isLast: boolean): void {
    const rows = new WalkedRows(batch);
    let from = 0;
    for (const walked of batch.folders) {
      const item = this.#pending.firstOf(batch.requestId);
      if (!item) throw new Error(`A walker answered what it was not asked: folder ${walked.folderId}`);
      this.#context.writer.begin();
      this.#currentPath = item.path;
      const isDone = this.#take(item, walked, rows, from);
      from += walked.count;
      if (isDone) this.#pending.done(batch.requestId);
      this.#step();
    }
    if (isLast) this.#pending.close(batch.requestId);
    this.#feed();
    this.#tellProgress();
  }

  /** @returns whether all has come that a walker has to say of it */
  #take(item: Asked, walked: WalkedFolder, rows: WalkedRows, from: number): boolean {
    item.isStale ||= this.#pending.hasMoved(item);
    if (!item.isStale) return this.#intake.take(item, walked, rows, from, from + walked.count);
    if (walked.hasMore) return false;
    this.#pending.askAgain(item);
    return true;
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
