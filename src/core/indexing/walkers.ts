import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { IndexedRoot } from './index-task.ts';
import type { WalkBatch, WalkerData, WalkFolder, WalkReply, WalkRequest } from './walk-messages.ts';

/** Run from source it lies in the walker's folder; built, all files lie side by side. */
const WORKER_URL = new URL(extname(import.meta.url) === '.ts' ? './walker/walker-worker.ts' : './walker-worker.js', import.meta.url);
/** While one is being answered the next is already there. */
const REQUESTS_AHEAD = 2;

export interface WalkersOptions {
  root: IndexedRoot;
  count: number;
  onBatch(batch: WalkBatch, isLast: boolean): void;
  onRootLost(isVolumeThere: boolean): void;
  onError(error: Error): void;
}

interface Walker {
  worker: Worker;
  rowsAhead: Int32Array;
  requests: number;
}

/** The threads that read the disk for one run. */
export class Walkers {
  readonly #options: WalkersOptions;
  readonly #walkers: Walker[] = [];
  #nextRequestId = 1;
  readonly #walkerByRequest = new Map<number, Walker>();

  constructor(options: WalkersOptions) {
    this.#options = options;
    for (let index = 0; index < options.count; index++) this.#walkers.push(this.#start(index));
  }

  /** Requests that have not been answered to their end. */
  get busy(): number {
    return this.#walkerByRequest.size;
  }

  get hasRoom(): boolean {
    return this.#walkers.some(({ requests }) => requests < REQUESTS_AHEAD);
  }

  /** Gives folders to the walker that has least to do. @returns the number of the request */
  ask(folders: WalkFolder[]): number {
    const requestId = this.#nextRequestId++;
    const [first, ...others] = this.#walkers;
    if (!first) throw new Error('There are no walkers');
    const walker = others.reduce((least, other) => (other.requests < least.requests ? other : least), first);
    walker.requests += 1;
    this.#walkerByRequest.set(requestId, walker);
    this.#post(walker, { type: 'walk', requestId, folders });
    return requestId;
  }

  /** Not waited for: a thread that hangs in the kernel ends when the kernel lets it go. */
  close(): void {
    for (const { worker } of this.#walkers.splice(0)) {
      worker.removeAllListeners();
      // A thread that is being ended may still report an error, and nobody may miss a listener for it.
      worker.on('error', () => undefined);
      void worker.terminate();
    }
    this.#walkerByRequest.clear();
  }

  #start(index: number): Walker {
    const rowsAhead = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const workerData: WalkerData = { rowsAhead };
    const worker = new Worker(WORKER_URL, { workerData, name: `walker-${index}` });
    const walker: Walker = { worker, rowsAhead: new Int32Array(rowsAhead), requests: 0 };
    worker.on('message', (reply: WalkReply) => this.#receive(walker, reply));
    worker.on('error', (error) => this.#options.onError(error));
    this.#post(walker, { type: 'root', root: this.#options.root });
    return walker;
  }

  #post({ worker }: Walker, request: WalkRequest): void {
    worker.postMessage(request);
  }

  #receive(walker: Walker, reply: WalkReply): void {
    if (reply.type === 'root-lost') {
      this.#options.onRootLost(reply.isVolumeThere);
      return;
    }
    const { batch, isLast } = reply;
    if (isLast) {
      walker.requests -= 1;
      this.#walkerByRequest.delete(batch.requestId);
    }
    Atomics.sub(walker.rowsAhead, 0, batch.inodes.length);
    Atomics.notify(walker.rowsAhead, 0);
    this.#options.onBatch(batch, isLast);
  }
}
