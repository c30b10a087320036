import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { MooringError } from '#shared/contract/error.ts';
import { APPLICATION_ID, readDatabaseHeader } from './database-header.ts';
import { applyMigrations } from './migrate.ts';
import type { Migration } from './migrations.ts';
import * as schema from './schema.ts';
import { translateSqliteError } from './sqlite-error.ts';

/** What a library's database offers to those who change it, inside one transaction. */
export type LibraryWriter = BetterSQLite3Database<typeof schema>;
/** What it offers to those who only look. Its connection is opened read-only as well. */
export type LibraryReader = Pick<
  LibraryWriter,
  'select' | 'selectDistinct' | 'query' | 'all' | 'get' | 'values' | '$count' | '$with' | 'with'
> & {
  /** For statements that are too hot for a query builder. Read-only as well. */
  readonly $client: Database.Database;
};

const BUSY_TIMEOUT_MS = 5000;
/** SQLite's own default. */
const AUTO_CHECKPOINT_PAGES = 1000;
/** What is read by id is all over the database: with ten million entries the inner pages of its tables alone are more than SQLite's own 2 MB. */
const READ_CACHE_KIB = 8192;
/** Up to this size a database is checked whenever it is opened: about 20 ms. */
const QUICK_CHECK_BYTES = 16 * 1024 * 1024;

export interface OpenDatabaseOptions {
  migrations: readonly Migration[];
  /** Called before the first of the missing migrations is applied to a database that has content. */
  backUp?: (connection: Database.Database) => Promise<void>;
}

/** The open database of one library: one connection that writes, one that cannot. */
export class LibraryDatabase {
  readonly #connection: Database.Database;
  readonly #readConnection: Database.Database;
  readonly #writer: LibraryWriter;
  readonly #reader: LibraryReader;
  readonly path: string;

  constructor(path: string, connection: Database.Database) {
    this.path = path;
    this.#connection = connection;
    this.#readConnection = new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    this.#readConnection.pragma('query_only = ON');
    this.#readConnection.pragma(`cache_size = -${READ_CACHE_KIB}`);
    this.#writer = drizzle(connection, { schema });
    this.#reader = drizzle(this.#readConnection, { schema });
  }

  read<T>(fn: (db: LibraryReader) => T): T {
    return this.#translated(() => fn(this.#reader));
  }

  /** Runs `fn` in one transaction: all of it, or, when it throws, nothing. `fn` may not wait for anything. */
  transact<T>(fn: (tx: LibraryWriter) => T): T {
    return this.#translated(() => this.#connection.transaction(() => fn(this.#writer)).immediate());
  }

  /** Whether this connection leaves merging the write-ahead log to another. */
  deferCheckpoints(isDeferred: boolean): void {
    this.#connection.pragma(`wal_autocheckpoint = ${isDeferred ? 0 : AUTO_CHECKPOINT_PAGES}`);
  }

  /** Size of the database, in bytes, without its write-ahead log. */
  sizeBytes(): number {
    return this.#translated(() => pragmaNumber(this.#connection, 'page_count') * pragmaNumber(this.#connection, 'page_size'));
  }

  /** Copies the database to `destination`, a consistent snapshot, while it stays in use. */
  async backUp(destination: string): Promise<void> {
    await copyDatabase(this.#connection, destination);
  }

  /** Gathers statistics for the query planner and gives free space back. @returns what the integrity check found wrong; empty when all is well */
  optimize(): string[] {
    return this.#translated(() => {
      const problems = checkIntegrity(this.#connection, 'integrity_check');
      if (problems.length > 0) return problems;
      this.#connection.exec('VACUUM; ANALYZE; PRAGMA optimize;');
      this.#connection.pragma('wal_checkpoint(TRUNCATE)');
      return [];
    });
  }

  /** Cheap check of the structure. @returns what is wrong; empty when all is well */
  quickCheck(): string[] {
    return checkIntegrity(this.#readConnection, 'quick_check');
  }

  /** Merges the write-ahead log and closes. Closing twice is harmless. */
  close(): void {
    this.#readConnection.close();
    if (!this.#connection.open) return;
    try {
      this.#connection.pragma('optimize');
      this.#connection.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      this.#connection.close();
    }
  }

  #translated<T>(fn: () => T): T {
    try {
      return fn();
    } catch (error) {
      throw translateSqliteError(error, this.path);
    }
  }
}

/**
 * Opens the database of a library, checks it, and brings it to the newest version.
 * @throws MooringError `NOT_A_LIBRARY`, `LIBRARY_TOO_NEW` (the file is then untouched), `LIBRARY_DAMAGED`, `READ_ONLY`, `NO_SPACE`
 */
export async function openLibraryDatabase(path: string, { migrations, backUp }: OpenDatabaseOptions): Promise<LibraryDatabase> {
  const header = readDatabaseHeader(path);
  if (header.kind === 'missing') throw new MooringError('LIBRARY_DAMAGED', `The library’s database ${path} is missing.`);
  if (header.kind === 'damaged')
    throw new MooringError('LIBRARY_DAMAGED', `The library’s database ${path} is damaged: it is not an SQLite file.`);
  if (header.applicationId !== APPLICATION_ID) throw new MooringError('NOT_A_LIBRARY', `${path} is not the database of a Mooring library.`);
  refuseNewer(header.userVersion, migrations, path);
  let connection: Database.Database | null = null;
  try {
    connection = connect(path);
    const version = pragmaNumber(connection, 'user_version');
    refuseNewer(version, migrations, path);
    refuseDamaged(connection, path);
    configure(connection);
    if (version < migrations.length) {
      await backUp?.(connection);
      applyMigrations(connection, migrations);
    }
    return new LibraryDatabase(path, connection);
  } catch (error) {
    connection?.close();
    throw translateSqliteError(error, path);
  }
}

/** Makes the database of a new library. @throws when the file exists */
export function createLibraryDatabase(path: string, migrations: readonly Migration[]): LibraryDatabase {
  if (readDatabaseHeader(path).kind !== 'missing') throw new MooringError('LIBRARY_ALREADY_EXISTS', `${path} exists already.`);
  let connection: Database.Database | null = null;
  try {
    connection = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    connection.pragma(`application_id = ${APPLICATION_ID}`);
    configure(connection);
    applyMigrations(connection, migrations);
    return new LibraryDatabase(path, connection);
  } catch (error) {
    connection?.close();
    throw translateSqliteError(error, path);
  }
}

/**
 * Whether a file can stand in for a library's database: whole, ours, and not newer than this version. Nothing is written.
 * @throws MooringError as `openLibraryDatabase` does
 */
export function checkDatabaseFile(path: string, migrations: readonly Migration[]): void {
  const header = readDatabaseHeader(path);
  if (header.kind !== 'sqlite') throw new MooringError('LIBRARY_DAMAGED', `${path} is damaged: it is not an SQLite file.`);
  if (header.applicationId !== APPLICATION_ID) throw new MooringError('NOT_A_LIBRARY', `${path} is not the database of a Mooring library.`);
  refuseNewer(header.userVersion, migrations, path);
}

/**
 * Merges the write-ahead log of a copy of a database, if it has one, and checks all of it. The copy is left as one file.
 * @throws MooringError as `openLibraryDatabase` does
 */
export function mergeAndCheckDatabase(path: string, migrations: readonly Migration[]): void {
  let connection: Database.Database | null = null;
  try {
    connection = connect(path);
    const problems = checkIntegrity(connection, 'integrity_check');
    if (problems.length > 0) throw new MooringError('LIBRARY_DAMAGED', `This backup is damaged: ${problems[0]}`, { details: { problems } });
    refuseNewer(pragmaNumber(connection, 'user_version'), migrations, path);
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw translateSqliteError(error, path);
  } finally {
    connection?.close();
  }
}

/** SQLite's online backup, flushed to disk by SQLite before it resolves. */
export async function copyDatabase(connection: Database.Database, destination: string): Promise<void> {
  await connection.backup(destination);
}

function connect(path: string): Database.Database {
  return new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
}

function configure(connection: Database.Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
}

function refuseNewer(version: number, migrations: readonly Migration[], path: string): void {
  if (version <= migrations.length) return;
  throw new MooringError(
    'LIBRARY_TOO_NEW',
    `The library at ${path} was written by a newer version of Mooring (its database is version ${version}, this one knows ${migrations.length}). Update Mooring to open it; nothing was changed.`,
    { details: { version, supported: migrations.length } },
  );
}

function refuseDamaged(connection: Database.Database, path: string): void {
  if (statSync(path).size > QUICK_CHECK_BYTES) return;
  const problems = checkIntegrity(connection, 'quick_check');
  if (problems.length === 0) return;
  throw new MooringError('LIBRARY_DAMAGED', `The library’s database ${path} is damaged: ${problems[0]}`, { details: { problems } });
}

function checkIntegrity(connection: Database.Database, check: 'quick_check' | 'integrity_check'): string[] {
  const rows: unknown = connection.pragma(`${check}(20)`);
  const lines = (rows as Record<string, string>[]).flatMap((row) => Object.values(row));
  return lines.length === 1 && lines[0] === 'ok' ? [] : lines;
}

function pragmaNumber(connection: Database.Database, name: string): number {
  return Number(connection.pragma(name, { simple: true }));
}
