import type { SavedSearch } from '../../../shared/contract/search.ts';
import { useRoute } from '../../app/navigation.ts';
import type { SearchRoute } from '../../lib/route.ts';
import { type SearchQuestion, useSavedSearches } from './search-queries.ts';

/** The search that a route leads to: what it says itself, else the saved search says. */
export function questionOf(route: SearchRoute, saved: SavedSearch | undefined): SearchQuestion {
  const query = route.query ?? saved?.query ?? '';
  const sort = route.sort ?? saved?.sort ?? 'relevance';
  // The best first: relevance knows no other order.
  if (sort === 'relevance') return { query, sort, order: 'desc' };
  const usual = sort === 'name' ? 'asc' : 'desc';
  return { query, sort, order: route.order ?? (route.sort === null ? saved?.order : undefined) ?? usual };
}

/** The saved search that is open, also while it is being changed. */
export function useOpenSavedSearch(): SavedSearch | undefined {
  const route = useRoute();
  const id = route.page === 'search' ? route.saved : null;
  return useSavedSearches().data?.items.find((search) => search.id === id);
}

/** What the search box says: the open search, or nothing. */
export function useQueryText(): string {
  const route = useRoute();
  const saved = useOpenSavedSearch();
  return route.page === 'search' ? questionOf(route, saved).query : '';
}
