import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { MooringError } from '#shared/contract/error.ts';
import { readPidFile } from './pid-file.ts';

/** One process has a data folder open. */
export interface DataFolderLock {
  release(): void;
}

/**
 * Holds SQLite's exclusive lock on `host.lock` for the life of the process. The kernel releases it with the process,
 * however that dies, so a stale lock cannot exist. Nothing is ever written to the file.
 * @throws DATA_FOLDER_IN_USE naming the holder; PERMISSION_DENIED or IO_ERROR when the folder cannot be used
 */
export function lockDataFolder(dataDir: string, pidPath: string): DataFolderLock {
  const path = join(dataDir, 'host.lock');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const database = new Database(path, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
      chmodSync(path, 0o600);
    } catch (error) {
      database.close();
      throw error;
    }
    return { release: () => database.close() };
  } catch (error) {
    throw lockError(error, dataDir, path, pidPath);
  }
}

/** Whether some process has the data folder open. */
export function isDataFolderLocked(dataDir: string, pidPath: string): boolean {
  try {
    lockDataFolder(dataDir, pidPath).release();
    return false;
  } catch (error) {
    if (error instanceof MooringError && error.code === 'DATA_FOLDER_IN_USE') return true;
    throw error;
  }
}

function lockError(error: unknown, dataDir: string, path: string, pidPath: string): MooringError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY')) {
    const holder = readPidFile(pidPath);
    const who = holder?.dataDir === dataDir ? `the ${holder.host} with process id ${holder.pid}` : 'another process';
    return new MooringError('DATA_FOLDER_IN_USE', `${dataDir} is in use by ${who}. Stop it first, or choose another data folder.`, {
      details: holder && { pid: holder.pid, host: holder.host, startedAt: holder.startedAt },
      cause: error,
    });
  }
  if (code === 'SQLITE_NOTADB') {
    return new MooringError('IO_ERROR', `${path} is damaged. It holds no data: delete it and start again.`, { cause: error });
  }
  const denied = ['EACCES', 'EPERM', 'EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].some((known) => code.startsWith(known));
  return denied
    ? new MooringError('PERMISSION_DENIED', `${dataDir} cannot be written. Check its permissions, or choose another data folder.`, {
        cause: error,
      })
    : new MooringError('IO_ERROR', `${dataDir} cannot be used as data folder (${code || 'unknown error'}).`, { cause: error });
}
