import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WriteTurn } from '#core/db/write-turn.ts';
import { fromMessage, toSdPath } from '#core/fs/native-path.ts';
import type { Logger } from '#core/log/logger.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import { cancelled } from './index-errors.ts';
import {
  type IndexReply,
  type IndexRequest,
  type IndexTask,
  type IndexWorkerData,
  receiveChanges,
  receiveProgress,
} from './index-messages.ts';
import type { AdoptTask, ChangesTask, IndexedRoot, Indexer, IndexListener, RelocateTask, ScanTask } from './index-task.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./index-worker${extname(import.meta.url)}`, import.meta.url);
/** What is new and soon forgotten; V8 would take several times as much before it looks what is still needed. */
const YOUNG_MB = 24;
/** A thread that has had nothing to do for so long ends. */
const IDLE_MS = 30_000;
/** A cancelled task that does not end in this time waits for a drive that does not answer: nobody waits for it any longer. */
const CANCEL_WAIT_MS = 1500;

/** One that has been told to end and does not waits for a drive that does not answer: it is left to end when that lets it go. */
const RELEASE_WAIT_MS = 5000;

/** A database with `entries`, as the indexer needs it: a library, or an index in a file of its own. */
export interface IndexedDatabase {
  readonly databasePath: string;
  readonly writeTurn: WriteTurn;
  /** Left out: its entries are searched. */
  readonly isSearched?: boolean;
  deferCheckpoints(isDeferred: boolean): void;
}

export interface IndexWorkerClientOptions {
  database: IndexedDatabase;
  deviceId: string;
  log: Logger;
}

interface Pending {
  listener: IndexListener;
  /** One Int32: not 0 to end soon. */
  cancel: Int32Array;
  resolve(metrics: IndexMetrics): void;
  reject(error: MooringError): void;
}

/** The indexer of one database; its thread is started when there is something to do. */
export class IndexWorkerClient implements Indexer {
  readonly #options: IndexWorkerClientOptions;
  #worker: Worker | null = null;
  #closed: PromiseWithResolvers<void> | null = null;
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();
  #idleTimer: NodeJS.Timeout | null = null;
  #releaseTimer: NodeJS.Timeout | null = null;

  constructor(options: IndexWorkerClientOptions) {
    this.#options = options;
  }

  prepare(): void {
    if (this.#worker) return;
    this.#start();
    this.#post({ type: 'prepare' });
    this.#startClock();
  }

  scan(task: ScanTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics> {
    return this.#run({ type: 'scan', task }, listener, signal);
  }

  applyChanges(task: ChangesTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics> {
    return this.#run({ type: 'changes', task }, listener, signal);
  }

  relocate(task: RelocateTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics> {
    return this.#run({ type: 'relocate', task }, listener, signal);
  }

  prune(root: IndexedRoot, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics> {
    return this.#run({ type: 'prune', root }, listener, signal);
  }

  adopt(task: AdoptTask, signal: AbortSignal): Promise<IndexMetrics> {
    return this.#run({ type: 'adopt', task }, {}, signal);
  }

  async removeEntries(locationId: number): Promise<void> {
    await this.#run({ type: 'remove', locationId }, {}, new AbortController().signal);
  }

  async tidySearch(signal: AbortSignal): Promise<void> {
    await this.#run({ type: 'search-tidy' }, {}, signal);
  }

  async rebuildSearch(onSegments: (done: number, total: number) => void, signal: AbortSignal): Promise<void> {
    await this.#run({ type: 'search-rebuild' }, { onSegments }, signal);
  }

  async release(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    if (!this.#closed) {
      this.#closed = Promise.withResolvers();
      this.#stopClock();
      for (const { cancel } of this.#pending.values()) Atomics.store(cancel, 0, 1);
      this.#post({ type: 'close' });
      this.#releaseTimer = setTimeout(() => this.#abandon(worker), RELEASE_WAIT_MS);
    }
    await this.#closed.promise;
  }

  async #run(task: IndexTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics> {
    if (this.#closed) await this.#closed.promise;
    if (signal.aborted) throw cancelled();
    this.#start();
    this.#stopClock();
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<IndexMetrics>();
    const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#pending.set(id, { listener, cancel: new Int32Array(cancel), resolve, reject });
    let timer: NodeJS.Timeout | null = null;
    const onAbort = () => {
      Atomics.store(new Int32Array(cancel), 0, 1);
      this.#post({ type: 'cancel', id });
      timer = setTimeout(() => reject(cancelled()), CANCEL_WAIT_MS);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#post({ type: 'run', id, task, cancel });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (timer) clearTimeout(timer);
      this.#pending.delete(id);
      if (this.#pending.size === 0) this.#startClock();
    }
  }

  #start(): void {
    if (this.#worker) return;
    const { database } = this.#options;
    const { databasePath, writeTurn, isSearched = true } = database;
    const workerData: IndexWorkerData = { databasePath, turn: writeTurn.buffer, isSearched };
    const worker = new Worker(WORKER_URL, { workerData, name: 'index', resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    worker.on('message', (reply: IndexReply) => this.#receive(worker, reply));
    worker.on('error', (error) => {
      this.#options.log.error({ err: error }, 'The index worker failed');
      this.#end(
        worker,
        new MooringError('INTERNAL', 'Indexing failed through a fault in Mooring. The log has the details.', { cause: error }),
      );
    });
    worker.on('exit', () => this.#end(worker, new MooringError('INTERNAL', 'Indexing ended before its time.')));
    this.#worker = worker;
    database.deferCheckpoints(true);
  }

  #receive(worker: Worker, reply: IndexReply): void {
    if (reply.type === 'closed') {
      this.#end(worker, cancelled());
      return;
    }
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    const { listener } = pending;
    if (reply.type === 'done') pending.resolve(reply.metrics);
    else if (reply.type === 'failed') pending.reject(this.#toError(reply));
    else if (reply.type === 'checkpoint') listener.onCheckpoint?.(reply.checkpoint);
    else if (reply.type === 'changes') listener.onChanges?.(receiveChanges(reply.changes));
    else if (reply.type === 'segments') listener.onSegments?.(reply.done, reply.total);
    else if (reply.type === 'progress') listener.onProgress?.(receiveProgress(reply.progress));
    else listener.onProblem?.({ ...reply.problem, path: toSdPath(fromMessage(reply.problem.path), this.#options.deviceId) });
  }

  #toError({ error, fault }: Extract<IndexReply, { type: 'failed' }>): MooringError {
    if (fault !== null) this.#options.log.error({ fault }, 'Indexing failed');
    return new MooringError(error.code, error.message, { details: error.details });
  }

  /** Whatever it waits for, it writes nothing any more. */
  #abandon(worker: Worker): void {
    this.#options.log.warn('The index worker waits for a drive that does not answer, and is not waited for');
    void worker.terminate();
    this.#end(worker, cancelled());
  }

  /** The thread has the database open no longer, or will never use it again. */
  #end(worker: Worker, error: MooringError): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#stopClock();
    if (this.#releaseTimer) clearTimeout(this.#releaseTimer);
    const { database } = this.#options;
    database.writeTurn.endBulk();
    database.deferCheckpoints(false);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#closed?.resolve();
    this.#closed = null;
  }

  #startClock(): void {
    if (!this.#worker || this.#closed) return;
    this.#stopClock();
    this.#idleTimer = setTimeout(() => void this.release(), IDLE_MS);
    this.#idleTimer.unref();
  }

  #stopClock(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }

  #post(request: IndexRequest): void {
    this.#worker?.postMessage(request);
  }
}
