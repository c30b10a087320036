import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Mount, mountAt } from '#core/fs/mounts.ts';
import { displayName } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { FolderReply, FolderRequest, FolderResult } from './folder-worker.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./folder-worker${extname(import.meta.url)}`, import.meta.url);
/** For so long a request waits behind a disk that is silent before it goes to another thread. */
const OVERTAKE_MS = 250;
/** A thread that nobody asked for so long ends; what it kept would have been forgotten by then. */
const IDLE_LIMIT_MS = 30 * 60 * 1000;

/** A request, and who waits for its answer. */
export interface FolderTask {
  request: FolderRequest;
  wasRepeated: boolean;
  resolve(result: FolderResult): void;
  reject(error: MooringError): void;
}

interface FolderThreadOptions {
  /** A disk that is silent for longer does not answer. */
  silenceLimitMs: number;
  /** A silent disk holds up requests to others: they are handed back, to be answered elsewhere. */
  onHeldUp(tasks: FolderTask[]): void;
  /** The thread has ended; these of its requests have not been answered. */
  onEnd(tasks: FolderTask[]): void;
  /** Nothing is left to do. */
  onIdle(): void;
}

/** One folder worker and the requests that it has been given. */
export class FolderThread {
  readonly #options: FolderThreadOptions;
  readonly #worker = new Worker(WORKER_URL, { name: 'folders' });
  #nextId = 1;
  readonly #pending = new Map<number, FolderTask>();
  #workingOn: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #overtaking: NodeJS.Timeout | null = null;

  constructor(options: FolderThreadOptions) {
    this.#options = options;
    this.#worker.unref();
    this.#worker.on('message', (reply: FolderReply) => this.#receive(reply));
    this.#worker.on('error', (error) => {
      const failed = this.#end();
      for (const { reject } of failed) reject(new MooringError('INTERNAL', 'Reading folders failed. Try again.', { cause: error }));
      this.#options.onEnd([]);
    });
  }

  /** The mount that it is reading from; undefined while it reads none. */
  get mount(): Mount | null | undefined {
    const task = this.#workingOn === null ? undefined : this.#pending.get(this.#workingOn);
    return task && mountOf(task);
  }

  send(task: FolderTask): void {
    const id = this.#nextId++;
    this.#pending.set(id, task);
    this.#worker.postMessage({ id, request: task.request });
    if (this.#workingOn === null) this.#watch();
    else this.#overtaking ??= setTimeout(() => this.#handBack(), OVERTAKE_MS).unref();
  }

  /** Ends the thread. Terminating waits until the kernel lets it go, which may be never. @returns what it has not answered */
  close(): { unanswered: FolderTask[]; ended: Promise<unknown> } {
    const unanswered = this.#end();
    return { unanswered, ended: this.#worker.terminate() };
  }

  #receive(reply: FolderReply): void {
    this.#stopClocks();
    if (reply.type === 'working') this.#workingOn = reply.id;
    else {
      const task = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      if (this.#workingOn === reply.id) this.#workingOn = null;
      if (reply.type === 'done') task?.resolve(reply.result);
      else task?.reject(new MooringError(reply.error.code, reply.error.message, { details: reply.error.details }));
    }
    if (this.#pending.size > 1) this.#overtaking = setTimeout(() => this.#handBack(), OVERTAKE_MS).unref();
    this.#watch();
    if (this.#pending.size === 0) this.#options.onIdle();
  }

  /** Sets the clock anew: for silence since the worker went to the disk, else for idleness. A worker that is starting, or has yet to read its messages, is not silent. */
  #watch(): void {
    if (this.#timer) clearTimeout(this.#timer);
    const isAtDisk = this.#workingOn !== null;
    const onTime = isAtDisk ? () => this.#abandon() : () => this.#pending.size === 0 && this.#options.onEnd(this.close().unanswered);
    this.#timer = setTimeout(onTime, isAtDisk ? this.#options.silenceLimitMs : IDLE_LIMIT_MS);
    this.#timer.unref();
  }

  #handBack(): void {
    this.#overtaking = null;
    const { mount } = this;
    if (mount === undefined) return;
    const others = [...this.#pending].filter(([, task]) => mountOf(task)?.mountPoint !== mount?.mountPoint);
    for (const [id] of others) this.#pending.delete(id);
    if (others.length > 0) this.#options.onHeldUp(others.map(([, task]) => task));
  }

  #abandon(): void {
    const culprit = this.#workingOn === null ? undefined : this.#pending.get(this.#workingOn);
    if (culprit) failUnresponsive(culprit);
    const { unanswered } = this.close();
    this.#options.onEnd(unanswered.filter((task) => task !== culprit));
  }

  #end(): FolderTask[] {
    this.#stopClocks();
    this.#worker.removeAllListeners();
    // A thread that is being terminated may still report an error, and nobody may miss a listener for it.
    this.#worker.on('error', () => undefined);
    const unanswered = [...this.#pending.values()];
    this.#pending.clear();
    this.#workingOn = null;
    return unanswered;
  }

  #stopClocks(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#overtaking) clearTimeout(this.#overtaking);
    this.#timer = null;
    this.#overtaking = null;
  }
}

export function failUnresponsive({ request, reject }: FolderTask): void {
  const path = displayName(request.query.path);
  reject(new MooringError('VOLUME_UNRESPONSIVE', `The volume of “${path}” does not answer. Unmount it, or connect it again.`));
}

export function mountOf({ request: { query } }: FolderTask): Mount | null {
  return mountAt(query.path, query.mounts);
}
