import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';

/** @param because what is known of why */
export function noTrash(
  path: NativePath,
  because: 'no-trash' | 'no-trash-user' | 'no-trash-letter' | 'no-trash-path' = 'no-trash',
): MooringError {
  return reasonError('NO_TRASH', because, { path: displayName(path) });
}
