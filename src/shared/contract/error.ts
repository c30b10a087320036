import { Reason } from './reason.ts';

/**
 * Every error that a client can receive, over every transport, as `{ code, message, details? }`.
 *
 * The list is closed: code inside the engine throws `MooringError` with one of these codes, and whatever else is
 * thrown becomes `INTERNAL` at the boundary, where it is logged once.
 */
export const ERROR_STATUS = {
  INVALID_INPUT: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  PERMISSION_DENIED: 403,
  PROCEDURE_NOT_FOUND: 404,
  PATH_NOT_FOUND: 404,
  NOT_A_FOLDER: 400,
  PATH_ALREADY_EXISTS: 409,
  READ_ONLY: 409,
  NO_SPACE: 507,
  IO_ERROR: 500,
  CONTRACT_MISMATCH: 409,
  BODY_TOO_LARGE: 413,
  TIMEOUT: 504,
  CANCELLED: 499,
  NOT_SUPPORTED: 501,
  ENGINE_STOPPING: 503,
  ENGINE_UNREACHABLE: 503,
  DATA_FOLDER_IN_USE: 409,
  CONFIG_INVALID: 400,
  LIBRARY_NOT_FOUND: 404,
  LIBRARY_NOT_OPEN: 409,
  LIBRARY_ALREADY_EXISTS: 409,
  LIBRARY_ALREADY_OPEN: 409,
  LIBRARY_LOCKED: 423,
  LIBRARY_TOO_NEW: 409,
  LIBRARY_DAMAGED: 409,
  NOT_A_LIBRARY: 400,
  BACKUP_NOT_FOUND: 404,
  VOLUME_NOT_FOUND: 404,
  VOLUME_AMBIGUOUS: 409,
  VOLUME_ALREADY_TRACKED: 409,
  VOLUME_NOT_TRACKED: 409,
  VOLUME_OFFLINE: 409,
  VOLUME_BUSY: 409,
  VOLUME_READ_ONLY: 409,
  VOLUME_UNRESPONSIVE: 504,
  VOLUME_IDENTITY_WEAK: 409,
  VOLUME_NOT_EJECTABLE: 409,
  CURSOR_INVALID: 400,
  CONFLICT: 409,
  COPY_INTO_ITSELF: 400,
  SAME_FILE: 400,
  VERIFICATION_FAILED: 500,
  JOB_NOT_FOUND: 404,
  JOB_FINISHED: 409,
  JOB_NOT_RESUMABLE: 409,
  JOB_NOT_PAUSED: 409,
  JOB_KIND_UNKNOWN: 404,
  JOB_INTERRUPTED: 409,
  LOCATION_NOT_FOUND: 404,
  LOCATION_ALREADY_EXISTS: 409,
  LOCATION_OVERLAPS: 409,
  LOCATION_NOT_ALLOWED: 400,
  LOCATION_GONE: 409,
  SEARCH_TOO_SLOW: 422,
  SAVED_SEARCH_NOT_FOUND: 404,
  ACTION_NOT_FOUND: 404,
  UNDO_REFUSED: 409,
  NO_TRASH: 501,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What a client sees of an error: no stack, no internals. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  details?: unknown;
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_STATUS, value);
}

/** The one error class of the engine and of its clients. `message` says what happened and what the user can do. */
export class MooringError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, options: { details?: unknown; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MooringError';
    this.code = code;
    this.details = options.details;
  }

  /** What the message says, for those who say it in another language; undefined where there is only the message. */
  get reason(): Reason | undefined {
    const { details } = this;
    const found = typeof details === 'object' && details !== null && 'reason' in details ? details.reason : undefined;
    return found === undefined ? undefined : Reason.safeParse(found).data;
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.details === undefined ? {} : { details: this.details }) };
  }
}

/**
 * Reads an error as it arrives at a client (an oRPC error carries `code`, `message` and `data`) or as it was thrown here.
 * Whatever has no known code becomes `INTERNAL`.
 */
export function toMooringError(error: unknown): MooringError {
  if (error instanceof MooringError) return error;
  if (error instanceof Error && 'code' in error && isErrorCode(error.code)) {
    const details = 'data' in error && error.data !== undefined && error.data !== null ? error.data : undefined;
    return new MooringError(error.code, error.message, { details, cause: error });
  }
  return new MooringError('INTERNAL', 'Something went wrong inside Mooring. The log has the details.', { cause: error });
}
