/**
 * The one place that knows which cached query a domain event changes. Where the event carries the object, it is put into
 * the cache; else the query is fetched again. Features never subscribe to events to refresh their data.
 */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Entry } from '../../shared/contract/entry.ts';
import type { DomainEventOf, DomainEventType } from '../../shared/contract/event.ts';
import type { Job, JobProgress } from '../../shared/contract/job.ts';
import type { Library } from '../../shared/contract/library.ts';
import type { Volume } from '../../shared/contract/volume.ts';
import { jobsQuery } from '../features/job/job-queries.ts';
import { librariesQuery } from '../features/library/library-queries.ts';
import { configQuery } from '../features/settings/settings-queries.ts';
import { volumesQuery } from '../features/volume/volume-queries.ts';
import { parentPath } from '../lib/entry-path.ts';
import { query } from './engine.ts';

type Handlers = { [T in DomainEventType]: (client: QueryClient, event: DomainEventOf<T>) => void };

const volumeChanged = (client: QueryClient, event: { volume: Volume; libraryId?: string | undefined }) =>
  applyVolume(client, event.volume, event.libraryId);
const jobChanged = (client: QueryClient, event: { job: Job }) => applyJob(client, event.job);
const librarySetChanged = (client: QueryClient) => {
  refetch(client, query.libraries.key());
  refetch(client, query.volumes.key());
};
const noticed = (client: QueryClient) => refetch(client, query.system.info.key());
const nothing = () => undefined;

const HANDLERS: Handlers = {
  VolumeAdded: volumeChanged,
  VolumeUpdated: volumeChanged,
  VolumeTracked: volumeChanged,
  VolumeMountChanged: volumeChanged,
  VolumeRemoved: (client, event) => removeVolume(client, event.fingerprint),
  VolumeUntracked: (client) => refetch(client, query.volumes.list.key()),
  VolumeSpeedTested: (client) => refetch(client, query.volumes.operations.key()),
  VolumeError: noticed,
  CoreNotice: noticed,
  LibrarySwitched: librarySetChanged,
  LibraryCreated: librarySetChanged,
  LibraryOpened: librarySetChanged,
  LibraryClosed: librarySetChanged,
  LibraryDeleted: librarySetChanged,
  LibraryRenamed: (client, event) => applyLibrary(client, event.library),
  LibraryUpdated: (client, event) => applyLibrary(client, event.library),
  JobQueued: jobChanged,
  JobStarted: jobChanged,
  JobCompleted: jobChanged,
  JobFailed: jobChanged,
  JobCancelled: jobChanged,
  JobProgress: (client, event) => applyProgress(client, event.jobId, event.progress),
  EntryCreated: (client, event) => refreshFolders(client, event.paths),
  ConfigChanged: (client, event) => {
    client.setQueryData(configQuery.queryKey, event.config);
    refetch(client, query.volumes.list.key());
  },
  EventsLost: (client) => refetch(client, []),
  CoreStarted: nothing,
  CoreShutdown: nothing,
};

export function applyDomainEvent<T extends DomainEventType>(client: QueryClient, event: DomainEventOf<T>): void {
  const handle: (client: QueryClient, event: DomainEventOf<T>) => void = HANDLERS[event.type as T];
  // An engine of the same contract version sends no other types; a missing handler would stop the stream of events.
  handle?.(client, event);
}

function refetch(client: QueryClient, queryKey: readonly unknown[]): void {
  void client.invalidateQueries({ queryKey });
}

/** A volume seen by another library than the current one says nothing about the current one's tracking of it. */
function applyVolume(client: QueryClient, volume: Volume, libraryId: string | undefined): void {
  const libraries = client.getQueryData(librariesQuery.queryKey);
  const current = libraries?.items.find((library) => library.isCurrent);
  if (libraryId !== undefined && libraryId !== current?.id) return;
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

/** Lists again the folders in which something appeared, where they are shown. */
function refreshFolders(client: QueryClient, paths: string[]): void {
  const folders = new Set(paths.map(parentPath));
  void client.invalidateQueries({
    queryKey: query.entries.list.key({ type: 'infinite' }),
    predicate: ({ state }) => {
      const listing = state.data as InfiniteData<{ folder: Entry }> | undefined;
      const folder = listing?.pages[0]?.folder.path.replace(/\/+$/, '');
      return folder === undefined || folders.has(folder);
    },
  });
}
