import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Entry, EntrySort } from '../../../shared/contract/entry.ts';
import { query } from '../../app/engine.ts';

/** Small enough to be shown at once. */
const FIRST_PAGE_SIZE = 200;
/** The engine's limit. */
const PAGE_SIZE = 1000;
/** So many rows are kept loaded ahead of what is in sight. */
const AHEAD = 100;

export interface EntryListing {
  path: string;
  sort: EntrySort;
  order: 'asc' | 'desc';
  showHidden: boolean;
}

/**
 * One folder: its first rows at once, further ones as they come into sight, or all of them when something needs all. It is read
 * anew when it is opened, when the index tells of changes, and when the window is looked at again: other programs change folders, too.
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
      // Comparing tens of thousands of entries with those of before costs more than drawing the few in sight again.
      structuralSharing: false,
    }),
  );
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = listing;
  const entries: Entry[] = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const folder = data?.pages[0];
  const totalCount = folder?.totalCount ?? 0;
  const [wanted, setWanted] = useState(0);
  const isWanted = hasNextPage && entries.length < wanted + AHEAD;
  useEffect(() => {
    if (isWanted && !isFetching && !isError) void fetchNextPage();
  }, [isWanted, isFetching, isError, fetchNextPage]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another listing begins anew.
  useEffect(() => setWanted(0), [path, sort, order, showHidden]);
  return {
    ...listing,
    entries,
    totalCount,
    folder,
    isComplete: data !== undefined && !hasNextPage,
    /** A row of this index is in sight: it and those after it are loaded. */
    showUpTo: setWanted,
    loadAll: useCallback(() => setWanted(Number.POSITIVE_INFINITY), []),
  };
}
