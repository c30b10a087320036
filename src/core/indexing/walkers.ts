import type { IndexedRoot } from './index-task.ts';
import type { WalkBatch, WalkFolder, WalkReply } from './walk-messages.ts';
import type { WalkerPool, WalkerThread } from './walker-thread.ts';

/** While one is being answered the next is already there. */
const REQUESTS_AHEAD = 2;

export interface WalkersOptions {
  pool: WalkerPool;
  root: IndexedRoot;
  count: number;
  onBatch(batch: WalkBatch, isLast: boolean): void;
  onRootLost(isVolumeThere: boolean): void;
  onError(error: Error): void;
}

/** The threads that read the disk for one run. */
export class Walkers {
  readonly #options: WalkersOptions;
  readonly #threads: WalkerThread[];
  #nextRequestId = 1;

  constructor(options: WalkersOptions) {
    this.#options = options;
    const { pool, root, count, onError } = options;
    this.#threads = Array.from({ length: count }, () => pool.take());
    for (const thread of this.#threads) {
      thread.serve({ onReply: (reply) => this.#receive(reply), onError });
      thread.post({ type: 'root', root });
    }
  }

  /** Requests that have not been answered to their end. */
  get busy(): number {
    return this.#threads.reduce((sum, { requests }) => sum + requests, 0);
  }

  get hasRoom(): boolean {
    return this.#threads.some(({ requests }) => requests < REQUESTS_AHEAD);
  }

  /** Gives folders to the thread that has least to do. @returns the number of the request */
  ask(folders: WalkFolder[]): number {
    const requestId = this.#nextRequestId++;
    const [first, ...others] = this.#threads;
    if (!first) throw new Error('There are no walkers');
    const thread = others.reduce((least, other) => (other.requests < least.requests ? other : least), first);
    thread.post({ type: 'walk', requestId, folders });
    return requestId;
  }

  close(): void {
    for (const thread of this.#threads.splice(0)) this.#options.pool.giveBack(thread);
  }

  #receive(reply: WalkReply): void {
    if (reply.type === 'root-lost') this.#options.onRootLost(reply.isVolumeThere);
    else this.#options.onBatch(reply.batch, reply.isLast);
  }
}
