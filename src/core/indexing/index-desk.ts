import { translateSqliteError } from '#core/db/sqlite-error.ts';
import { SegmentWriter } from '#core/search/index/segment-writer.ts';
import { toMooringError } from '#shared/contract/error.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import { adoptEntries } from './adopt-entries.ts';
import { EntryStore } from './entry-store.ts';
import { FolderTree } from './folder-tree.ts';
import { cancelled } from './index-errors.ts';
import { type IndexReply, type IndexRequest, type IndexTask, type IndexWorkerData, receiveTask } from './index-messages.ts';
import type { IndexRun, RunListener } from './index-run.ts';
import { applyChanges, pruneLocation, refuseCancelled, scan, type TaskContext } from './index-tasks.ts';
import { IndexWriter } from './index-writer.ts';
import { IndexedLocations } from './indexed-locations.ts';
import { InodeIndex } from './inode-index.ts';
import { Limbo } from './limbo.ts';
import { relocateEntries } from './relocate-entries.ts';
import { emptyCounts, type IndexCore } from './run-context.ts';
import { WalkerPool } from './walker-thread.ts';

/** What has vanished waits at least so long for news of where it is now, and until what was begun by then has ended. */
const LIMBO_MS = 2000;
const WALKERS_OF_A_SCAN = 2;
/** For two scans in the background. */
const MOST_IDLE_WALKERS = 2 * WALKERS_OF_A_SCAN;

interface Work {
  locationIds: number[];
  run: IndexRun | null;
  cancel: Int32Array;
  /** As `performance.now()`. */
  began: number;
  ended: Promise<void>;
}

/** Takes tasks, and sees to it that those on one location run one after the other. */
export class IndexDesk {
  readonly #databasePath: string;
  readonly #send: (reply: IndexReply) => void;
  readonly #core: IndexCore;
  readonly #locations: IndexedLocations;
  readonly #inodeIndex: InodeIndex;
  /** Null where nobody searches. */
  readonly #segments: SegmentWriter | null;
  readonly #pool = new WalkerPool(MOST_IDLE_WALKERS);
  readonly #works = new Map<number, Work>();
  #limboTimer: NodeJS.Timeout | null = null;
  #isClosing = false;

  constructor({ databasePath, turn, isSearched }: IndexWorkerData, send: (reply: IndexReply) => void) {
    this.#databasePath = databasePath;
    this.#send = send;
    const writer = new IndexWriter(databasePath, turn);
    const tree = new FolderTree(writer.connection);
    const limbo = new Limbo(writer, tree);
    writer.join(tree);
    writer.join(limbo);
    const segments = isSearched ? new SegmentWriter(writer) : null;
    if (segments) writer.join(segments);
    const store = new EntryStore(writer.connection, segments && ((id, entry) => segments.collect(id, entry)));
    this.#segments = segments;
    this.#core = { writer, tree, limbo, store, superseded: new Map() };
    this.#locations = new IndexedLocations(writer.connection, writer.ids);
    this.#inodeIndex = new InodeIndex(writer);
  }

  /** Starts the threads that a scan needs. */
  prepare(): void {
    this.#pool.fill(WALKERS_OF_A_SCAN);
  }

  async run({ id, task: sent, cancel: buffer }: Extract<IndexRequest, { type: 'run' }>): Promise<void> {
    const task = receiveTask(sent);
    const cancel = new Int32Array(buffer);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const work: Work = { locationIds: locationsOf(task), run: null, cancel, began: performance.now(), ended };
    const before = [...this.#works.values()].filter(({ locationIds }) => locationIds.some((one) => work.locationIds.includes(one)));
    this.#works.set(id, work);
    try {
      await Promise.all(before.map((other) => other.ended));
      refuseCancelled({ cancel });
      this.#send({ type: 'done', id, metrics: await this.#perform(id, task, work) });
    } catch (error) {
      const told = toMooringError(translateSqliteError(error, this.#databasePath));
      const fault = told.code === 'INTERNAL' ? stackOf(error) : null;
      this.#send({ type: 'failed', id, error: told.toBody(), fault });
    } finally {
      this.#works.delete(id);
      end();
    }
  }

  cancel(id: number): void {
    const work = this.#works.get(id);
    if (!work) return;
    Atomics.store(work.cancel, 0, 1);
    work.run?.cancel();
  }

  /** Ends what is under way, after committing what it has done, and closes the database. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#limboTimer) clearTimeout(this.#limboTimer);
    for (const id of [...this.#works.keys()]) this.cancel(id);
    await Promise.all([...this.#works.values()].map(({ ended }) => ended));
    this.#pool.close();
    try {
      this.#core.writer.close();
    } catch {
      // Its drive is gone: what was committed is in the write-ahead log.
    }
  }

  async #perform(id: number, task: IndexTask, work: Work): Promise<IndexMetrics> {
    if (this.#isClosing) throw cancelled();
    const context: TaskContext = {
      ...this.#core,
      locations: this.#locations,
      inodeIndex: this.#inodeIndex,
      pool: this.#pool,
      cancel: work.cancel,
      listener: this.#listener(id),
      onRun: (run) => {
        work.run = run;
      },
    };
    try {
      if (task.type === 'scan') return await scan(task.task, context);
      this.#inodeIndex.ensure();
      if (task.type === 'changes') return await applyChanges(task.task, context);
      if (task.type === 'relocate') return { ...plainMetrics(performance.now()), moved: relocateEntries(task.task, context) };
      if (task.type === 'adopt') return adoptEntries(task.task, context);
      if (task.type === 'remove') return await this.#remove(task.locationId, context);
      if (task.type === 'search-tidy' || task.type === 'search-rebuild') return await this.#tidySearch(id, task.type, context);
      return await pruneLocation(task.root, context);
    } finally {
      work.run = null;
      this.#emptyLimboLater();
    }
  }

  async #tidySearch(id: number, type: 'search-tidy' | 'search-rebuild', context: TaskContext): Promise<IndexMetrics> {
    const began = performance.now();
    const check = () => refuseCancelled(context);
    const tell = (done: number, total: number) => this.#send({ type: 'segments', id, done, total });
    if (type === 'search-tidy') await this.#segments?.tidy(check);
    else await this.#segments?.rebuild(tell, check);
    return plainMetrics(began);
  }

  async #remove(locationId: number, context: TaskContext): Promise<IndexMetrics> {
    const began = performance.now();
    const { writer, limbo } = this.#core;
    writer.begin();
    this.#locations.forgetRoot(locationId);
    writer.commit();
    await limbo.deleteLocation(locationId, () => refuseCancelled(context));
    return plainMetrics(began);
  }

  #emptyLimboLater(): void {
    if (this.#isClosing) return;
    this.#limboTimer ??= setTimeout(() => void this.#emptyLimbo(), LIMBO_MS).unref();
  }

  /** What has vanished waits for work that may find it again: what is under way, and scans that are still to come. */
  async #emptyLimbo(): Promise<void> {
    this.#limboTimer = null;
    const { limbo, superseded } = this.#core;
    const now = performance.now();
    const before = Math.min(now, ...this.#works.values().map(({ began }) => began)) - LIMBO_MS;
    try {
      // A first scan that was stopped has left it out.
      if (this.#works.size === 0) this.#inodeIndex.ensure();
      if (!this.#locations.areScansExpected()) {
        limbo.giveUpBefore(before);
        for (const [key, { at }] of superseded) if (at <= before) superseded.delete(key);
      }
      limbo.close(now);
      const check = () => {
        if (this.#isClosing) throw cancelled();
      };
      await limbo.deleteGivenUp(check);
      if (this.#works.size === 0) await this.#segments?.tidy(check);
    } catch {
      // What is left is tried again: after the next work, or when the library is opened again.
      return;
    }
    if (limbo.isInUse) this.#emptyLimboLater();
  }

  #listener(id: number): RunListener {
    return {
      progress: (progress) => this.#send({ type: 'progress', id, progress }),
      checkpoint: (checkpoint) => this.#send({ type: 'checkpoint', id, checkpoint }),
      changes: (changes) => this.#send({ type: 'changes', id, changes }),
      problem: (problem) => this.#send({ type: 'problem', id, problem }),
    };
  }
}

/** Of work that reads no disk. */
function plainMetrics(began: number): IndexMetrics {
  const phaseMs = { processing: performance.now() - began };
  return { ...emptyCounts(), entriesPerSecond: 0, bytesPerSecond: 0, phaseMs, databaseReads: 0, databaseWrites: 0 };
}

function locationsOf(task: IndexTask): number[] {
  if (task.type === 'search-tidy' || task.type === 'search-rebuild') return [];
  if (task.type === 'remove') return [task.locationId];
  if (task.type === 'prune') return [task.root.locationId];
  if (task.type === 'adopt') return [task.task.locationId];
  if (task.type === 'scan') return [task.task.root.locationId];
  return task.task.roots.map(({ locationId }) => locationId);
}

function stackOf(error: unknown): string {
  return error instanceof Error
    ? `${error.stack}${error.cause === undefined ? '' : `\nbecause of ${stackOf(error.cause)}`}`
    : String(error);
}
