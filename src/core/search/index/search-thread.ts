import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from '#core/log/logger.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Query } from '../query/query.ts';
import { cancelled, tooSlow } from './search-errors.ts';
import type { SearchAnswer, SearchIndexCheck } from './search-index.ts';
import {
  clock,
  END,
  elapsed,
  type SearchMessage,
  type SearchReply,
  type SearchWork,
  type SearchWorkerData,
  STATE,
  STATE_BYTES,
} from './search-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./search-worker${extname(import.meta.url)}`, import.meta.url);
/** A thread that nobody asks for so long ends, and lets go of what it keeps in memory. */
const IDLE_MS = 5 * 60_000;
/** A search has this long, and more where there are many entries; then it is ended. Only regular expressions, and queries of very many words, take longer. */
const LIMIT_MS = 800;
const LIMIT_MS_PER_MILLION = 300;
/** A thread that is told to end its work and does not in this time is in the middle of an expression that has no end: it is ended itself. */
const GRACE_MS = 50;

export interface SearchOutcome {
  answer: SearchAnswer;
  isUntidy: boolean;
}

interface Pending {
  work: SearchWork;
  /** As `STATE` says. */
  state: Int32Array;
  resolve(reply: SearchOutcome | SearchIndexCheck | undefined): void;
  reject(error: MooringError): void;
}

/** The thread that searches one database; started when it is asked something. Requests are answered one after the other. */
export class SearchThread {
  readonly #databasePath: string;
  readonly #log: Logger;
  #worker: Worker | null = null;
  #closed: PromiseWithResolvers<void> | null = null;
  /** The thread that an expression held is ending; then all that are pending are sent to a new one. */
  #restarting: Promise<unknown> | null = null;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #idleTimer: NodeJS.Timeout | null = null;
  #limitTimer: NodeJS.Timeout | null = null;
  #closeTimer: NodeJS.Timeout | null = null;

  constructor(databasePath: string, log: Logger) {
    this.#databasePath = databasePath;
    this.#log = log;
  }

  /** @throws MooringError as `SearchIndexes.search` and `check` do */
  async run(work: Extract<SearchWork, { type: 'search' }>, signal: AbortSignal): Promise<SearchOutcome>;
  async run(work: Extract<SearchWork, { type: 'check' }>, signal: AbortSignal): Promise<SearchIndexCheck>;
  async run(work: Extract<SearchWork, { type: 'prepare' }>, signal: AbortSignal): Promise<undefined>;
  async run(work: SearchWork, signal: AbortSignal): Promise<SearchOutcome | SearchIndexCheck | undefined> {
    if (this.#closed) await this.#closed.promise;
    if (signal.aborted) throw cancelled();
    const { promise, resolve, reject } = Promise.withResolvers<SearchOutcome | SearchIndexCheck | undefined>();
    const id = this.#nextId++;
    const pending = { work, state: new Int32Array(new SharedArrayBuffer(STATE_BYTES)), resolve, reject };
    this.#pending.set(id, pending);
    const onAbort = () => {
      Atomics.store(pending.state, STATE.end, END.cancelled);
      reject(cancelled());
      this.#hurry(id);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (!this.#restarting) this.#send(id, pending);
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Whether it has been asked anything since it was last ended. */
  get isStarted(): boolean {
    return this.#worker !== null || this.#restarting !== null;
  }

  /** Ends the thread; resolves when it has the database open no longer. What is under way is rejected with `CANCELLED`. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) {
      this.#rejectAll(cancelled());
      await this.#restarting;
      return;
    }
    if (!this.#closed) {
      this.#closed = Promise.withResolvers();
      this.#stopClocks();
      for (const { state } of this.#pending.values()) Atomics.store(state, STATE.end, END.cancelled);
      worker.postMessage({ type: 'close' } satisfies SearchMessage);
      this.#closeTimer = setTimeout(() => void this.#terminate(worker), LIMIT_MS);
    }
    await this.#closed.promise;
  }

  #send(id: number, { work, state }: Pending): void {
    this.#start();
    this.#stopIdling();
    const { buffer } = state;
    if (!(buffer instanceof SharedArrayBuffer)) return;
    // It may have begun in a thread that was ended.
    Atomics.store(state, STATE.beganAt, 0);
    this.#worker?.postMessage({ type: 'run', id, work, state: buffer } satisfies SearchMessage);
    if (!this.#limitTimer) this.#watch(LIMIT_MS);
  }

  #start(): void {
    if (this.#worker) return;
    const workerData: SearchWorkerData = { databasePath: this.#databasePath };
    const worker = new Worker(WORKER_URL, { workerData, name: 'search' });
    worker.unref();
    worker.on('message', (reply: SearchReply) => this.#receive(worker, reply));
    worker.on('error', (error) => {
      this.#log.error({ err: error }, 'The search worker failed');
      this.#ended(
        worker,
        new MooringError('INTERNAL', 'Searching failed through a fault in Mooring. The log has the details.', { cause: error }),
      );
    });
    worker.on('exit', () => {
      this.#ended(worker, this.#closed ? cancelled() : new MooringError('INTERNAL', 'Searching ended before its time.'));
    });
    this.#worker = worker;
  }

  #receive(worker: Worker, reply: SearchReply): void {
    if (worker !== this.#worker) return;
    if (reply.type === 'closed') this.#ended(worker, cancelled());
    else if (reply.type === 'problem') this.#log.warn({ problem: reply.message }, 'A part of the search index cannot be read');
    else this.#finish(reply);
  }

  #finish(reply: Extract<SearchReply, { type: 'found' | 'checked' | 'prepared' | 'failed' }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    this.#stopLimit();
    if (this.#pending.size === 0) this.#startIdling();
    else this.#watch(LIMIT_MS);
    if (reply.type === 'found') pending?.resolve({ answer: reply.answer, isUntidy: reply.isUntidy });
    else if (reply.type === 'checked') pending?.resolve(reply.check);
    else if (reply.type === 'prepared') pending?.resolve(undefined);
    else {
      if (reply.fault !== null) this.#log.error({ fault: reply.fault }, 'Searching failed');
      pending?.reject(new MooringError(reply.error.code, reply.error.message, { details: reply.error.details }));
    }
  }

  #watch(ms: number): void {
    this.#limitTimer = setTimeout(() => this.#endIfTooSlow(), ms);
  }

  /** Requests are worked on in their order: the one that is under way is the first. One that has not begun has all its time before it. */
  #endIfTooSlow(): void {
    this.#limitTimer = null;
    const first = this.#pending.entries().next().value;
    if (!first || this.#closed) return;
    const [id, { state }] = first;
    const left = timeLeft(state);
    if (left > 0) this.#watch(left);
    else {
      Atomics.compareExchange(state, STATE.end, END.no, END.tooSlow);
      this.#restartUnlessEnded(id);
    }
  }

  /** Others need not wait for the end of an expression that nobody waits for any more. */
  #hurry(id: number): void {
    const pending = this.#pending.get(id);
    const hasBegun = pending && Atomics.load(pending.state, STATE.beganAt) !== 0;
    if (!hasBegun || pending.work.type !== 'search' || !hasRegex(pending.work.request.query) || this.#closed) return;
    this.#stopLimit();
    this.#restartUnlessEnded(id);
  }

  #restartUnlessEnded(id: number): void {
    const worker = this.#worker;
    if (worker) this.#limitTimer = setTimeout(() => void this.#restart(worker, id), GRACE_MS);
  }

  /** Ends a thread that an expression holds; the others who wait have a new one. */
  async #restart(worker: Worker, id: number): Promise<void> {
    const culprit = this.#pending.get(id);
    this.#pending.delete(id);
    culprit?.reject(tooSlow());
    this.#drop(worker);
    this.#restarting = worker.terminate();
    await this.#restarting;
    this.#restarting = null;
    for (const [other, pending] of this.#pending) this.#send(other, pending);
  }

  async #terminate(worker: Worker): Promise<void> {
    await worker.terminate();
    this.#ended(worker, cancelled());
  }

  /** The thread has the database open no longer. */
  #ended(worker: Worker, error: MooringError): void {
    if (this.#worker !== worker) return;
    this.#drop(worker);
    this.#rejectAll(error);
    if (this.#closeTimer) clearTimeout(this.#closeTimer);
    this.#closeTimer = null;
    this.#closed?.resolve();
    this.#closed = null;
  }

  #rejectAll(error: MooringError): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #drop(worker: Worker): void {
    this.#stopClocks();
    worker.removeAllListeners();
    // A thread that is being terminated may still report an error, and nobody may miss a listener for it.
    worker.on('error', () => undefined);
    if (this.#worker === worker) this.#worker = null;
  }

  #startIdling(): void {
    this.#stopIdling();
    if (!this.#worker || this.#closed) return;
    this.#idleTimer = setTimeout(() => void this.close(), IDLE_MS);
    this.#idleTimer.unref();
  }

  #stopClocks(): void {
    this.#stopIdling();
    this.#stopLimit();
  }

  #stopIdling(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }

  #stopLimit(): void {
    if (this.#limitTimer) clearTimeout(this.#limitTimer);
    this.#limitTimer = null;
  }
}

/** Milliseconds that a search has before it is too slow. */
function timeLeft(state: Int32Array): number {
  const beganAt = Atomics.load(state, STATE.beganAt);
  if (beganAt === 0) return LIMIT_MS;
  const millions = Atomics.load(state, STATE.entryCount) / 1_000_000;
  return LIMIT_MS + Math.max(0, millions - 1) * LIMIT_MS_PER_MILLION - elapsed(beganAt, clock());
}

function hasRegex(query: Query): boolean {
  if (query.type === 'and' || query.type === 'or') return query.of.some(hasRegex);
  return query.type === 'not' ? hasRegex(query.of) : query.type === 'regex';
}
