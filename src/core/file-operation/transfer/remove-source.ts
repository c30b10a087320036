import { unlinkSync } from 'node:fs';
import { errorNumber, fsError, toFsError } from '#core/fs/fs-error.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
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
    throw reasonError('CONFLICT', 'source-changed-since-read', { path: displayName(source) });
  }
  try {
    unlinkSync(source);
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return;
    const { code, message } = toFsError(error, source);
    const whole = `It was copied, but could not be removed from where it was: ${message}`;
    throw reasonError(code, 'source-not-removed', {}, { message: whole, cause: error });
  }
}
