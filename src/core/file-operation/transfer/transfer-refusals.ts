import { lstatSync } from 'node:fs';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { TransferCheck, TransferMount, TransferRequest } from './transfer-messages.ts';

/** @throws MooringError `VOLUME_READ_ONLY`, `NOT_SUPPORTED` */
export function refuseImmovable(source: NativePath, mount: TransferMount | null, parent: NativePath): void {
  if (mount?.capabilities.isReadOnly) {
    throw reasonError('VOLUME_READ_ONLY', 'source-read-only', { path: displayName(source) });
  }
  if (lstatSync(source).isDirectory() && lstatSync(source).dev !== lstatSync(parent).dev && mount?.mountPoint === source) {
    throw reasonError('NOT_SUPPORTED', 'moving-a-mount-point', { path: displayName(source) });
  }
}

/** @throws MooringError `CONFLICT` with the list when there are conflicts without an answer */
export function refuseUnanswered({ conflicts, conflictCount, unansweredCount }: TransferCheck): void {
  if (unansweredCount === 0) return;
  throw reasonError('CONFLICT', 'conflicts-unanswered', {}, { details: { conflicts, conflictCount } });
}

export function sameFile(source: NativePath, kind: TransferRequest['kind']): MooringError {
  return reasonError('SAME_FILE', kind === 'move' ? 'moved-to-itself' : 'copied-to-itself', { path: displayName(source) });
}

export function intoItself(source: NativePath, kind: TransferRequest['kind']): MooringError {
  return reasonError('COPY_INTO_ITSELF', kind === 'move' ? 'moved-into-itself' : 'copied-into-itself', { path: displayName(source) });
}

export function unresponsive(mount: Pick<TransferMount, 'mountPoint'>): MooringError {
  return reasonError('VOLUME_UNRESPONSIVE', 'mount-silent', { path: mount.mountPoint });
}
