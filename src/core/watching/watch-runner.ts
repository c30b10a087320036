import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChangedFolder } from '#core/indexing/index-task.ts';
import { type FolderWatch, RootLostError, WatchLimitError } from './folder-watch.ts';
import type { WatchLimit } from './watch-messages.ts';

/** While changes do not stop coming, they are told after so many times the time of quiet that is waited for otherwise. */
const MAX_WAIT_FACTOR = 5;

export interface WatchRunnerOptions {
  debounceMs: number;
  makeWatch: (onEvent: () => void) => FolderWatch;
  onWatching(folderCount: number): void;
  onChanges(folders: ChangedFolder[]): void;
  onLimited(limit: WatchLimit): void;
  onLost(): void;
}

/** Runs the watch of one root: starts it, waits until it is quiet, and tells what has changed, one batch at a time. */
export class WatchRunner {
  readonly #options: WatchRunnerOptions;
  readonly #watch: FolderWatch;
  #isClosed = false;
  /** The last batch has not been taken over yet. */
  #toBeTaken: PromiseWithResolvers<void> | null = null;
  /** What the watch is asked for, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #firstEventMs = 0;
  #lastEventMs = 0;

  constructor(options: WatchRunnerOptions) {
    this.#options = options;
    this.#watch = options.makeWatch(() => this.#onEvent());
  }

  start(): Promise<void> {
    return this.#do(async () => {
      await this.#watch.start();
      await this.#watch.settle();
      if (!this.#isClosed) this.#options.onWatching(this.#watch.folderCount);
    });
  }

  /** Events have been lost. */
  recover(): Promise<void> {
    return this.#do(async () => {
      await this.#watch.verify();
      await this.#watch.settle();
      this.#watch.changes.addEverything();
      this.#onEvent();
    });
  }

  /** Looks whether the root is still there. */
  checkRoot(): Promise<void> {
    return this.#do(async () => this.#watch.checkRoot());
  }

  /** Tells all that has happened before this call. */
  async settle(): Promise<void> {
    // Within two turns of the event loop whatever the kernel's queue holds has been read.
    await nextTurn();
    await nextTurn();
    await this.#flush(true);
    await this.#toBeTaken?.promise;
  }

  taken(): void {
    this.#toBeTaken?.resolve();
    this.#toBeTaken = null;
  }

  /** Resolves when it has let go of everything. */
  async close(): Promise<void> {
    await Promise.all([this.#stop(), this.#work]);
  }

  #stop(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.taken();
    return this.#watch.close();
  }

  #onEvent(): void {
    const nowMs = performance.now();
    this.#lastEventMs = nowMs;
    if (this.#timer || this.#isClosed) return;
    this.#firstEventMs = nowMs;
    this.#wait(this.#options.debounceMs);
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => this.#onTime(), ms);
  }

  #onTime(): void {
    const { debounceMs } = this.#options;
    const nowMs = performance.now();
    const quietMs = nowMs - this.#lastEventMs;
    const isLate = nowMs - this.#firstEventMs >= debounceMs * MAX_WAIT_FACTOR;
    if (quietMs < debounceMs && !isLate) this.#wait(debounceMs - quietMs);
    else void this.#flush(false);
  }

  #flush(withHeld: boolean): Promise<void> {
    return this.#do(async () => {
      if (this.#timer) clearTimeout(this.#timer);
      this.#timer = null;
      await this.#toBeTaken?.promise;
      await this.#watch.settle();
      if (this.#isClosed) return;
      const folders = this.#watch.changes.take(performance.now(), { withHeld });
      if (folders.length > 0) {
        this.#toBeTaken = Promise.withResolvers();
        this.#options.onChanges(folders);
      }
      if (this.#watch.changes.isHolding) this.#onEvent();
    });
  }

  #do(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#isClosed) return;
      try {
        await work();
      } catch (error) {
        if (this.#isClosed) return;
        await this.#stop();
        if (error instanceof WatchLimitError) this.#options.onLimited(error.limit);
        else if (error instanceof RootLostError) this.#options.onLost();
        else throw error;
      }
    });
    return this.#work;
  }
}
