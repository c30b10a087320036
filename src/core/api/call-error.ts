import { ORPCError, ValidationError } from '@orpc/server';
import { isErrorCode, MooringError } from '#shared/contract/error.ts';
import { toInputError } from '#shared/contract/input-error.ts';
import { translateSqliteError } from '../db/sqlite-error.ts';
import { errorNumber, toFsError } from '../fs/fs-error.ts';

const UNNAMED_FILE = 'a file that this needs';

/**
 * The error of the closed list for whatever a procedure threw. `INTERNAL` alone is a fault of the program: its cause belongs
 * into the log, and not to the client.
 */
export function toCallError(thrown: unknown): MooringError {
  const error = translateSqliteError(thrown, 'the library’s database');
  if (error instanceof MooringError) return error;
  if (error instanceof ORPCError && isErrorCode(error.code))
    return new MooringError(error.code, error.message, { details: error.data, cause: error });
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST')
    return toInputError(error.cause.issues, error);
  if (error instanceof Error && error.name === 'AbortError')
    return new MooringError('CANCELLED', 'The call was cancelled.', { cause: error });
  // Errors of reading and writing, as opposed to opening, do not say which file they are about.
  if (errorNumber(error) !== null && error instanceof Error) return toFsError(error, 'path' in error ? String(error.path) : UNNAMED_FILE);
  return new MooringError('INTERNAL', 'Something went wrong inside Mooring. The log has the details.', { cause: error });
}
