import { lstat, mkdir, open, realpath, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import { errorNumber, toFsError } from '../fs/fs-error.ts';

const SUBFOLDERS = ['thumbnails', 'previews', 'indexes', 'exports', 'backups'];

/** A spinning disk that has to wake up answers within this time. */
const ANSWER_TIMEOUT_MS = 10_000;

export function databasePath(folder: string): string {
  return join(folder, 'database.db');
}

export function backupsPath(folder: string): string {
  return join(folder, 'backups');
}

/** Makes the folders of a library that are missing. */
export async function makeSubfolders(folder: string): Promise<void> {
  await Promise.all(SUBFOLDERS.map((name) => mkdir(join(folder, name), { recursive: true })));
}

/** Removes what SQLite keeps beside a database. Only for a database that nobody has open. */
export async function removeWriteAheadLog(database: string): Promise<void> {
  await Promise.all(['-wal', '-shm'].map((suffix) => rm(`${database}${suffix}`, { force: true })));
}

/** Flushes a folder's list of names, so that a rename in it survives a power cut. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems (FUSE, network shares) cannot flush a folder; they keep its list of names in their own way.
    if (!['EINVAL', 'ENOTSUP'].includes(errorNumber(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

/** Makes a folder when it is missing. @returns its path */
export async function makeFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}

/** Whether anything at all has this path, a dangling symlink included. */
export async function isPresent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * The real path of a folder that a user names.
 * @throws MooringError `INVALID_INPUT` for a relative path, `PATH_NOT_FOUND`, `NOT_A_FOLDER`, `PERMISSION_DENIED`
 */
export async function existingFolder(path: string): Promise<string> {
  if (!isAbsolute(path)) throw new MooringError('INVALID_INPUT', `“${path}” is not an absolute path.`, { details: { field: 'path' } });
  try {
    const real = await answerInTime(realFolder(path));
    if (real !== null) return real;
  } catch (error) {
    throw toFsError(error, path);
  }
  throw new MooringError('NOT_A_FOLDER', `“${path}” is not a folder.`);
}

/** Null where it is something else than a folder. */
async function realFolder(path: string): Promise<string | null> {
  const real = await realpath(path);
  return (await stat(real)).isDirectory() ? real : null;
}

/** A drive may hang before anybody has noticed: whoever asks is told, and whoever comes next need not wait for it. */
async function answerInTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new MooringError('VOLUME_UNRESPONSIVE', 'The volume of this folder does not answer. Unmount it, or connect it again.')),
    ANSWER_TIMEOUT_MS,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
