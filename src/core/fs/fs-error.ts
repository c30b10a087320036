import { type ErrorCode, MooringError } from '#shared/contract/error.ts';
import { displayName, type NativePath } from './native-path.ts';
import { reasonError } from './reason-error.ts';

/** What the system's error numbers mean, in the closed list of codes; `REASONS` says it in words. */
const CODES = {
  ENOENT: 'PATH_NOT_FOUND',
  ENOTDIR: 'NOT_A_FOLDER',
  EISDIR: 'INVALID_INPUT',
  ELOOP: 'PATH_NOT_FOUND',
  ENAMETOOLONG: 'INVALID_INPUT',
  EACCES: 'PERMISSION_DENIED',
  EPERM: 'PERMISSION_DENIED',
  EEXIST: 'PATH_ALREADY_EXISTS',
  EROFS: 'READ_ONLY',
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  EFBIG: 'NOT_SUPPORTED',
  EINVAL: 'NOT_SUPPORTED',
  EILSEQ: 'NOT_SUPPORTED',
  ENOTCONN: 'VOLUME_UNRESPONSIVE',
  EHOSTDOWN: 'VOLUME_UNRESPONSIVE',
  ETIMEDOUT: 'VOLUME_UNRESPONSIVE',
  ESTALE: 'IO_ERROR',
  EIO: 'IO_ERROR',
  ENXIO: 'IO_ERROR',
  ENODEV: 'IO_ERROR',
} as const satisfies Record<string, ErrorCode>;

const isKnownNumber = (number: string): number is keyof typeof CODES => Object.hasOwn(CODES, number);

/**
 * An error of `node:fs` in the words of the contract. A `MooringError` passes unchanged; what carries no error number is
 * a fault in the program and is returned as `INTERNAL` with its cause.
 */
export function toFsError(error: unknown, path: NativePath): MooringError {
  if (error instanceof MooringError) return error;
  if (isRefusedByNode(error)) return reasonError('INVALID_INPUT', 'nul-character', {}, { cause: error });
  const number = errorNumber(error);
  if (number === null) return reasonError('INTERNAL', 'not-handled', { path: displayName(path) }, { cause: error });
  return fsError(number, path, error);
}

/** @param number `ENOENT` and the like */
export function fsError(number: string, path: NativePath, cause?: unknown): MooringError {
  const shown = displayName(path);
  if (isKnownNumber(number)) return reasonError(CODES[number], number, { path: shown }, { cause });
  return reasonError('IO_ERROR', 'other-number', { path: shown, number }, { cause });
}

/** Before the system is asked, `node:fs` refuses the one character that no path can hold. */
function isRefusedByNode(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_ARG_VALUE' && error.message.includes('null bytes');
}

/** `ENOENT` and the like; null for anything but a system error. */
export function errorNumber(error: unknown): string | null {
  return error instanceof Error && 'errno' in error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
