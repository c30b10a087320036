import { fromMessage, type NativePath } from '#core/fs/native-path.ts';
import type { Entry } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import { type FolderTask, FolderThread, failUnresponsive, mountOf } from './folder-thread.ts';
import type { FolderPage, FolderQuery, FolderQuestion } from './folder-views.ts';
import type { EntryQuery, FolderRequest, FolderResult } from './folder-worker.ts';

/** A disk that sleeps needs some seconds to spin up; what takes longer does not answer. */
const SILENCE_LIMIT_MS = 10_000;

/**
 * The folder worker as the engine sees it. Starts it at the first request. Where a disk is silent (it spins up, or is a
 * dead network mount), requests to other volumes go on in another thread; a request that hangs in the kernel fails in
 * the end, its thread is abandoned, and what waited for the same volume is tried once more.
 */
export class FolderWorkerClient {
  /** Takes all requests, but for those to a volume that an overtaken thread is waiting for. */
  #current: FolderThread | null = null;
  readonly #overtaken = new Set<FolderThread>();
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

  /** The number of an entry in the order of its folder; null where there is none. */
  async indexOf(query: FolderQuestion): Promise<number | null> {
    const index = await this.#ask({ type: 'question', query });
    return typeof index === 'number' ? index : null;
  }

  /** Those of some names that nothing in a folder has. */
  async missing(query: FolderQuestion): Promise<NativePath[]> {
    const names = await this.#ask({ type: 'question', query });
    return Array.isArray(names) ? names.map(fromMessage) : [];
  }

  async close(): Promise<void> {
    const threads = [...this.#overtaken, ...(this.#current ? [this.#current] : [])];
    this.#overtaken.clear();
    this.#current = null;
    const closed = threads.map((thread) => thread.close());
    for (const { reject } of closed.flatMap(({ unanswered }) => unanswered)) {
      reject(new MooringError('ENGINE_STOPPING', 'Mooring is stopping.'));
    }
    await Promise.all(closed.map(({ ended }) => ended));
  }

  #ask(request: FolderRequest): Promise<FolderResult> {
    const { promise, resolve, reject } = Promise.withResolvers<FolderResult>();
    this.#send({ request, wasRepeated: false, resolve, reject });
    return promise;
  }

  #send(task: FolderTask): void {
    const mountPoint = mountOf(task)?.mountPoint;
    const waiting = [...this.#overtaken].find(({ mount }) => mount !== undefined && mount?.mountPoint === mountPoint);
    this.#current ??= this.#start();
    (waiting ?? this.#current).send(task);
  }

  #start(): FolderThread {
    const thread: FolderThread = new FolderThread({
      silenceLimitMs: this.#silenceLimitMs,
      onHeldUp: (tasks) => {
        this.#forget(thread);
        this.#overtaken.add(thread);
        for (const task of tasks) this.#send(task);
      },
      onEnd: (tasks) => {
        this.#forget(thread);
        for (const task of tasks) {
          if (task.wasRepeated) failUnresponsive(task);
          else this.#send({ ...task, wasRepeated: true });
        }
      },
      // One thread is enough for as long as nothing hangs.
      onIdle: () => {
        if (!this.#overtaken.delete(thread)) return;
        void thread.close().ended;
      },
    });
    return thread;
  }

  #forget(thread: FolderThread): void {
    this.#overtaken.delete(thread);
    if (this.#current === thread) this.#current = null;
  }
}
