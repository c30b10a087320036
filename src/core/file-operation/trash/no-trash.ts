import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';

/** @param reason why, as a clause; null when nothing more is known */
export function noTrash(path: NativePath, reason: string | null): MooringError {
  const because = reason === null ? '' : ` (${reason})`;
  return new MooringError(
    'NO_TRASH',
    `There is no trash where “${displayName(path)}” lies${because}. Nothing was deleted. Move it to another volume first, or delete it for good.`,
  );
}
