import { type ErrorCode, MooringError } from '#shared/contract/error.ts';
import { type ReasonCode, type ReasonParams, reason, sentenceOf } from '#shared/contract/reason.ts';

export interface ReasonErrorOptions {
  /** Where the English message says more than the sentence of the reason. */
  message?: string;
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** An error that clients can tell in their own language. */
export function reasonError<Code extends ReasonCode>(
  code: ErrorCode,
  why: Code,
  params: ReasonParams<Code>,
  { message, details, cause }: ReasonErrorOptions = {},
): MooringError {
  const told = reason(why, params);
  return new MooringError(code, message ?? sentenceOf(told), { details: { ...details, reason: told }, cause });
}
