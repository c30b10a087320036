import { constants, copyFileSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { NativePath } from '#core/fs/native-path.ts';

const { COPYFILE_EXCL, COPYFILE_FICLONE_FORCE } = constants;

/** What a file system answers that shares no blocks, or not with that other one. */
const NEVER = new Set(['EXDEV', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENOTTY', 'EBADF']);
/** What it answers for one file alone: another way has to be found for that (swap files, files without copy on write). */
const NOT_THIS = new Set(['EINVAL', 'ETXTBSY', 'EPERM', 'EISDIR']);

/** Makes files that share the blocks of others until one of them is written to. Remembers where that does not work. */
export class Cloner {
  readonly #refused = new Set<string>();

  /**
   * @param sourceFd of the source, by which it is found, so that a link that takes its name is not followed
   * @returns false when that is not possible here: nothing is left then
   * @throws an error of `node:fs`
   */
  clone(sourceFd: number, source: NativePath, sourceDev: bigint, temp: NativePath, targetDev: bigint): boolean {
    const pair = `${sourceDev}:${targetDev}`;
    if (this.#refused.has(pair)) return false;
    try {
      copyFileSync(pathOfOpen(sourceFd, source), temp, COPYFILE_EXCL | COPYFILE_FICLONE_FORCE);
      return true;
    } catch (error) {
      const number = errorNumber(error) ?? '';
      if (NEVER.has(number)) this.#refused.add(pair);
      else if (!NOT_THIS.has(number)) throw error;
      return false;
    }
  }
}

/** Has the kernel copy a file, or the server that both lie on. Not interrupted: for files of moderate size. @throws an error of `node:fs` */
export function copyByKernel(sourceFd: number, source: NativePath, temp: NativePath): void {
  copyFileSync(pathOfOpen(sourceFd, source), temp, COPYFILE_EXCL);
}

function pathOfOpen(fd: number, path: NativePath): NativePath {
  return process.platform === 'linux' ? `/proc/self/fd/${fd}` : path;
}
