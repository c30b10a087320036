import { type InfiniteData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { query } from '../../app/engine.ts';

const PAGE_SIZE = 100;

interface ActionFilter {
  /** Words that an action holds; empty for all. */
  text: string;
  status: ActionRecord['status'] | null;
}

/** The audit log, newest first. */
export function useActions({ text, status }: ActionFilter) {
  const listing = useInfiniteQuery(
    query.actions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: PAGE_SIZE,
        ...(text === '' ? {} : { text }),
        ...(status === null ? {} : { status }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      staleTime: 0,
      placeholderData: (before) => before,
    }),
  );
  return { ...listing, items: listing.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** Puts a record in the place of its former self wherever it is listed; a new one has every list read again. */
export function applyAction(client: QueryClient, action: ActionRecord): void {
  let isKnown = false;
  client.setQueriesData<InfiniteData<{ items: ActionRecord[]; nextCursor: string | null }>>(
    { queryKey: query.actions.list.key({ type: 'infinite' }) },
    (old) => {
      if (!old?.pages.some((page) => page.items.some(({ id }) => id === action.id))) return old;
      isKnown = true;
      const replace = (item: ActionRecord) => (item.id === action.id ? action : item);
      return { ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.map(replace) })) };
    },
  );
  if (!isKnown) void client.invalidateQueries({ queryKey: query.actions.list.key() });
}
