import { rmSync } from 'node:fs';
import { v7 as newUuid } from 'uuid';
import { createLibraryDatabase, type LibraryDatabase, type LibraryReader } from '#core/db/library-database.ts';
import type { Migration } from '#core/db/migrations.ts';
import { devices, locations } from '#core/db/schema.ts';
import { WriteTurn } from '#core/db/write-turn.ts';
import { type NativePath, toBytes } from '#core/fs/native-path.ts';
import { joinVolumePath } from '#core/fs/path-names.ts';
import type { IndexedDatabase } from '#core/indexing/index-worker-client.ts';
import { LocationRules } from '#shared/contract/location.ts';
import type { Device } from '#shared/contract/system.ts';
import type { EntryAddress } from '../entry-address.ts';
import type { EntryDatabase } from '../entry-statements.ts';

/** What is left out of an ephemeral index: what is left out of a location when nobody says otherwise. */
export const EPHEMERAL_RULES: LocationRules = LocationRules.parse({});

/** Files of SQLite beside a database. */
const FILE_ENDINGS = ['', '-wal', '-shm', '-journal'];

/** The index of one folder that no location holds, in a database file of its own, which has the folder as its only location. */
export class EphemeralIndex implements EntryDatabase, IndexedDatabase {
  readonly id = newUuid();
  readonly databasePath: string;
  readonly writeTurn = new WriteTurn();
  readonly isSearched = false;
  /** `locations.id` of its folder. */
  readonly locationId: number;
  readonly fingerprint: string;
  readonly names: readonly NativePath[];
  usedAtMs: number;
  /** Scans that are under way. */
  readonly scans = new Set<{ abort(): void; ended: Promise<unknown> }>();
  readonly #database: LibraryDatabase;

  /** @throws MooringError as `createLibraryDatabase` does */
  constructor(
    path: string,
    address: EntryAddress,
    { device, migrations, nowMs }: { device: Device; migrations: readonly Migration[]; nowMs: number },
  ) {
    this.databasePath = path;
    this.fingerprint = address.fingerprint ?? '';
    this.names = address.names;
    this.usedAtMs = nowMs;
    this.#database = createLibraryDatabase(path, migrations);
    this.locationId = enterFolder(this.#database, this.fingerprint, this.names, device);
  }

  read<T>(fn: (db: LibraryReader) => T): T {
    return this.#database.read(fn);
  }

  deferCheckpoints(isDeferred: boolean): void {
    this.#database.deferCheckpoints(isDeferred);
  }

  /** Whether its folder is at an address, or above it. */
  covers({ fingerprint, names }: Pick<EntryAddress, 'fingerprint' | 'names'>): boolean {
    if (fingerprint !== this.fingerprint || names.length < this.names.length) return false;
    return this.names.every((name, index) => toBytes(name).equals(toBytes(names[index] ?? '')));
  }

  /** Closes the database and removes its file. Nobody may have it open any more. */
  remove(): void {
    this.#database.close();
    for (const ending of FILE_ENDINGS) rmSync(this.databasePath + ending, { force: true });
  }
}

function enterFolder(database: LibraryDatabase, volumeFingerprint: string, names: readonly NativePath[], device: Device): number {
  const now = new Date().toISOString();
  const { id: deviceId, name, os, osVersion } = device;
  return database.transact((tx) => {
    tx.insert(devices).values({ uuid: deviceId, name, os, osVersion, lastSeenAt: now, createdAt: now }).run();
    const folder = { uuid: newUuid(), deviceId, volumeFingerprint, path: joinVolumePath(names), name: '', indexMode: 'shallow' as const };
    const row = { ...folder, rules: EPHEMERAL_RULES, watchEnabled: false, createdAt: now };
    return tx.insert(locations).values(row).returning({ id: locations.id }).get().id;
  });
}
