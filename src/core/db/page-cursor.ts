import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';

const PageCursor = z.object({ before: z.uuid() });

/** For a list that is ordered by UUID v7, newest first: the next page begins after the row `lastId`, also when that has gone. */
export function writePageCursor(lastId: string): string {
  return Buffer.from(JSON.stringify({ before: lastId })).toString('base64url');
}

/** @returns the `lastId` that it was made of. @throws MooringError `CURSOR_INVALID` */
export function readPageCursor(cursor: string): string {
  try {
    return PageCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))).before;
  } catch (error) {
    throw new MooringError('CURSOR_INVALID', 'This cursor is not one of this list. Start again from the first page.', { cause: error });
  }
}
