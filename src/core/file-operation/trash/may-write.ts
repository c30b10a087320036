import { accessSync, constants } from 'node:fs';
import type { NativePath } from '#core/fs/native-path.ts';

/** Whether a folder could be made in another, as far as permissions tell. */
export function mayWriteIn(folder: NativePath): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // Read-only, or somebody else's.
  }
}
