/**
 * The one place that knows which cached query a domain event changes. Where the event carries the object, it is put into
 * the cache; else the query is fetched again. Features never subscribe to events to refresh their data.
 */
import type { QueryClient } from '@tanstack/react-query';
import type { DomainEventOf, DomainEventType } from '../../shared/contract/event.ts';
import type { Job, JobProgress } from '../../shared/contract/job.ts';
import type { Library } from '../../shared/contract/library.ts';
import type { Location } from '../../shared/contract/location.ts';
import type { SavedSearch } from '../../shared/contract/search.ts';
import type { Volume } from '../../shared/contract/volume.ts';
import { applyAction } from '../features/action/action-queries.ts';
import { changedFolders } from '../features/action/changed-folders.ts';
import { jobsQuery } from '../features/job/job-queries.ts';
import { librariesQuery } from '../features/library/library-queries.ts';
import { locationsQuery } from '../features/location/location-queries.ts';
import { savedSearchesQuery } from '../features/search/search-queries.ts';
import { configQuery } from '../features/settings/settings-queries.ts';
import { volumesQuery } from '../features/volume/volume-queries.ts';
import { parentPath, presentAddress } from '../lib/entry-path.ts';
import { useConnection } from './connection-store.ts';
import { query } from './engine.ts';
import type { ListingRefresh } from './listing-refresh.ts';

/** What events are applied to. */
export interface PageData {
  client: QueryClient;
  listings: ListingRefresh;
}

type Handlers = { [T in DomainEventType]: (page: PageData, event: DomainEventOf<T>) => void };

const volumeChanged = ({ client }: PageData, event: { volume: Volume; libraryId?: string | undefined }) =>
  applyVolume(client, event.volume, event.libraryId);
const jobChanged = ({ client }: PageData, event: { job: Job }) => applyJob(client, event.job);
const locationChanged = ({ client }: PageData, event: { location: Location }) => applyLocation(client, event.location);
const savedSearchChanged = ({ client }: PageData, event: { search: SavedSearch }) => applySavedSearch(client, event.search);
/** Names, places, or what is plugged in: what a search finds may be something else now. */
const searchesStale = ({ listings }: PageData) => listings.markSearchesStale();
const librarySetChanged = ({ client }: PageData) => {
  refetch(client, query.libraries.key());
  refetch(client, query.volumes.key());
  refetch(client, query.locations.key());
  refetch(client, query.jobs.key());
  // Which folders are known without their disk, and what is known of them, is another library's now.
  refetch(client, query.entries.key());
  refetch(client, query.search.key());
};
const noticed = ({ client }: PageData) => refetch(client, query.system.info.key());
const nothing = () => undefined;

const HANDLERS: Handlers = {
  VolumeAdded: volumeChanged,
  VolumeUpdated: (page, event) => {
    // Told of whenever its free space changes; only its name shows in what is found.
    const old = page.client.getQueryData(volumesQuery.queryKey)?.items.find(({ fingerprint }) => fingerprint === event.volume.fingerprint);
    if (old?.name !== event.volume.name) searchesStale(page);
    volumeChanged(page, event);
  },
  VolumeTracked: volumeChanged,
  VolumeMountChanged: (page, event) => {
    volumeChanged(page, event);
    searchesStale(page);
  },
  VolumeRemoved: ({ client }, event) => removeVolume(client, event.fingerprint),
  VolumeUntracked: ({ client }) => refetch(client, query.volumes.list.key()),
  VolumeSpeedTested: ({ client }) => refetch(client, query.volumes.operations.key()),
  VolumeError: noticed,
  CoreNotice: noticed,
  LibrarySwitched: (page, { library }) => {
    setCurrentLibrary(page.client, library);
    librarySetChanged(page);
  },
  LibraryCreated: librarySetChanged,
  LibraryOpened: librarySetChanged,
  LibraryClosed: librarySetChanged,
  LibraryDeleted: librarySetChanged,
  LibraryRenamed: ({ client }, event) => applyLibrary(client, event.library),
  LibraryUpdated: ({ client }, event) => applyLibrary(client, event.library),
  JobQueued: jobChanged,
  JobStarted: jobChanged,
  JobPaused: jobChanged,
  JobResumed: jobChanged,
  JobReordered: jobChanged,
  JobCompleted: jobChanged,
  JobFailed: jobChanged,
  JobCancelled: jobChanged,
  JobProgress: ({ client }, event) => applyProgress(client, event.jobId, event.progress),
  ActionChanged: ({ client, listings }, { action }) => {
    applyAction(client, action);
    if (action.status === 'running') return;
    const volumes = client.getQueryData(volumesQuery.queryKey)?.items ?? [];
    const deviceId = useConnection.getState().engine?.device.id ?? '';
    // Lists that no index keeps up to date would show what was before.
    listings.markStale({ folders: changedFolders(action).map((folder) => presentAddress(folder, volumes, deviceId)), hasLeft: true });
    if (action.type.startsWith('file.') || action.type === 'undo') refetch(client, query.files.trashed.key());
  },
  EntryCreated: ({ listings }, event) => listings.markStale({ folders: parentsOf(event.paths) }),
  EntriesChanged: (page, event) => {
    const { listings } = page;
    const hasLeft = event.moved + event.removed > 0;
    listings.markStale({ folders: event.folders, alsoIn: event.hasMoreFolders ? event.locationId : null, hasLeft });
    // The totals of the location have changed with them.
    listings.markQueryStale(locationsQuery.queryKey);
    searchesStale(page);
  },
  EntryMoved: ({ listings }, event) => listings.markStale({ folders: parentsOf(event.moves.flatMap(({ from, to }) => [from, to])) }),
  LocationAdded: (page, event) => {
    locationChanged(page, event);
    // Folders in it come from the index now, and are known without their drive.
    page.listings.markStale({ folders: [event.location.path] });
  },
  LocationUpdated: (page, event) => {
    locationChanged(page, event);
    searchesStale(page);
  },
  LocationRemoved: (page, event) => {
    const { client, listings } = page;
    const path = client.getQueryData(locationsQuery.queryKey)?.items.find(({ id }) => id === event.locationId)?.path;
    removeLocation(client, event.locationId);
    // Folders above it have shown what it knows of its own.
    listings.markStale({ folders: path === undefined ? [] : [path], alsoIn: event.locationId });
    searchesStale(page);
  },
  SavedSearchAdded: savedSearchChanged,
  SavedSearchUpdated: savedSearchChanged,
  SavedSearchRemoved: ({ client }, event) => removeSavedSearch(client, event.searchId),
  ConfigChanged: ({ client }, event) => {
    client.setQueryData(configQuery.queryKey, event.config);
    refetch(client, query.volumes.list.key());
  },
  EventsLost: ({ client }) => refetch(client, []),
  CoreStarted: nothing,
  CoreShutdown: nothing,
};

export function applyDomainEvent<T extends DomainEventType>(page: PageData, event: DomainEventOf<T>): void {
  const handle: (page: PageData, event: DomainEventOf<T>) => void = HANDLERS[event.type as T];
  // An engine of the same contract version sends no other types; a missing handler would stop the stream of events.
  handle?.(page, event);
}

function refetch(client: QueryClient, queryKey: readonly unknown[]): void {
  void client.invalidateQueries({ queryKey });
}

/** A volume seen by another library than the current one says nothing about the current one's tracking of it. */
function applyVolume(client: QueryClient, volume: Volume, libraryId: string | undefined): void {
  if (libraryId !== undefined && libraryId !== currentLibraryId(client)) return;
  if (volume.status === 'offline' && volume.tracking === null) {
    removeVolume(client, volume.fingerprint);
    return;
  }
  client.setQueryData(volumesQuery.queryKey, (old) => {
    if (!old) return old;
    const known = old.items.some((item) => item.fingerprint === volume.fingerprint);
    if (known) return { ...old, items: old.items.map((item) => (item.fingerprint === volume.fingerprint ? volume : item)) };
    return volume.isUserVisible ? { ...old, items: [...old.items, volume] } : old;
  });
  refetch(client, query.volumes.operations.key({ input: { volume: volume.fingerprint } }));
}

function removeVolume(client: QueryClient, fingerprint: string): void {
  client.setQueryData(volumesQuery.queryKey, (old) =>
    old ? { ...old, items: old.items.filter((item) => item.fingerprint !== fingerprint) } : old,
  );
}

function applyLibrary(client: QueryClient, library: Library): void {
  client.setQueryData(librariesQuery.queryKey, (old) =>
    old ? { ...old, items: old.items.map((item) => (item.id === library.id ? library : item)) } : old,
  );
}

/** At once: what is still told of the one before is not of the current one any more. */
function setCurrentLibrary(client: QueryClient, current: Library | null): void {
  client.setQueryData(librariesQuery.queryKey, (old) => {
    if (!old || !current) return old;
    const isKnown = old.items.some(({ id }) => id === current.id);
    const all = isKnown ? old.items : [...old.items, current];
    return { ...old, items: all.map((library) => ({ ...library, isCurrent: library.id === current.id })) };
  });
}

function applyProgress(client: QueryClient, jobId: string, progress: JobProgress): void {
  client.setQueryData(jobsQuery.queryKey, (old) =>
    old ? { ...old, items: old.items.map((job) => (job.id === jobId ? { ...job, progress } : job)) } : old,
  );
}

function applyJob(client: QueryClient, job: Job): void {
  client.setQueryData(jobsQuery.queryKey, (old) => {
    if (!old) return old;
    const known = old.items.some((item) => item.id === job.id);
    return { ...old, items: known ? old.items.map((item) => (item.id === job.id ? job : item)) : [job, ...old.items] };
  });
}

function applyLocation(client: QueryClient, location: Location): void {
  if (location.libraryId !== currentLibraryId(client)) return;
  client.setQueryData(locationsQuery.queryKey, (old) => {
    if (!old) return old;
    const isKnown = old.items.some((item) => item.id === location.id);
    return { ...old, items: isKnown ? old.items.map((item) => (item.id === location.id ? location : item)) : [...old.items, location] };
  });
}

function removeLocation(client: QueryClient, id: string): void {
  client.setQueryData(locationsQuery.queryKey, (old) => (old ? { ...old, items: old.items.filter((item) => item.id !== id) } : old));
}

function applySavedSearch(client: QueryClient, search: SavedSearch): void {
  if (search.libraryId !== currentLibraryId(client)) return;
  client.setQueryData(savedSearchesQuery.queryKey, (old) => {
    if (!old) return old;
    const isKnown = old.items.some((item) => item.id === search.id);
    return { ...old, items: isKnown ? old.items.map((item) => (item.id === search.id ? search : item)) : [...old.items, search] };
  });
}

function removeSavedSearch(client: QueryClient, id: string): void {
  client.setQueryData(savedSearchesQuery.queryKey, (old) => (old ? { ...old, items: old.items.filter((item) => item.id !== id) } : old));
}

function currentLibraryId(client: QueryClient): string | undefined {
  return client.getQueryData(librariesQuery.queryKey)?.items.find((library) => library.isCurrent)?.id;
}

const parentsOf = (paths: readonly string[]) => [...new Set(paths.map(parentPath))].filter((path) => path !== null);
