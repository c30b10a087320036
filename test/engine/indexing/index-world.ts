import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import { createLibraryDatabase, type LibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { devices, jobs, locations } from '#core/db/schema.ts';
import { WriteTurn } from '#core/db/write-turn.ts';
import {
  type ChangedFolder,
  type IndexChanges,
  type IndexedRoot,
  type IndexListener,
  LOCATION_SCAN,
  type ScanCheckpoint,
  type ScanTask,
} from '#core/indexing/index-task.ts';
import { type IndexedDatabase, IndexWorkerClient } from '#core/indexing/index-worker-client.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type { JobProblem, JobProgress } from '#shared/contract/job.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { type IndexRow, readIndex } from './read-index.ts';

/** A database, its indexer, and a folder to be indexed: nothing else of an engine. */
export class IndexWorld implements AsyncDisposable {
  readonly folder: string;
  /** Stands for a mounted volume; locations are folders in it. */
  readonly mountPoint: string;
  readonly database: TestDatabase;
  readonly indexer: IndexWorkerClient;
  readonly changes: IndexChanges[] = [];
  readonly problems: JobProblem[] = [];
  checkpoint: ScanCheckpoint | null = null;
  /** Called with each checkpoint, after it is kept. */
  onCheckpoint: () => void = () => undefined;

  constructor(folder: string) {
    this.folder = realpathSync(folder);
    this.mountPoint = path.join(this.folder, 'drive');
    mkdirSync(this.mountPoint);
    this.database = new TestDatabase(path.join(this.folder, 'database.db'));
    const log = { child: () => log, info: () => undefined, warn: () => undefined, error: console.error } as never;
    this.indexer = new IndexWorkerClient({ database: this.database, deviceId: 'd', log });
  }

  static async make(): Promise<IndexWorld> {
    return new IndexWorld(await makeTestDir('index'));
  }

  /** Adds a location, a folder of `mountPoint`. */
  addLocation(name: string, rules: Partial<LocationRules> = {}, mountPoint = this.mountPoint): IndexedRoot {
    const root = path.join(mountPoint, name);
    mkdirSync(root, { recursive: true });
    const parsed = LocationRules.parse({ skipSystemJunk: false, ...rules });
    return {
      locationId: this.database.addLocation(name, parsed, fingerprintOf(mountPoint)),
      path: root,
      mountPoint,
      rules: parsed,
      excluded: [],
    };
  }

  scan(root: IndexedRoot, options: Partial<ScanTask> = {}, signal = new AbortController().signal): Promise<IndexMetrics> {
    const task: ScanTask = { root, depth: 'full', below: [], maxDepth: null, resumeFrom: null, walkers: 2, ...options };
    return this.indexer.scan(task, this.#listener(), signal);
  }

  applyChanges(roots: IndexedRoot[], folders: ChangedFolder[]): Promise<IndexMetrics> {
    return this.indexer.applyChanges({ roots, folders }, this.#listener(), new AbortController().signal);
  }

  relocate(roots: IndexedRoot[], moves: { from: string; to: string }[]): Promise<IndexMetrics> {
    return this.indexer.relocate({ roots, moves }, this.#listener(), new AbortController().signal);
  }

  /** The index of a location, by path below its root. */
  index({ locationId }: IndexedRoot): Map<string, IndexRow> {
    return readIndex(this.database.path, locationId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.indexer.release();
    this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #listener(): IndexListener {
    return {
      onChanges: (changes) => this.changes.push(changes),
      onProblem: (problem) => this.problems.push(problem),
      onCheckpoint: (checkpoint) => {
        this.checkpoint = checkpoint;
        this.onCheckpoint();
      },
    };
  }
}

/** The database of a library, without the library. */
export class TestDatabase implements IndexedDatabase {
  readonly path: string;
  readonly writeTurn = new WriteTurn();
  readonly database: LibraryDatabase;
  readonly #deviceId = v7();

  constructor(databasePath: string) {
    this.path = databasePath;
    this.database = createLibraryDatabase(databasePath, readMigrations());
    const now = new Date().toISOString();
    this.transact((tx) =>
      tx.insert(devices).values({ uuid: this.#deviceId, name: 'here', os: 'linux', osVersion: '1', lastSeenAt: now, createdAt: now }).run(),
    );
  }

  get databasePath(): string {
    return this.path;
  }

  transact: LibraryDatabase['transact'] = (fn) => this.writeTurn.take(() => this.database.transact(fn));

  deferCheckpoints(isDeferred: boolean): void {
    this.database.deferCheckpoints(isDeferred);
  }

  addLocation(name: string, rules: LocationRules, volumeFingerprint: string): number {
    const row = this.transact((tx) =>
      tx
        .insert(locations)
        .values({
          uuid: v7(),
          deviceId: this.#deviceId,
          volumeFingerprint,
          path: name,
          name,
          indexMode: 'shallow',
          rules,
          watchEnabled: false,
          createdAt: new Date().toISOString(),
        })
        .returning()
        .get(),
    );
    return row.id;
  }

  /** A scan that waits for its turn, as `core/job` writes it, until it is disposed. */
  addWaitingScan(): Disposable {
    const id = v7();
    const now = new Date().toISOString();
    const progressData = {} as JobProgress;
    const job = { id, name: LOCATION_SCAN, input: {}, progressData, volumes: [], writesTo: [], createdAt: now };
    this.transact((tx) =>
      tx
        .insert(jobs)
        .values({ ...job, status: 'queued', priority: 'background', turn: Date.now() })
        .run(),
    );
    return { [Symbol.dispose]: () => this.transact((tx) => tx.delete(jobs).where(eq(jobs.id, id)).run()) };
  }

  /**
   * As if the engine wanted to write all the time until it is disposed, and had not got to it yet: the indexer commits what it has as soon as it
   * can, and waits two seconds (`WriteTurn`) before it goes on. So it is at work still, however late one hears of a commit.
   */
  wantToWrite(): Disposable {
    const wanted = new Int32Array(this.writeTurn.buffer, Int32Array.BYTES_PER_ELEMENT, 1);
    Atomics.add(wanted, 0, 1);
    return {
      [Symbol.dispose]: () => {
        Atomics.sub(wanted, 0, 1);
        Atomics.notify(wanted, 0);
      },
    };
  }

  removeLocation(id: number): void {
    this.transact((tx) => tx.delete(locations).where(eq(locations.id, id)).run());
  }

  query(sql: string): unknown[] {
    const connection = new Database(this.path, { readonly: true });
    try {
      return connection.prepare(sql).all();
    } finally {
      connection.close();
    }
  }

  close(): void {
    this.database.close();
  }
}

function fingerprintOf(mountPoint: string): string {
  return createHash('sha256').update(mountPoint).digest('hex');
}
