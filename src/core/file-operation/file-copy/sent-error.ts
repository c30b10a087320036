import { errorNumber } from '#core/fs/fs-error.ts';
import { type ErrorBody, MooringError } from '#shared/contract/error.ts';

/** An error as it gets from one thread to another, which of itself would lose its code. */
export type SentError = { body: ErrorBody } | { code: string; errno: number; message: string } | { unknown: unknown };

export function sendError(error: unknown): SentError {
  if (error instanceof MooringError) return { body: error.toBody() };
  const code = errorNumber(error);
  if (code === null || !(error instanceof Error)) return { unknown: error };
  return { code, errno: 'errno' in error ? Number(error.errno) : 0, message: error.message };
}

/** The error that `sendError` was given: a `MooringError`, or one as those of `node:fs`. */
export function receiveError(sent: SentError): unknown {
  if ('unknown' in sent) return sent.unknown;
  if ('body' in sent) return new MooringError(sent.body.code, sent.body.message, { details: sent.body.details });
  return Object.assign(new Error(sent.message), { code: sent.code, errno: sent.errno });
}
