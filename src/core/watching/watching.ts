import type { Notices } from '#core/config/notices.ts';
import { displayName } from '#core/fs/native-path.ts';
import type { IndexListener } from '#core/indexing/index-task.ts';
import type { WatchStates } from '#core/location/watch-states.ts';
import type { Logger } from '#core/log/logger.ts';
import type { Config } from '#shared/contract/config.ts';
import type { WatchState } from '#shared/contract/location.ts';
import { ChangeQueue } from './change-queue.ts';
import { LocationWatch, needsOtherWatch } from './location-watch.ts';
import { describeWatchLimit } from './watch-limit.ts';
import type { WatchLimit } from './watch-messages.ts';
import type { WatchThreadOptions } from './watch-thread.ts';
import { WatchThreads } from './watch-threads.ts';
import type { WatchedLocation, WatchedLocations } from './watched-locations.ts';

export interface WatchingOptions extends Pick<WatchThreadOptions, 'startWorker'> {
  locations: WatchedLocations;
  config: { readonly current: Pick<Config, 'indexing'> };
  notices: Pick<Notices, 'add'>;
  log: Logger;
}

/**
 * Keeps the index of watched locations in line with the disk while Mooring runs. It follows the list of locations: whatever is on it is
 * watched, whatever is not is let go.
 *
 * Watches come first, then a scan (`WatchedLocations.catchUp`), so that nothing falls between the two.
 */
export class Watching implements WatchStates {
  readonly #options: WatchingOptions;
  readonly #threads: WatchThreads;
  /** By location. */
  readonly #watches = new Map<string, LocationWatch>();
  /** By library and volume. */
  readonly #queues = new Map<string, ChangeQueue>();
  readonly #releasedLibraries = new Set<string>();
  readonly #releasedVolumes = new Set<string>();
  readonly #noticed = new Set<WatchLimit>();
  readonly #unsubscribe: () => void;
  #isFollowing = false;
  #isClosed = false;
  /** Counts batches of changes, to tell whether something has happened. */
  #batches = 0;

  constructor(options: WatchingOptions) {
    this.#options = options;
    this.#threads = new WatchThreads({
      debounceMs: () => options.config.current.indexing.watchDebounceMs,
      startWorker: options.startWorker,
      onEnded: (fingerprint) => {
        for (const watch of this.#watchesOn(fingerprint)) watch.onThreadEnded();
      },
      onRestart: (fingerprint) => {
        for (const watch of this.#watchesOn(fingerprint)) watch.start();
      },
      log: options.log,
    });
    this.#unsubscribe = options.locations.onChange(() => this.#followSoon());
    this.#followSoon();
  }

  /** Of a location that is online, watched and not paused. `watching` only when all of its watches are set. */
  stateOf(_libraryId: string, locationUuid: string): WatchState {
    return this.#watches.get(locationUuid)?.state ?? 'off';
  }

  /**
   * Resolves when all that has changed on disk before this call is in the index, and no watch is still being set. Waits for scans that are
   * under way.
   */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.#batches && !this.#isClosed; ) {
      before = this.#batches;
      this.#follow();
      await Promise.all([...this.#watches.values()].map(({ decided }) => decided));
      await this.#threads.settle();
      await Promise.all([...this.#queues.values()].map((queue) => queue.settled()));
    }
  }

  /** Lets go of a library's locations, and of its database, until `returnLibrary`. What changes meanwhile is caught up with then. */
  async releaseLibrary(libraryId: string): Promise<void> {
    this.#releasedLibraries.add(libraryId);
    await this.#drop(({ location }) => location.libraryId === libraryId);
  }

  returnLibrary(libraryId: string): void {
    if (this.#releasedLibraries.delete(libraryId)) this.#followSoon();
  }

  /** Lets go of all that is on a volume, so that it can be ejected, until it is gone or `returnVolume` is called. */
  async releaseVolume(fingerprint: string): Promise<void> {
    this.#releasedVolumes.add(fingerprint);
    await this.#drop(({ location }) => location.volumeFingerprint === fingerprint);
  }

  returnVolume(fingerprint: string): void {
    if (this.#releasedVolumes.delete(fingerprint)) this.#followSoon();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unsubscribe();
    const queues = [...this.#queues.values()];
    const stopped = [...this.#watches.values()].map((watch) => watch.stop());
    this.#watches.clear();
    this.#threads.close();
    await Promise.all([...stopped, ...queues.map((queue) => queue.close())]);
  }

  /** Once for all that happens in this turn of the event loop. */
  #followSoon(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    setImmediate(() => this.#follow());
  }

  #follow(): void {
    this.#isFollowing = false;
    if (this.#isClosed) return;
    const listed = this.#options.locations.list();
    const volumes = new Set(listed.map(({ volumeFingerprint }) => volumeFingerprint));
    for (const fingerprint of this.#releasedVolumes) if (!volumes.has(fingerprint)) this.#releasedVolumes.delete(fingerprint);
    const wanted = new Map(listed.filter((location) => this.#isWanted(location)).map((location) => [location.uuid, location]));
    void this.#drop(({ location }) => {
      const now = wanted.get(location.uuid);
      return !now || needsOtherWatch(location, now);
    });
    for (const location of wanted.values()) {
      const watch = this.#watches.get(location.uuid);
      if (watch) watch.update(location);
      else this.#start(location);
    }
  }

  #isWanted({ libraryId, volumeFingerprint, isScanned }: WatchedLocation): boolean {
    return isScanned && !this.#releasedLibraries.has(libraryId) && !this.#releasedVolumes.has(volumeFingerprint);
  }

  #start(location: WatchedLocation): void {
    const { locations, config, log } = this.#options;
    const { libraryId, uuid, volumeFingerprint } = location;
    const shown = displayName(location.root.path);
    const watch = new LocationWatch({
      location,
      thread: () => this.#threads.for(volumeFingerprint),
      queue: this.#queueOf(location),
      indexer: () => locations.indexer(libraryId),
      listener: this.#listener(libraryId),
      pollMs: () => config.current.indexing.networkPollMs,
      onState: () => locations.onWatchState(libraryId, uuid),
      onCatchUp: () => locations.catchUp(libraryId, uuid),
      onLimited: (limit) => this.#notice(limit),
      onFolderCount: (folderCount, elapsedMs) =>
        log.info({ location: uuid, folderCount, durationMs: Math.round(elapsedMs) }, `Watching ${shown}`),
    });
    this.#watches.set(uuid, watch);
    watch.start();
  }

  #queueOf({ libraryId, volumeFingerprint }: WatchedLocation): ChangeQueue {
    const key = `${libraryId} ${volumeFingerprint}`;
    const known = this.#queues.get(key);
    if (known) return known;
    const { locations, log } = this.#options;
    const queue = new ChangeQueue({
      indexer: () => locations.indexer(libraryId),
      listener: this.#listener(libraryId),
      onBatch: () => {
        this.#batches++;
      },
      log,
    });
    this.#queues.set(key, queue);
    return queue;
  }

  #listener(libraryId: string): IndexListener {
    const { locations, log } = this.#options;
    return {
      onChanges: (changes) => locations.onIndexChanges(libraryId, changes),
      onProblem: (problem) => log.debug({ problem }, 'A change could not be looked at'),
    };
  }

  /** Stops watching those that match. Resolves when nothing of them is in use any more. */
  async #drop(matches: (watch: LocationWatch) => boolean): Promise<void> {
    const dropped = [...this.#watches.values()].filter(matches);
    for (const { location } of dropped) this.#watches.delete(location.uuid);
    const stopped = dropped.map((watch) => watch.stop());
    const unused = [...this.#queues].filter(([, queue]) => !queue.isUsed);
    for (const [key] of unused) this.#queues.delete(key);
    await Promise.all([...stopped, ...unused.map(([, queue]) => queue.close())]);
    this.#threads.closeUnused();
  }

  #watchesOn(fingerprint: string): LocationWatch[] {
    return [...this.#watches.values()].filter(({ location }) => location.volumeFingerprint === fingerprint);
  }

  #notice(limit: WatchLimit): void {
    if (this.#noticed.has(limit)) return;
    this.#noticed.add(limit);
    this.#options.notices.add('WATCH_LIMIT', describeWatchLimit(limit));
  }
}
