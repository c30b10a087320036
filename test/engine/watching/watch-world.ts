import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { v7 as newUuid } from 'uuid';
import { createLibraryDatabase, type LibraryDatabase } from '#core/db/library-database.ts';
import { readMigrations } from '#core/db/migrations.ts';
import { devices, entries, locations } from '#core/db/schema.ts';
import { WriteTurn } from '#core/db/write-turn.ts';
import { toBytes } from '#core/fs/native-path.ts';
import type { ChangesTask, IndexChanges, Indexer } from '#core/indexing/index-task.ts';
import { Indexers } from '#core/indexing/indexers.ts';
import { silentLogger } from '#core/log/create-logger.ts';
import { startWatchWorker } from '#core/watching/watch-thread.ts';
import type { WatchedLocation, WatchedLocations } from '#core/watching/watched-locations.ts';
import { Watching } from '#core/watching/watching.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { WatchState } from '#shared/contract/location.ts';
import { LocationRules } from '#shared/contract/location.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import type { Tree } from '../location/location-world.ts';

const DEVICE_ID = '0195b7c8-0000-7000-8000-000000000001';
const FINGERPRINT = 'f'.repeat(64);
/** So long that nothing is told before somebody waits for it. */
const NEVER_MS = 10_000;

/** Locations on disk, a real index of them, and a watcher; without a library, jobs, or volumes. */
export class WatchWorld implements WatchedLocations, AsyncDisposable {
  readonly dir: string;
  readonly database: LibraryDatabase;
  readonly libraryId = newUuid();
  readonly notices: string[] = [];
  readonly states: WatchState[] = [];
  readonly changes: IndexChanges[] = [];
  /** What the indexer was asked to look at. */
  readonly tasks: ChangesTask[] = [];
  readonly workers: Worker[] = [];
  catchUps = 0;
  isCatchingUp = true;
  isOn = true;
  readonly watched = new Map<string, WatchedLocation>();
  readonly #indexers = new Indexers({ deviceId: DEVICE_ID, log: silentLogger });
  readonly #writeTurn = new WriteTurn();
  readonly #indexed: Parameters<Indexers['for']>[0];
  readonly #listeners = new Set<() => void>();
  readonly #scans = new Set<Promise<unknown>>();
  #watching: Watching | null = null;

  private constructor(dir: string) {
    this.dir = dir;
    const databasePath = join(dir, 'database.db');
    this.database = createLibraryDatabase(databasePath, readMigrations());
    this.#indexed = {
      databasePath,
      writeTurn: this.#writeTurn,
      deferCheckpoints: (isDeferred) => this.database.deferCheckpoints(isDeferred),
    };
    const now = new Date().toISOString();
    const device = { uuid: DEVICE_ID, name: 'test', os: 'linux' as const, osVersion: '1', lastSeenAt: now, createdAt: now };
    this.database.transact((tx) => tx.insert(devices).values(device).run());
  }

  static async make(): Promise<WatchWorld> {
    return new WatchWorld(await makeTestDir('watching'));
  }

  /** Makes a folder, and a location of it that has been scanned. @returns its path */
  async addLocation(name: string, facts: Partial<WatchedLocation> = {}): Promise<string> {
    const path = join(this.dir, name);
    await mkdir(path, { recursive: true });
    const uuid = newUuid();
    const row = {
      uuid,
      deviceId: DEVICE_ID,
      volumeFingerprint: FINGERPRINT,
      // Within the volume, which is mounted at the root.
      path: path.slice(1),
      name,
      indexMode: 'shallow' as const,
      watchEnabled: true,
    };
    const rules = LocationRules.parse({});
    const createdAt = new Date().toISOString();
    const { id } = this.database.transact((tx) =>
      tx
        .insert(locations)
        .values({ ...row, rules, createdAt })
        .returning()
        .get(),
    );
    const location: WatchedLocation = {
      uuid,
      libraryId: this.libraryId,
      databasePath: this.#indexed.databasePath,
      volumeFingerprint: FINGERPRINT,
      root: { locationId: id, path, mountPoint: '/', rules, excluded: [] },
      isNetwork: false,
      walkers: 1,
      isScanned: true,
      isScanning: false,
      ...facts,
    };
    await this.#scan(location);
    this.watched.set(name, location);
    this.changed();
    return path;
  }

  /** Starts watching. */
  watch(debounceMs = NEVER_MS): Watching {
    this.#watching = new Watching({
      locations: this,
      config: { current: { indexing: { watchDebounceMs: debounceMs, networkPollMs: 1000 } } },
      notices: { add: (_code, message) => this.notices.push(message) },
      log: silentLogger,
      startWorker: (url, data) => {
        const worker = startWatchWorker(url, data);
        this.workers.push(worker);
        return worker;
      },
    });
    return this.#watching;
  }

  /** Changes what is known of a location. */
  set(name: string, facts: Partial<WatchedLocation>): void {
    this.watched.set(name, { ...this.location(name), ...facts });
    this.changed();
  }

  location(name: string): WatchedLocation {
    const location = this.watched.get(name);
    if (!location) throw new Error(`There is no location ${name}`);
    return location;
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Watching on or off, for all locations. */
  turn(isOn: boolean): void {
    this.isOn = isOn;
    this.changed();
  }

  /** The thread that watches ends, as if it had crashed. */
  async kill(): Promise<void> {
    await this.workers.at(-1)?.terminate();
  }

  /** Waits until the index is what it is going to be. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.#scans);
      await this.#watching?.settled();
    } while (this.#scans.size > 0);
  }

  /** What the index knows below a location. */
  tree(name: string): Tree {
    const { locationId } = this.location(name).root;
    const rows = this.database.read((db) => db.select().from(entries).all());
    const root = this.database.read((db) => db.select().from(locations).all()).find(({ id }) => id === locationId);
    const tree: Tree = new Map();
    const add = (row: (typeof rows)[number], path: string) => {
      const { id, kind, size, modifiedMs, modifiedNs, inode, fileCount, folderCount, childCount } = row;
      const seconds = Math.floor(modifiedMs / 1000);
      const fraction = String((modifiedMs - seconds * 1000) * 1_000_000 + modifiedNs).padStart(9, '0');
      tree.set(path, { kind, size, mtime: `${seconds}.${fraction}`, inode: String(inode), fileCount, folderCount, childCount });
      for (const child of rows) {
        if (child.parentId !== id) continue;
        const own = toBytes(child.name).toString('latin1');
        add(child, path === '' ? own : `${path}/${own}`);
      }
    };
    for (const row of rows) if (row.id === root?.rootEntryId) add(row, '');
    return tree;
  }

  /** Of the entry at a path below a location. */
  entryId(name: string, path: string): number | undefined {
    let id = this.database
      .read((db) => db.select().from(locations).all())
      .find((location) => location.id === this.location(name).root.locationId)?.rootEntryId;
    const rows = this.database.read((db) => db.select().from(entries).all());
    for (const part of path.split('/')) id = rows.find((row) => row.parentId === id && row.name === part)?.id;
    return id ?? undefined;
  }

  list(): WatchedLocation[] {
    return this.isOn ? [...this.watched.values()] : [];
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  indexer(): Indexer {
    const indexer = this.#indexers.for(this.#indexed);
    return {
      prepare: () => indexer.prepare(),
      scan: (...call) => indexer.scan(...call),
      applyChanges: (task, ...call) => {
        this.tasks.push(task);
        return indexer.applyChanges(task, ...call);
      },
      relocate: (...call) => indexer.relocate(...call),
      prune: (...call) => indexer.prune(...call),
      adopt: (...call) => indexer.adopt(...call),
      removeEntries: (...call) => indexer.removeEntries(...call),
      tidySearch: (...call) => indexer.tidySearch(...call),
      rebuildSearch: (...call) => indexer.rebuildSearch(...call),
      release: () => indexer.release(),
    };
  }

  onIndexChanges(_libraryId: string, changes: IndexChanges): void {
    this.changes.push(changes);
  }

  catchUp(_libraryId: string, uuid: string): void {
    this.catchUps++;
    const name = [...this.watched].find(([, location]) => location.uuid === uuid)?.[0];
    if (name === undefined || !this.isCatchingUp) return;
    this.set(name, { isScanning: true });
    const scan = this.#scan(this.location(name))
      .catch((error) => {
        // A job that ends so; the location's row would say it.
        if (!(error instanceof MooringError && error.code === 'LOCATION_GONE')) throw error;
      })
      .finally(() => {
        this.#scans.delete(scan);
        this.set(name, { isScanning: false });
      });
    this.#scans.add(scan);
  }

  onWatchState(_libraryId: string, uuid: string): void {
    if (this.#watching) this.states.push(this.#watching.stateOf(this.libraryId, uuid));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watching?.close();
    await Promise.allSettled(this.#scans);
    await this.#indexers.close();
    this.database.close();
    await rm(this.dir, { recursive: true, force: true });
  }

  async #scan({ root, walkers }: WatchedLocation): Promise<void> {
    const task = { root, depth: 'full' as const, below: [], maxDepth: null, resumeFrom: null, walkers };
    await this.#indexers.for(this.#indexed).scan(task, {}, new AbortController().signal);
  }
}
