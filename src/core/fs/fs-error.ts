import { type ErrorCode, MooringError } from '#shared/contract/error.ts';
import { displayName, type NativePath } from './native-path.ts';

/** What the system's error numbers mean to a user, and what can be done. `PATH` stands for the path. */
const MEANINGS: Record<string, [ErrorCode, string]> = {
  ENOENT: ['PATH_NOT_FOUND', '“PATH” does not exist (any more).'],
  ENOTDIR: ['NOT_A_FOLDER', '“PATH” is not a folder.'],
  EISDIR: ['INVALID_INPUT', '“PATH” is a folder.'],
  ELOOP: ['PATH_NOT_FOUND', '“PATH” leads through symbolic links that never end.'],
  ENAMETOOLONG: ['INVALID_INPUT', '“PATH” is too long for this file system. Choose a shorter name.'],
  EACCES: ['PERMISSION_DENIED', 'You may not access “PATH”. Change its permissions, or ask its owner.'],
  EPERM: ['PERMISSION_DENIED', 'The system does not permit this for “PATH”.'],
  EEXIST: ['PATH_ALREADY_EXISTS', '“PATH” already exists.'],
  EROFS: ['READ_ONLY', '“PATH” is on a volume that is read-only.'],
  ENOSPC: ['NO_SPACE', 'There is no room left for “PATH”.'],
  EDQUOT: ['NO_SPACE', 'Your quota leaves no room for “PATH”.'],
  EFBIG: ['NOT_SUPPORTED', '“PATH” is too large for this file system.'],
  EINVAL: ['NOT_SUPPORTED', 'This file system does not accept “PATH”; often its name is the reason.'],
  EILSEQ: ['NOT_SUPPORTED', 'This file system does not accept the name of “PATH”.'],
  ENOTCONN: ['VOLUME_UNRESPONSIVE', 'The volume of “PATH” does not answer. Unmount it, or connect it again.'],
  EHOSTDOWN: ['VOLUME_UNRESPONSIVE', 'The server of “PATH” does not answer.'],
  ETIMEDOUT: ['VOLUME_UNRESPONSIVE', 'The volume of “PATH” does not answer in time.'],
  ESTALE: ['IO_ERROR', '“PATH” is not what it was: the server has replaced it. Open the folder again.'],
  EIO: ['IO_ERROR', '“PATH” could not be read or written: its drive reports an error, or was unplugged.'],
  ENXIO: ['IO_ERROR', 'The drive of “PATH” is not there any more.'],
  ENODEV: ['IO_ERROR', 'The drive of “PATH” is not there any more.'],
};

/**
 * An error of `node:fs` in the words of the contract. A `MooringError` passes unchanged; what carries no error number is
 * a fault in the program and is returned as `INTERNAL` with its cause.
 */
export function toFsError(error: unknown, path: NativePath): MooringError {
  if (error instanceof MooringError) return error;
  if (isRefusedByNode(error)) return new MooringError('INVALID_INPUT', 'A path cannot hold a NUL character.', { cause: error });
  const number = errorNumber(error);
  if (number === null) return new MooringError('INTERNAL', `“${displayName(path)}” could not be handled.`, { cause: error });
  return fsError(number, path, error);
}

/** @param number `ENOENT` and the like */
export function fsError(number: string, path: NativePath, cause?: unknown): MooringError {
  const [code, text] = MEANINGS[number] ?? ['IO_ERROR', `“PATH” could not be read or written (${number}).`];
  const message = text.replace('PATH', () => displayName(path));
  return new MooringError(code, message, { cause });
}

/** Before the system is asked, `node:fs` refuses the one character that no path can hold. */
function isRefusedByNode(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_ARG_VALUE' && error.message.includes('null bytes');
}

/** `ENOENT` and the like; null for anything but a system error. */
export function errorNumber(error: unknown): string | null {
  return error instanceof Error && 'errno' in error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
