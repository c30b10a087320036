import { mkdirSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { type NativePath, parentOf } from '#core/fs/native-path.ts';
import { factsIfExists } from '../file-facts.ts';

/**
 * Makes a folder, and those above it that are missing. (Node's own way never ends on file systems such as procfs, which say of a new folder that it
 * does not exist.)
 *
 * @returns whether it was made @throws an error of `node:fs`
 */
export function makeFolders(folder: NativePath, mode: number): boolean {
  const missing: NativePath[] = [];
  for (let one = folder; !factsIfExists(one); one = parentOf(one)) missing.unshift(one);
  for (const one of missing) makeUnlessThere(one, mode);
  return missing.length > 0;
}

function makeUnlessThere(folder: NativePath, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (errorNumber(error) !== 'EEXIST') throw error;
  }
}
