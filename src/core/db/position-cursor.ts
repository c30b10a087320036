import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';

const PositionCursor = z.object({ from: z.number().int().nonnegative() });

/** For a list that only grows at its end: the next page begins at a position. */
export function writePositionCursor(from: number): string {
  return Buffer.from(JSON.stringify({ from })).toString('base64url');
}

/** @returns the position that it was made of; 0 without a cursor. @throws MooringError `CURSOR_INVALID` */
export function readPositionCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  try {
    return PositionCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))).from;
  } catch (error) {
    throw new MooringError('CURSOR_INVALID', 'This cursor is not one of this list. Start again from the first page.', { cause: error });
  }
}
