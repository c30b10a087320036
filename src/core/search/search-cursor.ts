import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import type { SearchKey } from './index/search-index.ts';

const SearchCursor = z.object({
  /** Which list it belongs to. */
  list: z.string(),
  /** Of the first page, in milliseconds: so that `modified:<7d` means the same on all of them. */
  now: z.number().int().min(-8.64e15).max(8.64e15),
  key: z.array(z.union([z.string(), z.number(), z.null()])),
});

/** What makes a list of what was found: pages of one do not go with those of another. */
export interface SearchList {
  libraryId: string;
  query: string;
  sort: string;
  order: string;
}

export function writeSearchCursor(list: SearchList, now: number, key: SearchKey): string {
  return Buffer.from(JSON.stringify({ list: hashOf(list), now, key })).toString('base64url');
}

/** @throws MooringError `CURSOR_INVALID` */
export function readSearchCursor(cursor: string, list: SearchList): { now: number; key: SearchKey } {
  let cause: unknown;
  try {
    const { list: hash, now, key } = SearchCursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (hash === hashOf(list)) return { now, key };
  } catch (error) {
    cause = error;
  }
  throw new MooringError('CURSOR_INVALID', 'This cursor is not one of this search. Start again from the first page.', { cause });
}

function hashOf({ libraryId, query, sort, order }: SearchList): string {
  return createHash('sha256').update([libraryId, sort, order, query].join('\0')).digest('base64url').slice(0, 16);
}
