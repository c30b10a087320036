import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { reasonError } from '#core/fs/reason-error.ts';
import type { SecondThreadReply, SecondThreadRequest, SecondThreadStart } from './second-thread-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./second-thread-worker${extname(import.meta.url)}`, import.meta.url);

export type ReplyTo<Work extends SecondThreadRequest['work']> = Extract<SecondThreadReply, { work: Work }>;

/** One that has nothing to do, for the next copy in this thread: it ends with it. */
let idle: SecondThread | null = null;

/** The second thread of a copy, as the first sees it. It answers requests one after the other, until it is left with `leave`. */
export class SecondThread {
  readonly #worker: Worker;
  /** Oldest first. */
  readonly #asked: PromiseWithResolvers<SecondThreadReply>[] = [];
  #hasEnded = false;

  /** Begins to start one that will be needed soon, unless there is one. */
  static prepare(): void {
    idle ??= new SecondThread();
  }

  /** One that has copied before is faster than a new one. */
  static take(start: Omit<SecondThreadStart, 'work'>): SecondThread {
    const thread = idle ?? new SecondThread();
    idle = null;
    thread.#worker.postMessage({ work: 'start', ...start } satisfies SecondThreadStart);
    return thread;
  }

  private constructor() {
    this.#worker = new Worker(WORKER_URL, { name: 'copy-second' });
    this.#worker.unref();
    this.#worker.on('message', (reply: SecondThreadReply) => this.#asked.shift()?.resolve(reply));
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', () => this.#fail(null));
  }

  /** @throws MooringError `INTERNAL` when the thread has ended */
  async ask<Request extends SecondThreadRequest>(request: Request): Promise<ReplyTo<Request['work']>> {
    const asked = Promise.withResolvers<SecondThreadReply>();
    this.#asked.push(asked);
    this.#worker.ref();
    this.#worker.postMessage(request);
    try {
      return (await asked.promise) as ReplyTo<Request['work']>;
    } finally {
      if (this.#asked.length === 0) this.#worker.unref();
    }
  }

  /** Keeps it for the next copy; ends it while it has something to do, which may hang in the kernel until that lets it go. */
  leave(): void {
    if (idle === null && this.#asked.length === 0 && !this.#hasEnded) idle = this;
    else void this.#worker.terminate();
  }

  #fail(cause: unknown): void {
    this.#hasEnded = true;
    if (idle === this) idle = null;
    const error = reasonError('INTERNAL', 'fault-of-ours', {}, { cause });
    for (const { reject } of this.#asked.splice(0)) reject(error);
  }
}
