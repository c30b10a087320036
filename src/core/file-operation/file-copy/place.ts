import { closeSync, constants, linkSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { NativePath } from '#core/fs/native-path.ts';

/** What `link` answers where there are no hard links (FAT, exFAT, many FUSE and network file systems). */
export const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

/**
 * Gives a finished temporary file its name, unless something has it already: then it returns false and changes nothing.
 * `link` refuses an existing name by itself; where there are no hard links the name is taken first by an empty file of
 * ours, which the rename then replaces.
 *
 * @param beforeHolding called before such an empty file is made
 * @throws an error of `node:fs`
 */
export function placeNew(temp: NativePath, target: NativePath, beforeHolding: () => void): boolean {
  try {
    linkSync(temp, target);
  } catch (error) {
    const number = errorNumber(error);
    if (number === 'EEXIST') return false;
    if (number === null || !NO_HARD_LINKS.has(number)) throw error;
    beforeHolding();
    return takeNameAndRename(temp, target);
  }
  unlinkSync(temp);
  return true;
}

/** Gives a finished temporary file the name of another, which is whole until this instant. @throws an error of `node:fs` */
export function placeOver(temp: NativePath, target: NativePath): void {
  renameSync(temp, target);
}

function takeNameAndRename(temp: NativePath, target: NativePath): boolean {
  try {
    closeSync(openSync(target, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch (error) {
    if (errorNumber(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    renameSync(temp, target);
    return true;
  } catch (error) {
    unlinkSync(target);
    throw error;
  }
}
