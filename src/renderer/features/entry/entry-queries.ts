import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { EntrySort } from '../../../shared/contract/entry.ts';
import { query } from '../../app/engine.ts';

/** Small enough to be shown at once. */
const FIRST_PAGE_SIZE = 200;
/** The engine's limit. */
const PAGE_SIZE = 1000;

export interface EntryListing {
  path: string;
  sort: EntrySort;
  order: 'asc' | 'desc';
  showHidden: boolean;
}

/**
 * One folder: its first rows at once, then page by page the rest, so that scrolling, typing a name and selecting
 * everything never stop at what happens to be loaded. It is read anew when it is opened and when the window is looked at
 * again: other programs change folders, too.
 */
export function useEntries({ path, sort, order, showHidden }: EntryListing) {
  const listing = useInfiniteQuery(
    query.entries.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        path,
        sort,
        order,
        showHidden,
        limit: cursor === undefined ? FIRST_PAGE_SIZE : PAGE_SIZE,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      staleTime: 0,
      refetchOnWindowFocus: 'always',
      gcTime: 60_000,
    }),
  );
  const { hasNextPage, isFetching, isError, fetchNextPage } = listing;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return listing;
}
