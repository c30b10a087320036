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
  let bytes: Buffer = toBytes(path);
  let opened: number | null = null;
  try {
    while (bytes.length > MAX_BYTES) {
      const cut = bytes.lastIndexOf(SLASH, MAX_BYTES);
      const descriptor = openSync(bytes.subarray(0, cut), O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      if (opened !== null) closeSync(opened);
      opened = descriptor;
      bytes = Buffer.concat([Buffer.from(`/proc/self/fd/${descriptor}`), bytes.subarray(cut)]);
    }
    return use(bytes);
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

function isTooLong(path: NativePath): boolean {
  if (path.length * MAX_BYTES_PER_UNIT <= MAX_BYTES) return false;
  return (typeof path === 'string' ? Buffer.byteLength(path) : path.length) > MAX_BYTES;
}
