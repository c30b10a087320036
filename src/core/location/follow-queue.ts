import type { ChangedFolder } from '../indexing/index-task.ts';

export interface FollowQueueOptions {
  /** Never rejects. */
  apply(folders: ChangedFolder[]): Promise<void>;
  /** Nothing is left to do. */
  onEmpty(): void;
}

/** One batch at a time; what comes meanwhile goes into the next. */
export class FollowQueue {
  readonly #options: FollowQueueOptions;
  #waiting: { folders: ChangedFolder[]; done: PromiseWithResolvers<void> } | null = null;
  #isRunning = false;

  constructor(options: FollowQueueOptions) {
    this.#options = options;
  }

  /** Resolves when they have been looked at. */
  add(folders: readonly ChangedFolder[]): Promise<void> {
    this.#waiting ??= { folders: [], done: Promise.withResolvers() };
    this.#waiting.folders.push(...folders);
    const { promise } = this.#waiting.done;
    if (!this.#isRunning) void this.#run();
    return promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let batch = this.#waiting; batch; batch = this.#waiting) {
      this.#waiting = null;
      await this.#options.apply(batch.folders);
      batch.done.resolve();
    }
    this.#isRunning = false;
    this.#options.onEmpty();
  }
}
