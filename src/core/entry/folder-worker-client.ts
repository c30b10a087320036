import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { displayName } from '#core/fs/native-path.ts';
import type { Entry } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { FolderPage, FolderQuery } from './folder-views.ts';
import type { EntryQuery, FolderReply, FolderRequest } from './folder-worker.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./folder-worker${extname(import.meta.url)}`, import.meta.url);
/** A disk that sleeps needs some seconds to spin up; what takes longer does not answer. */
const SILENCE_LIMIT_MS = 10_000;
/** A worker that nobody asked for so long ends; what it kept would have been forgotten by then. */
const IDLE_LIMIT_MS = 30 * 60 * 1000;

interface Pending {
  request: FolderRequest;
  wasRepeated: boolean;
  resolve(result: FolderPage | Entry): void;
  reject(error: MooringError): void;
}

/**
 * The folder worker as the engine sees it. Starts it at the first request. When a request hangs in the kernel (a dead
 * network mount), it fails, that worker is abandoned, and the others' requests are repeated in a new one.
 */
export class FolderWorkerClient {
  #worker: Worker | null = null;
  #nextId = 1;
  #pending = new Map<number, Pending>();
  #workingOn: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #silenceLimitMs: number;

  constructor(silenceLimitMs = SILENCE_LIMIT_MS) {
    this.#silenceLimitMs = silenceLimitMs;
  }

  page(query: FolderQuery): Promise<FolderPage> {
    return this.#ask({ type: 'page', query }) as Promise<FolderPage>;
  }

  entry(query: EntryQuery): Promise<Entry> {
    return this.#ask({ type: 'entry', query }) as Promise<Entry>;
  }

  async close(): Promise<void> {
    const worker = this.#detach();
    this.#failAll(new MooringError('ENGINE_STOPPING', 'Mooring is stopping.'));
    await worker?.terminate();
  }

  #ask(request: FolderRequest): Promise<FolderPage | Entry> {
    const { promise, resolve, reject } = Promise.withResolvers<FolderPage | Entry>();
    this.#send(this.#nextId++, { request, wasRepeated: false, resolve, reject });
    return promise;
  }

  #send(id: number, pending: Pending): void {
    this.#pending.set(id, pending);
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, request: pending.request });
    if (this.#workingOn === null) this.#watch();
  }

  #start(): Worker {
    const worker = new Worker(WORKER_URL, { name: 'folders' });
    worker.unref();
    worker.on('message', (reply: FolderReply) => this.#receive(reply));
    worker.on('error', (error) => {
      this.#detach();
      this.#failAll(new MooringError('INTERNAL', 'Reading folders failed. Try again.', { cause: error }));
    });
    return worker;
  }

  #receive(reply: FolderReply): void {
    if (reply.type === 'working') this.#workingOn = reply.id;
    else {
      const pending = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      if (this.#workingOn === reply.id) this.#workingOn = null;
      if (reply.type === 'done') pending?.resolve(reply.result);
      else pending?.reject(new MooringError(reply.error.code, reply.error.message, { details: reply.error.details }));
    }
    this.#watch();
  }

  /** Sets the clock anew: for silence since the worker went to the disk, else for idleness. A worker that is starting, or has yet to read its messages, is not silent. */
  #watch(): void {
    if (this.#timer) clearTimeout(this.#timer);
    const isAtDisk = this.#workingOn !== null;
    const onTime = isAtDisk ? () => this.#abandon() : () => this.#pending.size === 0 && void this.close();
    this.#timer = setTimeout(onTime, isAtDisk ? this.#silenceLimitMs : IDLE_LIMIT_MS);
    this.#timer.unref();
  }

  #abandon(): void {
    const culpritId = this.#workingOn;
    const others = [...this.#pending].filter(([id]) => id !== culpritId);
    if (culpritId !== null) this.#fail(this.#pending.get(culpritId));
    this.#pending.clear();
    // Terminating waits until the kernel lets the thread go, which may be never: nobody waits for it.
    void this.#detach()?.terminate();
    for (const [id, pending] of others) {
      if (pending.wasRepeated) this.#fail(pending);
      else this.#send(id, { ...pending, wasRepeated: true });
    }
  }

  #fail(pending: Pending | undefined): void {
    if (!pending) return;
    const path = displayName(pending.request.query.path);
    pending.reject(new MooringError('VOLUME_UNRESPONSIVE', `The volume of “${path}” does not answer. Unmount it, or connect it again.`));
  }

  #failAll(error: MooringError): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #detach(): Worker | null {
    const worker = this.#worker;
    if (this.#timer) clearTimeout(this.#timer);
    worker?.removeAllListeners();
    // A thread that is being terminated may still report an error, and nobody may miss a listener for it.
    worker?.on('error', () => undefined);
    this.#worker = null;
    this.#workingOn = null;
    return worker;
  }
}
