import type { FSWatcher } from 'node:fs';
import type { OverflowGuard } from './overflow-guard.ts';

/** Each watch that ends puts an event into the kernel's queue: so few at a time leave room for real ones. */
const AT_ONCE = 1000;

/** Closes watchers a few at a time. */
export class WatcherDisposal {
  readonly #guard: OverflowGuard;
  readonly #waiting: FSWatcher[] = [];
  #isScheduled = false;
  #done = Promise.withResolvers<void>();

  constructor(guard: OverflowGuard) {
    this.#guard = guard;
  }

  add(watcher: FSWatcher): void {
    watcher.removeAllListeners();
    this.#waiting.push(watcher);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#done = Promise.withResolvers();
    setImmediate(() => this.#closeSome());
  }

  /** Resolves when all that were added are closed. */
  async settled(): Promise<void> {
    if (this.#isScheduled) await this.#done.promise;
  }

  #closeSome(): void {
    for (const watcher of this.#waiting.splice(-AT_ONCE)) {
      this.#guard.count();
      watcher.close();
    }
    this.#isScheduled = this.#waiting.length > 0;
    if (this.#isScheduled) setImmediate(() => this.#closeSome());
    else this.#done.resolve();
  }
}
