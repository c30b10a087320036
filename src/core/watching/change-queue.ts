import { setTimeout as delay } from 'node:timers/promises';
import type { ChangedFolder, IndexedRoot, Indexer, IndexListener } from '#core/indexing/index-task.ts';
import type { Logger } from '#core/log/logger.ts';
import { toMooringError } from '#shared/contract/error.ts';
import { PendingChanges } from './pending-changes.ts';
import type { WatchedLocation } from './watched-locations.ts';

/** After a task the queue rests as long as the task took, so that at most half of the time goes into following changes; but no longer than this. */
const MAX_REST_MS = 2000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

export interface ChangeQueueOptions {
  indexer: () => Indexer;
  listener: IndexListener;
  /** Something has been added. */
  onBatch(): void;
  log: Logger;
}

interface Member {
  location: WatchedLocation;
  pending: PendingChanges;
}

interface Work {
  member: Member;
  folders: ChangedFolder[];
}

/**
 * Hands what has changed in one library's locations on one volume to the indexer, one task at a time: what comes meanwhile goes into the
 * next one. The busier it is, the larger its tasks. What changes during a scan of a location waits for the end of that scan.
 */
export class ChangeQueue {
  readonly #options: ChangeQueueOptions;
  readonly #members = new Map<string, Member>();
  readonly #abort = new AbortController();
  /** Ends the present rest. */
  #hurry: AbortController | null = null;
  #running: Promise<void> | null = null;
  #idle: PromiseWithResolvers<void> | null = null;
  /** Tasks that have failed, one after the other. */
  #failures = 0;

  constructor(options: ChangeQueueOptions) {
    this.#options = options;
  }

  get isUsed(): boolean {
    return this.#members.size > 0;
  }

  /** Takes a location in, or notes what is new about it. */
  update(location: WatchedLocation): void {
    const member = this.#members.get(location.uuid);
    if (member) member.location = location;
    else this.#members.set(location.uuid, { location, pending: new PendingChanges() });
    this.#pump();
  }

  /** Forgets a location and its changes. */
  remove(uuid: string): void {
    this.#members.delete(uuid);
    this.#pump();
  }

  add(uuid: string, changed: readonly ChangedFolder[]): void {
    const member = this.#members.get(uuid);
    if (!member) return;
    member.pending.add(changed, member.location.root.path);
    this.#options.onBatch();
    this.#pump();
  }

  /** Resolves when nothing waits and nothing is being looked at. Rests are cut short. */
  async settled(): Promise<void> {
    if (this.#isIdle) return;
    this.#idle ??= Promise.withResolvers();
    this.#hurry?.abort();
    await this.#idle.promise;
  }

  /** Stops what is under way. What waits is dropped. */
  async close(): Promise<void> {
    this.#members.clear();
    this.#abort.abort();
    this.#hurry?.abort();
    await this.#running;
    this.#tellIdle();
  }

  get #isIdle(): boolean {
    return !this.#running && [...this.#members.values()].every(({ pending }) => pending.isEmpty);
  }

  #pump(): void {
    if (this.#running || this.#abort.signal.aborted) return;
    const ready = [...this.#members.values()].filter(({ location, pending }) => !location.isScanning && !pending.isEmpty);
    if (ready.length === 0) {
      if (this.#isIdle) this.#tellIdle();
      return;
    }
    this.#running = this.#run(ready).finally(() => {
      this.#running = null;
      this.#pump();
    });
  }

  async #run(ready: readonly Member[]): Promise<void> {
    const startedMs = performance.now();
    const work = ready.map((member) => ({ member, folders: member.pending.take() }));
    // Also those without changes: what has left one location may have come to another.
    const roots = [...this.#members.values()].flatMap(({ location }) => (location.isScanning ? [] : [location.root]));
    let outcome = await this.#apply(roots, work);
    // Of several, those that are there still have changes to be looked at.
    if (outcome === 'one-gone') for (const part of work) outcome = await this.#apply([part.member.location.root], [part]);
    const isToRetry = outcome === 'failed';
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LAST_RETRY_MS);
    await this.#rest(isToRetry ? retryMs : Math.min(performance.now() - startedMs, MAX_REST_MS), !isToRetry);
  }

  async #apply(roots: IndexedRoot[], work: readonly Work[]): Promise<'done' | 'one-gone' | 'failed'> {
    const { indexer, listener, log } = this.#options;
    try {
      await indexer().applyChanges({ roots, folders: work.flatMap(({ folders }) => folders) }, listener, this.#abort.signal);
      this.#failures = 0;
      return 'done';
    } catch (error) {
      const { code } = toMooringError(error);
      // Once the volume is back, a scan finds whatever has changed.
      if (this.#abort.signal.aborted || code === 'VOLUME_OFFLINE') return 'done';
      if (code === 'LOCATION_GONE') return 'one-gone';
      for (const { member, folders } of work) member.pending.add(folders, member.location.root.path);
      this.#failures++;
      log.warn({ err: error, failures: this.#failures }, 'What has changed could not be looked at; it is tried again');
      return 'failed';
    }
  }

  async #rest(ms: number, mayBeSkipped: boolean): Promise<void> {
    if ((this.#idle && mayBeSkipped) || this.#abort.signal.aborted) return;
    this.#hurry = new AbortController();
    try {
      await delay(ms, undefined, { signal: this.#hurry.signal, ref: false });
    } catch {
      // Somebody waits for the queue to be empty.
    }
    this.#hurry = null;
  }

  #tellIdle(): void {
    this.#idle?.resolve();
    this.#idle = null;
  }
}
