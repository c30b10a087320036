import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Library } from '../../shared/contract/library.ts';
import type { Location } from '../../shared/contract/location.ts';
import { librariesQuery } from '../features/library/library-queries.ts';
import { locationsQuery } from '../features/location/location-queries.ts';
import { applyDomainEvent } from './domain-events.ts';
import { ListingRefresh } from './listing-refresh.ts';

const library = (id: string, isCurrent: boolean) => ({ id, name: id, isCurrent }) as Library;

it('takes no location of the library before for one of the current one, though lists have not been read again', () => {
  const client = new QueryClient();
  const page = { client, listings: new ListingRefresh(client) };
  client.setQueryData(librariesQuery.queryKey, { items: [library('home', true)], nextCursor: null });
  const at = new Date().toISOString();
  applyDomainEvent(page, { type: 'LibrarySwitched', library: library('elsewhere', true), id: 1, at });
  // The locations were read before the libraries.
  client.setQueryData(locationsQuery.queryKey, { items: [], nextCursor: null });
  const location = { id: 'l', libraryId: 'home', path: '/l' } as Location;
  applyDomainEvent(page, { type: 'LocationUpdated', libraryId: 'home', location, id: 2, at });
  expect(client.getQueryData(locationsQuery.queryKey)?.items).toEqual([]);
  applyDomainEvent(page, {
    type: 'LocationUpdated',
    libraryId: 'elsewhere',
    location: { ...location, libraryId: 'elsewhere' },
    id: 3,
    at,
  });
  expect(client.getQueryData(locationsQuery.queryKey)?.items).toHaveLength(1);
  client.clear();
});
