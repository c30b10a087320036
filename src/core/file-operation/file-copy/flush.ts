import { spawn } from 'node:child_process';
import { close, closeSync, constants, fsync, open, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type { NativePath } from '#core/fs/native-path.ts';

const openAsync = promisify(open);
const closeAsync = promisify(close);
export const flushFd = promisify(fsync);

/** Below this, flushing file by file is faster than starting a program. */
const FEW = 8;

/**
 * Makes written files durable. Many small ones at once by `syncfs` (through coreutils' `sync -f`, as Node does not offer
 * it): one wait for the disk instead of one per file.
 *
 * @param folder on the same file system as the files
 * @throws an error of `node:fs`
 */
export async function flushFiles(paths: readonly NativePath[], folder: NativePath): Promise<void> {
  if (paths.length > FEW && (await syncFileSystem(folder))) return;
  for (const path of paths) await flushFile(path);
}

/**
 * Begins to flush what was written on a file system, where one wait is for all of it: so less is left for `flushFiles`, on which it does not bear.
 *
 * @returns resolves when that is done; never rejects
 */
export async function flushEarly(folder: NativePath): Promise<void> {
  try {
    await syncFileSystem(folder);
  } catch {
    // Whatever is wrong, `flushFiles` will tell.
  }
}

/** Makes the names in a folder durable, with everything else on its file system where the platform allows. */
export async function flushFolder(folder: NativePath): Promise<void> {
  if (process.platform === 'win32') return;
  await flushFile(folder);
}

async function flushFile(path: NativePath): Promise<void> {
  const fd = await openAsync(path, constants.O_RDONLY);
  try {
    await flushFd(fd);
  } finally {
    await closeAsync(fd);
  }
}

/** False where there is no such program, or it failed: then the files' own `fsync` tells what is wrong. */
async function syncFileSystem(folder: NativePath): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    // By descriptor, since a path that is not UTF-8 cannot be an argument.
    const sync = spawn('sync', ['-f', '/proc/self/fd/3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
    sync.once('error', () => resolve(false));
    sync.once('exit', (code) => resolve(code === 0));
    return await promise;
  } finally {
    closeSync(fd);
  }
}
