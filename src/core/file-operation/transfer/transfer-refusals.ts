import { lstatSync } from 'node:fs';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { TransferCheck, TransferMount, TransferRequest } from './transfer-messages.ts';

/** @throws MooringError `VOLUME_READ_ONLY`, `NOT_SUPPORTED` */
export function refuseImmovable(source: NativePath, mount: TransferMount | null, parent: NativePath): void {
  if (mount?.capabilities.isReadOnly) {
    throw new MooringError('VOLUME_READ_ONLY', `“${displayName(source)}” is on a read-only volume, and cannot be moved away. Copy it.`);
  }
  if (lstatSync(source).isDirectory() && lstatSync(source).dev !== lstatSync(parent).dev && mount?.mountPoint === source) {
    throw new MooringError(
      'NOT_SUPPORTED',
      `“${displayName(source)}” is where a volume is mounted, and cannot be moved. Move what is in it.`,
    );
  }
}

/** @throws MooringError `CONFLICT` with the list when there are conflicts without an answer */
export function refuseUnanswered({ conflicts, conflictCount, unansweredCount }: TransferCheck): void {
  if (unansweredCount === 0) return;
  throw new MooringError('CONFLICT', 'Files or folders of the same names are in the target. Choose what is to happen with them.', {
    details: { conflicts, conflictCount },
  });
}

export function sameFile(source: NativePath, kind: TransferRequest['kind']): MooringError {
  const remedy = kind === 'move' ? '' : ' Choose rename to duplicate it.';
  return new MooringError('SAME_FILE', `“${displayName(source)}” is there already: source and target are the same.${remedy}`);
}

export function intoItself(source: NativePath, kind: TransferRequest['kind']): MooringError {
  const done = kind === 'move' ? 'moved' : 'copied';
  return new MooringError('COPY_INTO_ITSELF', `“${displayName(source)}” cannot be ${done} into itself. Choose another destination.`);
}

export function unresponsive(mount: Pick<TransferMount, 'mountPoint'>): MooringError {
  return new MooringError('VOLUME_UNRESPONSIVE', `The volume at “${mount.mountPoint}” does not answer.`);
}
