import { closeSync, constants, openSync } from 'node:fs';
import { type NativePath, toBytes } from '#core/fs/native-path.ts';

/** The kernel takes paths of up to 4,096 bytes (`PATH_MAX`); one more name of any length must fit behind a folder's. */
const MAX_BYTES = 4096 - 1024;
const MAX_BYTES_PER_UNIT = 3;
const SLASH = 0x2f;
/** Names a place without opening what is there: needs no permission to read it. Node has no constant for it. */
const O_PATH = 0o10000000;

/**
 * Calls `use` with a path that leads to the folder and that the kernel takes, however long the folder's own is: beyond its limit by way
 * of an open folder above it, which is closed again at once. Elsewhere than on Linux the path is passed as it is.
 *
 * @throws what `use` throws, and errors of `node:fs`
 */
export function withReachablePath<T>(path: NativePath, use: (reachable: NativePath) => T): T {
  if (process.platform !== 'linux' || !isTooLong(path)) return use(path);
  const bytes = toBytes(path);
  let from = 0;
  let opened: number | null = null;
  const reachable = (to: number) =>
    opened === null ? bytes.subarray(0, to) : Buffer.concat([Buffer.from(`/proc/self/fd/${opened}`), bytes.subarray(from, to)]);
  try {
    while (bytes.length - from > MAX_BYTES) {
      const cut = bytes.lastIndexOf(SLASH, from + MAX_BYTES);
      const descriptor = openSync(reachable(cut), O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      if (opened !== null) closeSync(opened);
      opened = descriptor;
      from = cut;
    }
    return use(reachable(bytes.length));
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

/** Whether the kernel does not take the path as it is. */
export function isTooLong(path: NativePath): boolean {
  if (path.length * MAX_BYTES_PER_UNIT <= MAX_BYTES) return false;
  return (typeof path === 'string' ? Buffer.byteLength(path) : path.length) > MAX_BYTES;
}
