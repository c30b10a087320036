import { reasonError } from '#core/fs/reason-error.ts';
import { MooringError } from '#shared/contract/error.ts';
import { type ReasonCode, type ReasonParams, reason, sentenceOf } from '#shared/contract/reason.ts';

/** Why something is not taken back. */
export function refusedUndo<Code extends ReasonCode>(why: Code, params: ReasonParams<Code>): MooringError {
  return reasonError('UNDO_REFUSED', why, params, { message: framed(sentenceOf(reason(why, params))) });
}

/** Not taken back because of another error. */
export function refusedUndoFor({ message, reason: why }: Pick<MooringError, 'message' | 'reason'>): MooringError {
  return new MooringError('UNDO_REFUSED', framed(message), { details: { reason: why } });
}

function framed(sentence: string): string {
  return `This cannot be undone any more: ${sentence} Nothing was changed.`;
}
