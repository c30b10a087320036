import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Library as LibraryInfo, LibraryStatistics } from '#shared/contract/library.ts';
import type { Device } from '#shared/contract/system.ts';
import { removeTornWrites } from '../config/json-file.ts';
import { indexTotals } from '../db/index-totals.ts';
import { copyDatabase, type LibraryDatabase, type LibraryReader, type LibraryWriter, openLibraryDatabase } from '../db/library-database.ts';
import type { Migration } from '../db/migrations.ts';
import { devices, volumes } from '../db/schema.ts';
import { WriteTurn } from '../db/write-turn.ts';
import type { Logger } from '../log/logger.ts';
import { makeBackup, removePartialBackups } from './library-backups.ts';
import { backupsPath, databasePath, makeSubfolders } from './library-folder.ts';
import { LibraryLock } from './library-lock.ts';
import { type LibraryManifest, type LibrarySettingsPatch, patchSettings, readManifest, writeManifest } from './library-manifest.ts';

export interface LibraryContext {
  device: Device;
  dataDir: string;
  migrations: readonly Migration[];
  log: Logger;
}

/** One open library. Opened and closed by `Libraries` alone. */
export class Library {
  #path: string;
  #manifest: LibraryManifest;
  #database: LibraryDatabase;
  #isOpen = true;
  /** Shared with the thread that writes this library's index. */
  readonly writeTurn = new WriteTurn();
  readonly #lock: LibraryLock;
  readonly #context: LibraryContext;

  private constructor(path: string, manifest: LibraryManifest, database: LibraryDatabase, lock: LibraryLock, context: LibraryContext) {
    this.#path = path;
    this.#manifest = manifest;
    this.#database = database;
    this.#lock = lock;
    this.#context = context;
  }

  /**
   * Opens the library in a folder: takes its lock, checks and migrates its database, and enters this device in it.
   * @throws MooringError `NOT_A_LIBRARY`, `LIBRARY_LOCKED`, `LIBRARY_TOO_NEW`, `LIBRARY_DAMAGED`, `READ_ONLY`, `PERMISSION_DENIED`
   */
  static async open(path: string, context: LibraryContext, options: { takeOver?: boolean; lock?: LibraryLock } = {}): Promise<Library> {
    const manifest = await readManifest(path);
    const lock = options.lock ?? (await LibraryLock.acquire(path, { ...context, takeOver: options.takeOver ?? false }));
    try {
      await makeSubfolders(path);
      await removePartialBackups(backupsPath(path));
      await removeTornWrites(path, ['library.json']);
      const database = await openDatabase(path, context);
      const library = new Library(path, manifest, database, lock, context);
      library.transact((tx) => enterDevice(tx, context.device));
      return library;
    } catch (error) {
      await lock.release(path);
      throw error;
    }
  }

  get id(): string {
    return this.#manifest.id;
  }

  get name(): string {
    return this.#manifest.name;
  }

  /** The library's folder. */
  get path(): string {
    return this.#path;
  }

  /** For the index worker, which has a connection of its own. */
  get databasePath(): string {
    return databasePath(this.#path);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What clients see of it; whether it is the current one is known to `Libraries`. */
  info(isCurrent: boolean): LibraryInfo {
    return { ...describeManifest(this.#manifest, this.#path), status: 'open', isCurrent, problem: null };
  }

  /** Looks something up. The connection cannot write. */
  read<T>(fn: (db: LibraryReader) => T): T {
    return this.#database.read(fn);
  }

  /** Changes something, in one transaction: all of it, or, when `fn` throws, nothing. `fn` may not wait for anything. */
  transact<T>(fn: (tx: LibraryWriter) => T): T {
    return this.writeTurn.take(() => this.#database.transact(fn));
  }

  /** While another thread writes much, merging the write-ahead log is its business: a merge can take longer than the engine's thread may. */
  deferCheckpoints(isDeferred: boolean): void {
    if (this.#isOpen) this.#database.deferCheckpoints(isDeferred);
  }

  /** Changes what `library.json` says. */
  async update(change: {
    name?: string | undefined;
    description?: string | undefined;
    settings?: LibrarySettingsPatch | undefined;
  }): Promise<void> {
    const { settings } = this.#manifest;
    const { name = this.name, description = this.#manifest.description } = change;
    await this.#writeManifest({ ...this.#manifest, name, description, settings: patchSettings(settings, change.settings ?? {}) });
  }

  /** Counts again, and keeps the result in `library.json`, where it can be read while the library is closed. */
  async statistics(): Promise<LibraryStatistics> {
    const indexed = this.read(indexTotals);
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    const statistics: LibraryStatistics = {
      totalFiles: sum(indexed.map(({ files }) => files)),
      totalSize: sum(indexed.map(({ bytes }) => bytes)),
      thumbnailCount: await countFiles(join(this.#path, 'thumbnails')),
      trackedVolumes: this.read((db) => db.select().from(volumes).all().length),
      locations: sum(indexed.map(({ locations }) => locations)),
      databaseBytes: this.#database.sizeBytes(),
      updatedAt: new Date().toISOString(),
    };
    await this.#writeManifest({ ...this.#manifest, statistics });
    return statistics;
  }

  /** Copies the database to a file, a consistent snapshot, while it stays in use. */
  async copyDatabaseTo(destination: string): Promise<void> {
    await this.#database.backUp(destination);
  }

  quickCheck(): string[] {
    return this.#database.quickCheck();
  }

  /** @returns what the integrity check found wrong (nothing is optimised then), and the size before and after */
  optimize(): { problems: string[]; bytesBefore: number; bytesAfter: number } {
    const bytesBefore = this.#database.sizeBytes();
    const problems = this.writeTurn.take(() => this.#database.optimize());
    return { problems, bytesBefore, bytesAfter: this.#database.sizeBytes() };
  }

  /** Gives the library's folder another place. Its files are closed meanwhile; when the move fails they are opened where they were. */
  async moveTo(path: string): Promise<void> {
    this.#database.close();
    try {
      await rename(this.#path, path);
      this.#path = path;
    } finally {
      this.#database = await openDatabase(this.#path, this.#context);
    }
  }

  /** Merges the write-ahead log, closes the database and gives the lock back. Never throws: the drive may be gone. Twice is harmless. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#database.close();
    } catch (error) {
      this.#context.log.warn(
        { err: error, library: this.id },
        'The database could not be closed properly; its write-ahead log is merged when it is opened again',
      );
    }
    await this.#lock.release(this.#path);
  }

  async #writeManifest(manifest: LibraryManifest): Promise<void> {
    await writeManifest(this.#path, manifest);
    this.#manifest = manifest;
  }
}

/** The part of a library's description that stands in its `library.json`, and is known also while it is closed. */
export function describeManifest(manifest: LibraryManifest, path: string): Omit<LibraryInfo, 'status' | 'isCurrent' | 'problem'> {
  const { id, name, description, createdAt, settings, statistics } = manifest;
  return { id, name, description, path, createdAt, settings, statistics };
}

function openDatabase(path: string, { migrations }: LibraryContext): Promise<LibraryDatabase> {
  return openLibraryDatabase(databasePath(path), {
    migrations,
    backUp: async (connection) => {
      await makeBackup(backupsPath(path), 'migration', (destination) => copyDatabase(connection, destination));
    },
  });
}

function enterDevice(tx: LibraryWriter, { id, name, os, osVersion, hardwareModel, createdAt }: Device): void {
  const present = { name, os, osVersion, hardwareModel, lastSeenAt: new Date().toISOString() };
  tx.insert(devices)
    .values({ uuid: id, createdAt, ...present })
    .onConflictDoUpdate({ target: devices.uuid, set: present })
    .run();
}

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
