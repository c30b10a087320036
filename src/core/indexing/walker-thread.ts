import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WalkerData, WalkReply, WalkRequest } from './walk-messages.ts';

/** Run from source it lies in the walker's folder; built, all files lie side by side. */
const WORKER_URL = new URL(extname(import.meta.url) === '.ts' ? './walker/walker-worker.ts' : './walker-worker.js', import.meta.url);

/** As for the index worker: a walker keeps a batch or two. */
const YOUNG_MB = 12;

export interface WalkerEvents {
  onReply(reply: WalkReply): void;
  onError(error: Error): void;
}

/** One thread that reads the disk. It serves one run after another. */
export class WalkerThread {
  /** Requests that it has not answered to their end. */
  requests = 0;
  readonly #worker: Worker;
  readonly #rowsAhead: Int32Array;
  #events: WalkerEvents | null = null;
  #hasFailed = false;

  constructor() {
    const rowsAhead = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#rowsAhead = new Int32Array(rowsAhead);
    const workerData: WalkerData = { rowsAhead };
    this.#worker = new Worker(WORKER_URL, { workerData, name: 'walker', resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#worker.on('message', (reply: WalkReply) => this.#receive(reply));
    this.#worker.on('error', (error) => {
      this.#hasFailed = true;
      this.#events?.onError(error);
    });
  }

  /** Whether it can serve another run. */
  get isFree(): boolean {
    return this.requests === 0 && !this.#hasFailed;
  }

  /** From now on, replies are given to `events`. */
  serve(events: WalkerEvents | null): void {
    this.#events = events;
  }

  post(request: WalkRequest): void {
    if (request.type === 'walk') this.requests += 1;
    this.#worker.postMessage(request);
  }

  /** Not waited for: a thread that hangs in the kernel ends when the kernel lets it go. */
  close(): void {
    this.#events = null;
    void this.#worker.terminate();
  }

  #receive(reply: WalkReply): void {
    if (reply.type === 'root-lost' || reply.isLast) this.requests -= 1;
    if (reply.type === 'batch') {
      Atomics.sub(this.#rowsAhead, 0, reply.batch.inodes.length);
      Atomics.notify(this.#rowsAhead, 0);
    }
    this.#events?.onReply(reply);
  }
}

/** Threads that wait for the next run: starting one takes longer than looking at a few folders. */
export class WalkerPool {
  readonly #idle: WalkerThread[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Sees to it that so many wait. */
  fill(count: number): void {
    while (this.#idle.length < Math.min(count, this.#most)) this.#idle.push(new WalkerThread());
  }

  take(): WalkerThread {
    return this.#idle.pop() ?? new WalkerThread();
  }

  giveBack(walker: WalkerThread): void {
    walker.serve(null);
    if (walker.isFree && this.#idle.length < this.#most) this.#idle.push(walker);
    else walker.close();
  }

  close(): void {
    for (const walker of this.#idle.splice(0)) walker.close();
  }
}
