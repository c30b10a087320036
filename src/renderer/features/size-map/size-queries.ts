import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { query } from '../../app/engine.ts';

/** As many as can be told apart on a screen. */
const MOST_NODES = 1000;

/** Where the space of a folder went. It is asked again when the index tells of changes: see `app/listing-refresh.ts`. */
export function useSizes(path: string) {
  return useQuery({
    ...query.entries.sizes.queryOptions({ input: { path, limit: MOST_NODES } }),
    staleTime: 0,
    gcTime: 60_000,
    // The map before stays until there is another one.
    placeholderData: keepPreviousData,
  });
}

export type SizeMapData = NonNullable<ReturnType<typeof useSizes>['data']>;
