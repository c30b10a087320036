import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { SavedSearch, SearchHit, SearchSort } from '../../../shared/contract/search.ts';
import { engine, query } from '../../app/engine.ts';
import { useOneAtATime } from './use-one-at-a-time.ts';

/** Fills the screen. */
const FIRST_PAGE_SIZE = 100;
const PAGE_SIZE = 500;
/** So many rows are kept loaded ahead of what is in sight. */
const AHEAD = 100;
/** Each prefix of what is typed has results of its own; only few of them are ever looked at again. */
const KEPT_MS = 20_000;

/** A search as it is asked for. */
export interface SearchQuestion {
  query: string;
  sort: SearchSort;
  order: 'asc' | 'desc';
}

/** Of all that is found; not exact: there is more. */
export interface ResultCount {
  value: number;
  isExact: boolean;
}

export const isBlank = (text: string) => text.trim() === '';

/**
 * What is found: the first rows at once, further ones as they come into sight, and how much there is of it when that is counted: nobody who types
 * waits for that. Until the answer to a new question is there, the one before
 * stays, with `question` saying to what. Read anew when the index tells of changes, see app/domain-events.ts.
 */
export function useSearch(wanted: SearchQuestion) {
  const [asked, ask] = useState(wanted);
  const results = useSearchPages(asked);
  const { data, isFetching, isFetchedAfterMount, isError, isPlaceholderData, hasNextPage, fetchNextPage } = results;
  useOneAtATime({ wanted, asked, isBusy: isFetching, ask });

  const hits = useMemo(() => distinct(data?.pages.flatMap((page) => page.items) ?? []), [data]);
  const first = data?.pages[0];
  // A question that a newer one follows is not counted, nor what was found some time ago before it has been looked for again.
  const isCounting = first?.nextCursor != null && !isPlaceholderData && asked.query === wanted.query;
  const counted = useSearchCount(asked, isCounting && isFetchedAfterMount);
  const answer = useMemo(
    () => first && { ...first, count: countOf(first, isCounting ? counted.data : null) },
    [first, isCounting, counted.data],
  );
  const [shown, setShown] = useState(0);
  const isWanted = hasNextPage && !isPlaceholderData && hits.length < shown + AHEAD;
  useEffect(() => {
    if (isWanted && !isFetching && !isError) void fetchNextPage();
  }, [isWanted, isFetching, isError, fetchNextPage]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins anew.
  useEffect(() => setShown(0), [first?.question]);
  return {
    ...results,
    hits,
    answer,
    /** `count` of the answer is awaited. */
    isCounting: answer?.count === null && !counted.isError,
    isComplete: data !== undefined && !hasNextPage,
    showUpTo: setShown,
    loadAll: useCallback(() => loadAllHits(fetchNextPage), [fetchNextPage]),
  };
}

function useSearchPages(asked: SearchQuestion) {
  return useInfiniteQuery({
    queryKey: [...query.search.query.key({ type: 'infinite' }), asked],
    queryFn: async ({ pageParam, signal }) => {
      const page = pageParam === undefined ? { limit: FIRST_PAGE_SIZE } : { limit: PAGE_SIZE, cursor: pageParam };
      return { ...(await engine.search.query({ ...asked, ...page, count: false }, { signal })), question: asked };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: !isBlank(asked.query),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: KEPT_MS,
    structuralSharing: false,
  });
}

/** All entries that are found, of a search that is not exchanged for another one meanwhile. Rejects as the engine does. */
async function loadAllHits(fetchNextPage: ReturnType<typeof useSearchPages>['fetchNextPage']): Promise<readonly Entry[]> {
  for (let question: SearchQuestion | undefined; ; ) {
    const { data, error, hasNextPage } = await fetchNextPage({ cancelRefetch: false });
    if (error) throw error;
    const asked = data?.pages[0]?.question;
    const hits = distinct(data?.pages.flatMap((page) => page.items) ?? []);
    if (!hasNextPage || (question !== undefined && asked !== question)) return hits.map(({ entry }) => entry);
    question = asked;
  }
}

/** A file that two locations hold is found in both, and is one file. */
function distinct(hits: readonly SearchHit[]): SearchHit[] {
  return [...new Map(hits.map((hit) => [hit.entry.path, hit])).values()];
}

/** What fits on one page needs no counting. */
function countOf(
  first: { items: readonly SearchHit[]; nextCursor: string | null },
  counted: ResultCount | null | undefined,
): ResultCount | null {
  return first.nextCursor === null ? { value: first.items.length, isExact: true } : (counted ?? null);
}

/** How much a search finds, kept up with by app/domain-events.ts. */
export function useSearchCount({ query: text }: Pick<SavedSearch, 'query'>, isWanted = true) {
  const options = query.search.query.queryOptions({ input: { query: text, limit: 1 }, enabled: isWanted });
  return useQuery({ ...options, select: ({ count }) => count });
}

/** The saved searches of the current library. */
export const savedSearchesQuery = query.search.saved.list.queryOptions({ input: {} });

export function useSavedSearches() {
  return useQuery(savedSearchesQuery);
}

export const useAddSavedSearch = () => useMutation(query.search.saved.add.mutationOptions());
export const useUpdateSavedSearch = () => useMutation(query.search.saved.update.mutationOptions());
export const useRemoveSavedSearch = () => useMutation(query.search.saved.remove.mutationOptions());
