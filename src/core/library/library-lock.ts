import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import { LockHolder } from '#shared/contract/library.ts';
import type { Device } from '#shared/contract/system.ts';
import { errorNumber } from '../fs/fs-error.ts';
import type { Logger } from '../log/logger.ts';
import { isAlive, ownProcessIdentity } from './process-identity.ts';

export const LOCK_FILE = '.sdlibrary.lock';

/** The content of `.sdlibrary.lock`. */
const LockContent = LockHolder.extend({
  bootId: z.string().nullable().default(null),
  processStart: z.string().nullable().default(null),
  dataDir: z.string().default(''),
  /** Tells this very acquisition from any other. */
  token: z.string().default(''),
});
type LockContent = z.infer<typeof LockContent>;

export interface LockOptions {
  device: Device;
  dataDir: string;
  log: Logger;
  /** Open although a process on another computer is written down as the holder. */
  takeOver?: boolean;
}

const ATTEMPTS = 20;
/** A draft of a lock that is older belongs to nobody any more. */
const DRAFT_AGE_MS = 60_000;
/** What file systems answer that have no hard links (FAT, exFAT, some network shares). */
const NO_HARD_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EISDIR'];

/** A library that this process holds open. The lock is a file in its folder, so that it is seen wherever the folder is. */
export class LibraryLock {
  readonly #token: string;

  private constructor(token: string) {
    this.#token = token;
  }

  /**
   * Takes the lock of a library. A lock whose process is gone is taken over with a warning in the log.
   * @throws MooringError `LIBRARY_LOCKED`, naming the holder; `READ_ONLY` or `PERMISSION_DENIED` where no file can be made
   */
  static async acquire(folder: string, options: LockOptions): Promise<LibraryLock> {
    const path = join(folder, LOCK_FILE);
    const content = ownContent(options);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (await createExclusively(path, JSON.stringify(content))) {
        await removeOldDrafts(folder);
        return new LibraryLock(content.token);
      }
      const found = await readFile(path, 'utf8').catch(ignoreMissing);
      if (found === null) continue;
      const holder = parseContent(found);
      if (holder) refuseLiveHolder(holder, folder, options);
      options.log.warn({ library: folder, holder }, 'Taking over the lock of a library whose holder is gone');
      await removeIfUnchanged(path, found);
    }
    throw new MooringError(
      'LIBRARY_LOCKED',
      `The library at ${folder} is being opened and closed by other processes. Try again in a moment.`,
    );
  }

  /** Gives the lock back, if it is still ours. Never throws: the drive may be gone. `folder` is where the library lies now. */
  async release(folder: string): Promise<void> {
    const path = join(folder, LOCK_FILE);
    const found = await readFile(path, 'utf8').catch(() => null);
    if (found !== null && parseContent(found)?.token === this.#token) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Whether the lock in a folder was left by a process of this computer that has ended. False where there is no lock. */
export async function isAbandoned(folder: string): Promise<boolean> {
  const holder = parseContent(await readFile(join(folder, LOCK_FILE), 'utf8').catch(() => ''));
  return holder !== null && holder.host === ownProcessIdentity().host && !isAlive(holder);
}

function ownContent({ device, dataDir }: LockOptions): LockContent {
  const since = new Date().toISOString();
  return { deviceId: device.id, deviceName: device.name, ...ownProcessIdentity(), since, dataDir, token: randomUUID() };
}

function refuseLiveHolder(holder: LockContent, folder: string, { device, dataDir, takeOver }: LockOptions): void {
  const own = ownProcessIdentity();
  // One engine at a time has a data folder open: a lock of this process and this data folder was left by an engine that has ended.
  if (holder.pid === own.pid && holder.host === own.host && holder.dataDir === dataDir) return;
  const isHere = holder.deviceId === device.id || holder.host === own.host;
  if (isHere && !isAlive(holder)) return;
  if (!isHere && takeOver) return;
  const who = `process ${holder.pid} on ${holder.host} (${holder.deviceName}, since ${holder.since})`;
  const remedy = isHere
    ? 'Close it there first.'
    : 'Close it there first; if that computer no longer has it open, open the library with “take over”.';
  throw new MooringError('LIBRARY_LOCKED', `The library at ${folder} is open in ${who}. ${remedy}`, {
    details: { holder: LockHolder.parse(holder), canTakeOver: !isHere },
  });
}

/** Makes the file with all of its content at once, where the file system can. @returns false when it exists */
async function createExclusively(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeNew(draft, content);
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorNumber(error) === 'EEXIST') return false;
    if (!NO_HARD_LINKS.includes(errorNumber(error) ?? '')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  try {
    await writeNew(path, content);
    return true;
  } catch (error) {
    if (errorNumber(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whether a file in a library's folder is a lock that somebody is making, or was killed while making it. */
export function isLockDraft(name: string): boolean {
  return name.startsWith(`${LOCK_FILE}.`);
}

/** Drafts of processes that were killed while they made a lock. */
async function removeOldDrafts(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter(isLockDraft)) {
    const info = await stat(join(folder, name)).catch(ignoreMissing);
    if (info && Date.now() - info.mtimeMs > DRAFT_AGE_MS) await rm(join(folder, name), { force: true });
  }
}

async function writeNew(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}

/** Removes the lock that was read, and no other one: when another process was faster, its lock is put back. */
async function removeIfUnchanged(path: string, content: string): Promise<void> {
  const removed = `${path}.${randomUUID()}`;
  try {
    await rename(path, removed);
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return;
    throw error;
  }
  const taken = await readFile(removed, 'utf8');
  if (taken !== content) await createExclusively(path, taken);
  await rm(removed, { force: true });
}

function parseContent(text: string): LockContent | null {
  try {
    return LockContent.parse(JSON.parse(text));
  } catch {
    // Half a lock is what a process leaves that ended while writing it: nobody holds it.
    return null;
  }
}

function ignoreMissing(error: unknown): null {
  if (errorNumber(error) === 'ENOENT') return null;
  throw error;
}
