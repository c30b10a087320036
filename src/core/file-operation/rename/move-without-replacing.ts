import { closeSync, constants, linkSync, mkdirSync, openSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { NO_HARD_LINKS } from '../file-copy/place.ts';
import { type FileFacts, factsIfExists } from '../file-facts.ts';

const isWindows = process.platform === 'win32';

/**
 * Gives what is at `from` the path `to` on the same file system, unless something has that already.
 *
 * POSIX `rename` replaces what it finds, and Node has no other. So files are linked to their new name first, which refuses a name that is
 * taken; where there are no hard links, and for folders, the name is taken by something empty of ours, which the rename replaces.
 *
 * @param facts of what is at `from`
 * @throws MooringError `PATH_ALREADY_EXISTS`; an error of `node:fs`, `EXDEV` among them. Nothing has changed then
 */
export function moveWithoutReplacing(from: NativePath, to: NativePath, facts: FileFacts): void {
  if (isWindows) {
    if (factsIfExists(to)) throw taken(to);
    renameSync(from, to);
  } else if (facts.isDirectory()) moveFolder(from, to);
  else if (facts.isSymbolicLink() || !linkTo(from, to)) moveOverPlaceholder(from, to);
}

export function taken(path: NativePath): MooringError {
  return reasonError('PATH_ALREADY_EXISTS', 'exists-nothing-changed', { path: displayName(path) });
}

function moveFolder(from: NativePath, to: NativePath): void {
  refusing(to, () => mkdirSync(to, { mode: 0o700 }));
  try {
    renameSync(from, to);
  } catch (error) {
    rmdirSync(to);
    throw error;
  }
}

/** @returns false where there are no hard links */
function linkTo(from: NativePath, to: NativePath): boolean {
  try {
    refusing(to, () => linkSync(from, to));
  } catch (error) {
    if (NO_HARD_LINKS.has(errorNumber(error) ?? '')) return false;
    throw error;
  }
  try {
    unlinkSync(from);
  } catch (error) {
    unlinkSync(to);
    throw error;
  }
  return true;
}

function moveOverPlaceholder(from: NativePath, to: NativePath): void {
  refusing(to, () => closeSync(openSync(to, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)));
  try {
    renameSync(from, to);
  } catch (error) {
    unlinkSync(to);
    throw error;
  }
}

function refusing(to: NativePath, take: () => void): void {
  try {
    take();
  } catch (error) {
    throw errorNumber(error) === 'EEXIST' ? taken(to) : error;
  }
}
