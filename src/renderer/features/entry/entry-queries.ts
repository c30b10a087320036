import { useInfiniteQuery } from '@tanstack/react-query';
import type { EntrySort } from '../../../shared/contract/entry.ts';
import { query } from '../../app/engine.ts';

const PAGE_SIZE = 500;

export interface EntryListing {
  path: string;
  sort: EntrySort;
  order: 'asc' | 'desc';
  showHidden: boolean;
}

/**
 * One folder, page by page. It is read anew when it is opened and when the window is looked at again: other programs
 * change folders, too.
 */
export function useEntries({ path, sort, order, showHidden }: EntryListing) {
  return useInfiniteQuery(
    query.entries.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        path,
        sort,
        order,
        showHidden,
        limit: PAGE_SIZE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      staleTime: 0,
      refetchOnWindowFocus: 'always',
      gcTime: 60_000,
    }),
  );
}
