import Database from 'better-sqlite3';
import { type ErrorCode, MooringError } from '#shared/contract/error.ts';

/** By SQLite's result code; extended codes (`SQLITE_IOERR_WRITE`) are looked up by their beginning. */
const ERRORS: [prefix: string, code: ErrorCode, explain: (path: string) => string][] = [
  ['SQLITE_CORRUPT', 'LIBRARY_DAMAGED', (path) => `The library’s database ${path} is damaged. Restore it from a backup.`],
  ['SQLITE_NOTADB', 'LIBRARY_DAMAGED', (path) => `The library’s database ${path} is damaged. Restore it from a backup.`],
  ['SQLITE_FULL', 'NO_SPACE', (path) => `There is no space left on the drive that holds ${path}. Free some and try again.`],
  ['SQLITE_READONLY', 'READ_ONLY', (path) => `${path} cannot be written: its drive or folder is read-only.`],
  ['SQLITE_PERM', 'PERMISSION_DENIED', (path) => `Mooring may not write ${path}. Check the permissions of its folder.`],
  ['SQLITE_CANTOPEN', 'PERMISSION_DENIED', (path) => `Mooring cannot open ${path}. Check that it is there and may be read and written.`],
  ['SQLITE_BUSY', 'TIMEOUT', (path) => `${path} is busy with other work. Try again in a moment.`],
  ['SQLITE_IOERR', 'IO_ERROR', (path) => `The drive that holds ${path} reported an error. Check that it is connected.`],
];

/** The error that clients understand for what SQLite threw; anything else is returned as it is. */
export function translateSqliteError(error: unknown, path: string): unknown {
  // Whoever threw one of ours knew better than SQLite's code what it means.
  if (error instanceof MooringError) return error;
  // drizzle wraps what SQLite throws.
  const cause = error instanceof Error && !(error instanceof Database.SqliteError) && error.cause ? error.cause : error;
  if (!(cause instanceof Database.SqliteError)) return error;
  const known = ERRORS.find(([prefix]) => cause.code.startsWith(prefix));
  return known ? new MooringError(known[1], known[2](path), { cause: error }) : error;
}
