import { useInfiniteQuery } from '@tanstack/react-query';
import { query } from '../../app/engine.ts';

const PAGE_SIZE = 200;

/** What lies in the trash of all drives that are plugged in, newest first. Other programs use it, too: it is read anew when it is opened. */
export function useTrash() {
  const listing = useInfiniteQuery(
    query.files.trashed.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      staleTime: 0,
      gcTime: 0,
      refetchOnWindowFocus: 'always',
    }),
  );
  return { ...listing, items: listing.data?.pages.flatMap((page) => page.items) ?? [] };
}
