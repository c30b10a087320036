import { z } from 'zod';
import { ActionRecord } from '#shared/contract/action.ts';
import { TransferResult } from '#shared/contract/file.ts';

const count = z.number().int();

/** From where a transfer goes on. With its journal that is all it needs. */
export const TransferState = z.object({
  /**
   * The last entry that was dealt with, and all before it in the order of the walk (each folder's names sorted by their bytes): number of the
   * item, and the names below it, in Latin-1. Null: none.
   */
  cursor: z.object({ item: count, names: z.array(z.string()) }).nullable(),
  /** Length of the journal then: what comes behind tells of what was done since. */
  journalBytes: count,
  itemsDone: count,
  itemsTotal: count,
  bytesDone: count,
  bytesTotal: count,
  result: TransferResult,
  /** What was found to be done before anything was. */
  expected: ActionRecord.shape.expected.default(null),
  /** What was asked for while it ran; left out: nothing was. */
  bytesPerSecond: count.nullable().optional(),
  /** Of an undoing: folders of the journal whose times are to be brought back. */
  restorable: z.array(count).optional(),
});
export type TransferState = z.infer<typeof TransferState>;

/** What a transfer has done, or has done until it was ended; `expected` is for its action. */
export const TransferOutput = TransferResult.extend({ expected: TransferState.shape.expected });
export type TransferOutput = z.infer<typeof TransferOutput>;

export function outputOf({ result, expected }: TransferState): TransferOutput {
  return { ...result, expected };
}

export function newState(itemsTotal: number, bytesTotal: number, expected: TransferState['expected']): TransferState {
  return { cursor: null, journalBytes: 0, itemsDone: 0, itemsTotal, bytesDone: 0, bytesTotal, result: emptyResult(), expected };
}

export function emptyResult(): TransferResult {
  return {
    filesCopied: 0,
    foldersCreated: 0,
    symlinksCopied: 0,
    hardLinks: 0,
    bytesCopied: 0,
    itemsMoved: 0,
    skipped: 0,
    identical: 0,
    verified: 0,
    readPastCache: null,
    strategies: [],
    notKept: [],
    created: [],
  };
}
