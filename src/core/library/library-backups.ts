import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import type { LibraryBackup } from '#shared/contract/library.ts';
import { errorNumber } from '../fs/fs-error.ts';
import { flushFolder } from './library-folder.ts';

type BackupReason = LibraryBackup['reason'];

/** `2026-11-21T18-30-28-123Z-manual.db`: sorts by time, says why, and is a legal name everywhere. */
const BACKUP_NAME = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z(?:-\d+)?-(manual|migration|restore)\.db$/;
const PARTIAL_SUFFIX = '.partial';
const KEPT_MIGRATION_BACKUPS = 3;

/** The backups in a folder, newest first. What is not named like a backup is not listed. */
export async function listBackups(folder: string): Promise<LibraryBackup[]> {
  const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
  const backups = await Promise.all(names.filter((name) => BACKUP_NAME.test(name)).map((name) => describeBackup(join(folder, name))));
  return backups.toSorted((a, b) => (a.name < b.name ? 1 : -1));
}

/**
 * Makes a backup in `folder`: written under a temporary name, flushed, and only then given its own.
 * @param copy writes the database to the path that it is given
 */
export async function makeBackup(folder: string, reason: BackupReason, copy: (path: string) => Promise<void>): Promise<LibraryBackup> {
  await mkdir(folder, { recursive: true });
  const path = await freePath(folder, reason);
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    await copy(partial);
    await flushFile(partial);
    // The log of a database that was copied as it is: it has to be there before the database is.
    await rename(`${partial}-wal`, `${path}-wal`).catch(ignoreMissing);
    await rename(partial, path);
  } catch (error) {
    await Promise.all([partial, `${partial}-wal`].map((file) => rm(file, { force: true })));
    throw error;
  }
  await flushFolder(folder);
  if (reason === 'migration') await removeOldMigrationBackups(folder);
  return describeBackup(path);
}

/** Copies a database file as it is, bytes and all, and its write-ahead log beside it: for one that SQLite cannot read. */
export async function copyDatabaseFiles(database: string, destination: string): Promise<void> {
  await copyFile(database, destination);
  await copyFile(`${database}-wal`, `${destination}-wal`).catch(ignoreMissing);
}

/**
 * The backup that a user means: a name from the list, a path, or, left out, the newest that a user or a migration has made.
 * @throws MooringError `BACKUP_NOT_FOUND`
 */
export async function findBackup(folder: string, wanted: string | undefined): Promise<string> {
  const backups = await listBackups(folder);
  // What was set aside by a restore is usually the damaged database itself: never chosen unasked.
  const found = wanted === undefined ? backups.find(({ reason }) => reason !== 'restore') : backups.find(({ name }) => name === wanted);
  if (found) return found.path;
  if (wanted === undefined) throw new MooringError('BACKUP_NOT_FOUND', `There is no backup of this library in ${folder}.`);
  const isFile = await stat(wanted).then(
    (info) => info.isFile(),
    () => false,
  );
  if (isFile && isAbsolute(wanted)) return wanted;
  throw new MooringError('BACKUP_NOT_FOUND', `There is no backup “${wanted}”. Choose one from the list of backups.`);
}

export async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function describeBackup(path: string): Promise<LibraryBackup> {
  const name = basename(path);
  const [, day, hours, minutes, seconds, ms, reason] = BACKUP_NAME.exec(name) ?? [];
  const info = await stat(path);
  return {
    name,
    path,
    createdAt: day ? `${day}T${hours}:${minutes}:${seconds}.${ms}Z` : info.mtime.toISOString(),
    sizeBytes: info.size,
    reason: (reason as BackupReason | undefined) ?? 'manual',
  };
}

async function freePath(folder: string, reason: BackupReason): Promise<string> {
  const taken = new Set(await readdir(folder));
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  for (let count = 1; ; count++) {
    const name = `${time}${count === 1 ? '' : `-${count}`}-${reason}.db`;
    if (!taken.has(name)) return join(folder, name);
  }
}

async function removeOldMigrationBackups(folder: string): Promise<void> {
  const old = (await listBackups(folder)).filter(({ reason }) => reason === 'migration').slice(KEPT_MIGRATION_BACKUPS);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}

/** Removes what a killed backup has left. Only for the holder of the lock of the library that the folder belongs to. */
export async function removePartialBackups(folder: string): Promise<void> {
  const partials = (await readdir(folder)).filter((name) => {
    const [backup = '', rest] = name.split(PARTIAL_SUFFIX);
    return rest !== undefined && BACKUP_NAME.test(backup);
  });
  await Promise.all(partials.map((name) => rm(join(folder, name), { force: true })));
}

function ignoreMissing(error: unknown): null {
  if (errorNumber(error) === 'ENOENT') return null;
  throw error;
}
