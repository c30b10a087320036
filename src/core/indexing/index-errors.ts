import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { IndexProblem } from './index-messages.ts';
import type { IndexedRoot } from './index-task.ts';

/** Ends a run in which all that has been written is whole. */
class RunEnd extends MooringError {}

export function cancelled(): MooringError {
  return new RunEnd('CANCELLED', 'Indexing was stopped. It can go on from where it was.');
}

export function volumeOffline({ path }: IndexedRoot): MooringError {
  return new RunEnd('VOLUME_OFFLINE', `The volume of “${displayName(path)}” is not connected any more. Indexing goes on when it is back.`);
}

export function locationGone({ path }: IndexedRoot): MooringError {
  return new RunEnd(
    'LOCATION_GONE',
    `“${displayName(path)}” does not exist any more. What is known of it stays until the location is removed.`,
  );
}

export function isOurEnd(error: unknown): boolean {
  return error instanceof RunEnd;
}

/** @param code a code of the contract: why the entry could not be looked at */
export function problemOf(folder: NativePath, name: NativePath, code: string): IndexProblem {
  const path = joinPath(folder, name);
  const reason = code === 'PERMISSION_DENIED' ? 'you may not access it' : 'its drive or file system reports an error';
  return { path, code, message: `“${displayName(path)}” could not be looked at: ${reason}.` };
}
