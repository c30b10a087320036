import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';

/**
 * Makes the folder of sockets and pid files, for this user alone (0700).
 * In a shared temporary folder somebody else may have made it first, to put a socket of theirs in the place of ours.
 * @throws PERMISSION_DENIED when the folder belongs to another user or is not a folder
 */
export function prepareRuntimeFolder(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const found = lstatSync(folder);
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) {
    throw new MooringError(
      'PERMISSION_DENIED',
      `${folder} belongs to another user or is not a folder, so Mooring does not put its socket there. Remove it, or set MOORING_RUNTIME_DIR to a folder of your own.`,
    );
  }
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}
