import { QueryClient } from '@tanstack/react-query';

/**
 * What the engine knows, cached. Nothing here goes stale by time: domain events keep it true (see domain-events.ts), so
 * nothing is fetched again on focus, on mount or by a timer unless a query says so.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The engine is on this computer: whether the network is up says nothing about it.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
