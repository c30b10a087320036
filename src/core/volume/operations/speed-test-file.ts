import { lstat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^\.mooring-speed-test-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.tmp$/;

/** Name of the file that the speed test with this id writes at the root of a volume. */
export function speedTestFileName(operationId: string): string {
  return `.mooring-speed-test-${operationId}.tmp`;
}

/**
 * Removes what a speed test of ours left behind: a plain file of exactly such a name, which we have written down before
 * making it. Anything else of that name is left alone.
 * @returns whether there was such a file
 */
export async function removeLeftover(mountPoint: string, fileName: string): Promise<boolean> {
  if (!NAME.test(fileName)) return false;
  const path = join(mountPoint, fileName);
  try {
    if (!(await lstat(path)).isFile()) return false;
    await unlink(path);
    return true;
  } catch {
    // Not there, as it should be; or not to be removed now, and tried again when the volume is next mounted.
    return false;
  }
}
