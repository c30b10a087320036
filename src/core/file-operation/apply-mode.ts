import { errorNumber } from '#core/fs/fs-error.ts';

/** What a file system says that keeps no modes. */
const NO_MODES = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS']);

/** Sets a mode, where there are modes. @throws an error of `node:fs` */
export function applyMode(apply: () => void): void {
  try {
    apply();
  } catch (error) {
    if (!NO_MODES.has(errorNumber(error) ?? '')) throw error;
  }
}
