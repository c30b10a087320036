import { MooringError } from '#shared/contract/error.ts';

/** @param reason a sentence */
export function refusedUndo(reason: string): MooringError {
  return new MooringError('UNDO_REFUSED', `This cannot be undone any more: ${reason} Nothing was changed.`);
}
