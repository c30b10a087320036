import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { MooringError } from '#shared/contract/error.ts';
import { createLibraryDatabase } from '../db/library-database.ts';
import { errorNumber } from '../fs/fs-error.ts';
import type { Logger } from '../log/logger.ts';
import type { LibraryContext } from './library.ts';
import { databasePath, flushFolder, isPresent, makeSubfolders } from './library-folder.ts';
import { isAbandoned, isLockDraft, LibraryLock } from './library-lock.ts';
import { DEFAULT_LIBRARY_SETTINGS, MANIFEST_VERSION, writeManifest } from './library-manifest.ts';
import { libraryFolderName } from './library-name.ts';

const DRAFT_NAME = /^\.mooring-creating-([0-9a-f-]{36})$/;
/** How long a draft without a lock is left alone: its maker may be about to lock it. */
const UNLOCKED_DRAFT_AGE_MS = 60_000;

/**
 * Makes a library in the folder `parent`: completely, beside its place, and then with one rename. A process that dies on the
 * way leaves no half library, and of several that make the same one exactly one succeeds.
 * @returns the path of the library, and its lock, which is held already
 * @throws MooringError `LIBRARY_ALREADY_EXISTS`, and what the file system says
 */
export async function createLibrary(
  parent: string,
  { name, description }: { name: string; description: string },
  context: LibraryContext,
): Promise<{ path: string; lock: LibraryLock }> {
  const path = join(parent, libraryFolderName(name));
  if (await isPresent(path)) throw alreadyExists(path);
  const draft = join(parent, `.mooring-creating-${randomUUID()}`);
  await mkdir(draft);
  try {
    const lock = await LibraryLock.acquire(draft, context);
    await makeSubfolders(draft);
    createLibraryDatabase(databasePath(draft), context.migrations).close();
    await writeManifest(draft, {
      version: MANIFEST_VERSION,
      id: uuidv7(),
      name,
      description,
      createdAt: new Date().toISOString(),
      settings: { ...DEFAULT_LIBRARY_SETTINGS },
      statistics: null,
    });
    await moveIntoPlace(draft, path);
    await flushFolder(parent);
    return { path, lock };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Removes what killed creations have left in a folder: drafts that a process of this computer has locked which is gone, and old ones
 * that nobody has come to lock.
 */
export async function removeDeadDrafts(parent: string, log: Logger): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const draft of names.filter((name) => DRAFT_NAME.test(name)).map((name) => join(parent, name))) {
    if (!(await isAbandoned(draft)) && !(await isOldAndUnlocked(draft))) continue;
    await rm(draft, { recursive: true, force: true });
    log.info({ draft }, 'Removed what an interrupted creation of a library had left');
  }
}

/** A draft has nothing in it but drafts of its lock until it is locked. */
async function isOldAndUnlocked(draft: string): Promise<boolean> {
  const info = await stat(draft).catch(() => null);
  if (!info || Date.now() - info.mtimeMs < UNLOCKED_DRAFT_AGE_MS) return false;
  return (await readdir(draft).catch(() => [draft])).every(isLockDraft);
}

async function moveIntoPlace(draft: string, path: string): Promise<void> {
  // An empty folder would silently be replaced by rename(2).
  if (await isPresent(path)) throw alreadyExists(path);
  try {
    await rename(draft, path);
  } catch (error) {
    const code = errorNumber(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR' || (code === 'EPERM' && (await isPresent(path))))
      throw alreadyExists(path);
    throw error;
  }
}

function alreadyExists(path: string): MooringError {
  return new MooringError('LIBRARY_ALREADY_EXISTS', `${path} exists already. Choose another name, or open the library that is there.`, {
    details: { path },
  });
}
