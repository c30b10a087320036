import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fromMessage } from '#core/fs/native-path.ts';
import type { ChangedFolder, IndexedRoot } from '#core/indexing/index-task.ts';
import type { WatchLimit, WatchReply, WatchRequest, WatchWorkerData } from './watch-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./watch-worker${extname(import.meta.url)}`, import.meta.url);
/** A thread that does not let go in this time hangs in the kernel: nobody waits for it any longer. */
const RELEASE_WAIT_MS = 1000;
/** Little is kept for long, and young garbage costs memory until it is collected. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4 };

/** What one watched root tells. Nothing is called after `unwatch`. */
export interface WatchListener {
  onWatching(folderCount: number, elapsedMs: number): void;
  onChanges(folders: ChangedFolder[]): void;
  onLimited(limit: WatchLimit): void;
  onLost(): void;
}

export interface WatchThreadOptions extends WatchWorkerData {
  /** The thread has ended, for no reason of ours. Nothing is watched any longer. */
  onCrash(error: Error): void;
  /** How the worker is started; left out: as usual. */
  startWorker?: ((url: URL, data: WatchWorkerData) => Worker) | undefined;
}

/** A watch worker as the engine's thread sees it. */
export class WatchThread {
  readonly #worker: Worker;
  readonly #onCrash: (error: Error) => void;
  readonly #listeners = new Map<number, WatchListener>();
  readonly #unwatching = new Map<number, () => void>();
  readonly #settling = new Map<number, () => void>();
  #nextId = 1;
  #isClosed = false;

  constructor({ debounceMs, onCrash, startWorker = startWatchWorker }: WatchThreadOptions) {
    this.#onCrash = onCrash;
    this.#worker = startWorker(WORKER_URL, { debounceMs });
    this.#worker.unref();
    this.#worker.on('message', (reply: WatchReply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#crash(error));
    this.#worker.on('exit', () => this.#crash(new Error('The thread that watches folders has ended.')));
  }

  get isUsed(): boolean {
    return this.#listeners.size > 0;
  }

  /** @returns what to call `unwatch` with */
  watch(root: IndexedRoot, databasePath: string, listener: WatchListener): number {
    const watchId = this.#nextId++;
    this.#listeners.set(watchId, listener);
    this.#send({ type: 'watch', watchId, root, databasePath });
    return watchId;
  }

  /** Resolves when the root, and the library's database, are let go. */
  async unwatch(watchId: number): Promise<void> {
    if (!this.#listeners.delete(watchId) || this.#isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#unwatching.set(watchId, resolve);
    const timer = setTimeout(resolve, RELEASE_WAIT_MS);
    this.#send({ type: 'unwatch', watchId });
    await promise;
    clearTimeout(timer);
    this.#unwatching.delete(watchId);
  }

  /** Resolves after everything that happened before this call has been told. */
  async settle(): Promise<void> {
    if (this.#isClosed) return;
    const settleId = this.#nextId++;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#settling.set(settleId, resolve);
    this.#send({ type: 'settle', settleId });
    await promise;
    this.#settling.delete(settleId);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#end();
    // Not waited for: a thread that hangs in the kernel ends when the kernel lets it go.
    void this.#worker.terminate();
  }

  #receive(reply: WatchReply): void {
    if (reply.type === 'settled') this.#settling.get(reply.settleId)?.();
    else if (reply.type === 'unwatched') this.#unwatching.get(reply.watchId)?.();
    else this.#tell(reply);
  }

  #tell(reply: Exclude<WatchReply, { type: 'settled' | 'unwatched' }>): void {
    const listener = this.#listeners.get(reply.watchId);
    if (reply.type === 'changes') {
      listener?.onChanges(reply.folders.map(fromMessageFolder));
      this.#send({ type: 'taken', watchId: reply.watchId });
    } else if (reply.type === 'watching') listener?.onWatching(reply.folderCount, reply.elapsedMs);
    else {
      this.#listeners.delete(reply.watchId);
      if (reply.type === 'limited') listener?.onLimited(reply.limit);
      else listener?.onLost();
    }
  }

  #crash(error: Error): void {
    if (this.#isClosed) return;
    this.#end();
    this.#onCrash(error);
  }

  #end(): void {
    this.#isClosed = true;
    this.#listeners.clear();
    for (const resolve of [...this.#unwatching.values(), ...this.#settling.values()]) resolve();
  }

  #send(request: WatchRequest): void {
    this.#worker.postMessage(request);
  }
}

/** The worker, as it is usually started. */
export function startWatchWorker(url: URL, workerData: WatchWorkerData): Worker {
  return new Worker(url, { workerData, name: 'watch', resourceLimits: RESOURCE_LIMITS });
}

function fromMessageFolder({ path, names, ...rest }: ChangedFolder): ChangedFolder {
  return { ...rest, path: fromMessage(path), names: names?.map(fromMessage) ?? null };
}
