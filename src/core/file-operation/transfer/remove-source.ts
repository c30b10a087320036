import { unlinkSync } from 'node:fs';
import { errorNumber, fsError, toFsError } from '#core/fs/fs-error.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { SourceIdentity } from '../file-copy/copy-item.ts';
import { isSameSource } from '../file-copy/source-file.ts';
import { factsIfExists } from '../file-facts.ts';

/**
 * Removes the source of a file that is whole, verified and durable in its target, if it is still what was read.
 *
 * @throws MooringError: it is kept, and why
 */
export function removeSource(source: NativePath, read: SourceIdentity): void {
  const now = factsIfExists(source);
  // Somebody has taken it away, or its drive has gone: the caller finds out which.
  if (!now) throw fsError('ENOENT', source);
  if (!isSameSource(now, read)) {
    const message = `“${displayName(source)}” has changed since it was read, and was kept. Its copy in the target is of before.`;
    throw new MooringError('CONFLICT', message);
  }
  try {
    unlinkSync(source);
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return;
    const { code, message } = toFsError(error, source);
    throw new MooringError(code, `It was copied, but could not be removed from where it was: ${message}`, { cause: error });
  }
}
