import type { Logger } from '#core/log/logger.ts';
import { WatchThread, type WatchThreadOptions } from './watch-thread.ts';

const FIRST_RESTART_MS = 500;
const LAST_RESTART_MS = 60_000;
/** A thread that has lived for so long may be started anew at once. */
const SOUND_AFTER_MS = 60_000;

export interface WatchThreadsOptions extends Pick<WatchThreadOptions, 'startWorker'> {
  debounceMs: () => number;
  /** The volume's thread has ended by itself. */
  onEnded(fingerprint: string): void;
  /** It may be asked for again now. */
  onRestart(fingerprint: string): void;
  log: Logger;
}

/** One watch worker per volume: a volume that hangs costs its own alone, and a queue of events that overflows concerns one volume. */
export class WatchThreads {
  readonly #options: WatchThreadsOptions;
  readonly #threads = new Map<string, WatchThread>();
  readonly #crashes = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: WatchThreadsOptions) {
    this.#options = options;
  }

  for(fingerprint: string): WatchThread {
    const known = this.#threads.get(fingerprint);
    if (known) return known;
    const startedMs = performance.now();
    const { debounceMs, startWorker } = this.#options;
    const thread: WatchThread = new WatchThread({
      debounceMs: debounceMs(),
      startWorker,
      onCrash: (error) => {
        this.#threads.delete(fingerprint);
        this.#restart(fingerprint, error, performance.now() - startedMs);
      },
    });
    this.#threads.set(fingerprint, thread);
    return thread;
  }

  /** Ends those that watch nothing any more. */
  closeUnused(): void {
    for (const [fingerprint, thread] of this.#threads) {
      if (thread.isUsed) continue;
      thread.close();
      this.#threads.delete(fingerprint);
    }
  }

  /** Resolves after everything that happened before this call has been told. */
  async settle(): Promise<void> {
    await Promise.all([...this.#threads.values()].map((thread) => thread.settle()));
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const thread of this.#threads.values()) thread.close();
    this.#threads.clear();
  }

  #restart(fingerprint: string, error: Error, livedMs: number): void {
    const crashes = livedMs > SOUND_AFTER_MS ? 1 : (this.#crashes.get(fingerprint) ?? 0) + 1;
    this.#crashes.set(fingerprint, crashes);
    const restartMs = crashes === 1 ? 0 : Math.min(FIRST_RESTART_MS * 2 ** (crashes - 2), LAST_RESTART_MS);
    this.#options.log.error({ err: error, volume: fingerprint, restartMs }, 'Watching failed, and is started anew');
    this.#options.onEnded(fingerprint);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#options.onRestart(fingerprint);
    }, restartMs);
    this.#timers.add(timer);
  }
}
