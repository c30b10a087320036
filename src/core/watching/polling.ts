import type { Indexer, IndexListener } from '#core/indexing/index-task.ts';
import type { WatchedLocation } from './watched-locations.ts';

/** While nothing changes, each look comes twice as long after the one before, up to so many times the first interval. */
const MAX_BACK_OFF = 16;
/** What has been written into an existing file does not show in its folder's time: every so many looks all files are compared. */
const FULL_EVERY = 10;

export interface PollingOptions {
  location: () => WatchedLocation;
  indexer: () => Indexer;
  listener: IndexListener;
  /** The first interval, in milliseconds. */
  intervalMs: () => number;
  /** After a look. `error` is what it failed with. */
  onLook(error: unknown): void;
}

/** Looks at a location every now and then, where the system does not report what changes. */
export class Polling {
  readonly #options: PollingOptions;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #backOff = 1;
  #looks = 0;

  constructor(options: PollingOptions) {
    this.#options = options;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  #schedule(): void {
    if (this.#abort.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#schedule());
    }, this.#options.intervalMs() * this.#backOff);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { location, indexer, listener, onLook } = this.#options;
    const { root, walkers, isScanning } = location();
    if (isScanning) return;
    const depth = ++this.#looks % FULL_EVERY === 0 ? 'full' : 'quick';
    let hasChanged = false;
    const onChanges: IndexListener['onChanges'] = (changes) => {
      hasChanged = true;
      listener.onChanges?.(changes);
    };
    let failure: unknown = null;
    try {
      const task = { root, depth, below: [], maxDepth: null, resumeFrom: null, walkers } as const;
      await indexer().scan({ ...task, below: [] }, { ...listener, onChanges }, this.#abort.signal);
    } catch (error) {
      failure = error;
    }
    this.#backOff = hasChanged ? 1 : Math.min(this.#backOff * 2, MAX_BACK_OFF);
    if (!this.#abort.signal.aborted) onLook(failure);
  }
}
