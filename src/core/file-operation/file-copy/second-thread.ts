import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MooringError } from '#shared/contract/error.ts';
import type { SecondThreadData, SecondThreadReply, SecondThreadRequest } from './second-thread-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./second-thread-worker${extname(import.meta.url)}`, import.meta.url);

export type ReplyTo<Work extends SecondThreadRequest['work']> = Extract<SecondThreadReply, { work: Work }>;

/** The second thread of a copy, as the first sees it. It answers requests one after the other; `close` ends it. */
export class SecondThread {
  readonly #worker: Worker;
  /** Oldest first. */
  readonly #asked: PromiseWithResolvers<SecondThreadReply>[] = [];

  constructor(data: SecondThreadData) {
    this.#worker = new Worker(WORKER_URL, { workerData: data, name: 'copy-second' });
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

  /** Not waited for: a thread that hangs in the kernel ends when the kernel lets it go. */
  close(): void {
    void this.#worker.terminate();
  }

  #fail(cause: unknown): void {
    const error = new MooringError('INTERNAL', 'Copying failed through a fault in Mooring.', { cause });
    for (const { reject } of this.#asked.splice(0)) reject(error);
  }
}
