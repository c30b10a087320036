import type { Indexer, IndexListener } from '#core/indexing/index-task.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { WatchState } from '#shared/contract/location.ts';
import type { ChangeQueue } from './change-queue.ts';
import { Polling } from './polling.ts';
import { readWatchLimit } from './watch-limit.ts';
import type { WatchLimit } from './watch-messages.ts';
import type { WatchThread } from './watch-thread.ts';
import type { WatchedLocation } from './watched-locations.ts';

/** How often a folder that is gone is looked for. */
const RETURN_CHECK_MS = 1000;

export interface LocationWatchOptions {
  location: WatchedLocation;
  /** Of its volume. */
  thread: () => WatchThread;
  /** Of its library and volume. */
  queue: ChangeQueue;
  indexer: () => Indexer;
  listener: IndexListener;
  pollMs: () => number;
  onState(): void;
  /** What changed before now has to be looked for. */
  onCatchUp(): void;
  onLimited(limit: WatchLimit): void;
  onFolderCount(folderCount: number, elapsedMs: number): void;
}

/** One location under watch: by its volume's thread, or, where that cannot be, by looking at it every now and then. */
export class LocationWatch {
  readonly #options: LocationWatchOptions;
  #location: WatchedLocation;
  #state: WatchState = 'off';
  #watch: { thread: WatchThread; id: number } | null = null;
  #polling: Polling | null = null;
  /** Why it is polled although its volume could be watched. */
  #obstacle: { limit: WatchLimit; value: number | null } | null = null;
  /** How often in a row its folder was not there. */
  #losses = 0;
  #returnCheck: NodeJS.Timeout | null = null;
  #isStopped = false;
  #decided = Promise.withResolvers<void>();

  constructor(options: LocationWatchOptions) {
    this.#options = options;
    this.#location = options.location;
    options.queue.update(options.location);
  }

  get location(): WatchedLocation {
    return this.#location;
  }

  /** `off` until the watches are set, and while its folder is gone. */
  get state(): WatchState {
    return this.#state;
  }

  /** Resolves when the state is known. */
  get decided(): Promise<void> {
    return this.#decided.promise;
  }

  start(): void {
    if (this.#isStopped || this.#polling || this.#watch) return;
    if (this.#location.isNetwork) this.#poll('polling');
    else this.#setWatches();
  }

  /** What does not need another watch: see `needsOtherWatch`. */
  update(location: WatchedLocation): void {
    this.#location = location;
    this.#options.queue.update(location);
  }

  /** The volume's thread has ended by itself. */
  onThreadEnded(): void {
    if (!this.#watch) return;
    this.#watch = null;
    this.#decided = Promise.withResolvers();
    this.#become('off', { isDecided: false });
  }

  /** Resolves when neither its folders nor its library's database are in use. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#returnCheck) clearTimeout(this.#returnCheck);
    this.#options.queue.remove(this.#location.uuid);
    this.#decided.resolve();
    await Promise.all([this.#watch?.thread.unwatch(this.#watch.id), this.#polling?.stop()]);
  }

  #setWatches(): void {
    const thread = this.#options.thread();
    const { root, databasePath, uuid } = this.#location;
    const id = thread.watch(root, databasePath, {
      onWatching: (folderCount, elapsedMs) => {
        this.#losses = 0;
        this.#options.onFolderCount(folderCount, elapsedMs);
        this.#become('watching');
        this.#options.onCatchUp();
      },
      onChanges: (folders) => this.#options.queue.add(uuid, folders),
      onLimited: (limit) => {
        this.#watch = null;
        this.#obstacle = { limit, value: readWatchLimit(limit) };
        this.#options.onLimited(limit);
        this.#poll('limited');
      },
      onLost: () => {
        this.#watch = null;
        this.#onLost();
      },
    });
    this.#watch = { thread, id };
  }

  #poll(state: 'polling' | 'limited'): void {
    if (this.#isStopped) return;
    const { indexer, listener, pollMs: intervalMs } = this.#options;
    const location = () => this.#location;
    this.#polling = new Polling({ location, indexer, listener, intervalMs, onLook: (error) => this.#onLook(error) });
    this.#become(state);
    this.#options.onCatchUp();
  }

  /**
   * A folder that is being replaced is back in a moment, and what is being unmounted is no longer to be watched then. Of one that is still
   * gone the scan takes note that `onCatchUp` brings about.
   */
  #onLost(): void {
    if (this.#isStopped) return;
    this.#become('off');
    this.#losses++;
    if (this.#losses === 2) this.#options.onCatchUp();
    this.#returnCheck = setTimeout(() => this.start(), RETURN_CHECK_MS);
    this.#returnCheck.unref();
  }

  /** Has noted when the folder goes and comes. Goes back to watching as soon as it may work. */
  #onLook(error: unknown): void {
    const isGone = error instanceof MooringError && error.code === 'LOCATION_GONE';
    if (isGone ? this.#losses++ === 0 : error === null && this.#losses > 0) this.#options.onCatchUp();
    if (error === null) this.#losses = 0;
    const obstacle = this.#obstacle;
    if (error !== null || obstacle === null || readWatchLimit(obstacle.limit) === obstacle.value) return;
    void this.#polling?.stop();
    this.#polling = null;
    this.#obstacle = null;
    if (!this.#isStopped) this.#setWatches();
  }

  #become(state: WatchState, { isDecided = true } = {}): void {
    if (this.#isStopped) return;
    if (isDecided) this.#decided.resolve();
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState();
  }
}

/** Whether what is watched has become another folder, or another part of it. */
export function needsOtherWatch(a: WatchedLocation, b: WatchedLocation): boolean {
  return watchKey(a) !== watchKey(b);
}

function watchKey({ root, databasePath, volumeFingerprint, isNetwork }: WatchedLocation): string {
  return JSON.stringify([root, databasePath, volumeFingerprint, isNetwork]);
}
