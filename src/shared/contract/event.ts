import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { ActionRecord } from './action.ts';
import { Config } from './config.ts';
import { Job, JobProgress } from './job.ts';
import { Library, LibraryRef } from './library.ts';
import { Location } from './location.ts';
import { Timestamp } from './paging.ts';
import { SavedSearch } from './search.ts';
import { SpeedTestResult, Volume } from './volume.ts';

/** `id` is monotonic within one run of the engine. */
const base = { id: z.number().int(), at: Timestamp, libraryId: z.uuid().optional() };
function event<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.object({ type: z.literal(type), ...base, ...shape });
}

/** Facts about the domain. Which cached query a screen refreshes on which of them is written in the renderer, and there alone. */
export const DomainEvent = z.discriminatedUnion('type', [
  event('CoreStarted', { version: z.string() }),
  event('CoreShutdown', {}),
  event('CoreNotice', { code: z.string(), message: z.string() }),
  event('LibraryCreated', { library: Library }),
  event('LibraryOpened', { library: Library }),
  event('LibraryClosed', { library: Library, reason: z.enum(['user', 'shutdown', 'volume-offline']) }),
  event('LibraryRenamed', { library: Library }),
  event('LibraryUpdated', { library: Library }),
  event('LibraryDeleted', { name: z.string() }),
  /** Another library became current, or none. */
  event('LibrarySwitched', { library: Library.nullable() }),
  event('VolumeAdded', { volume: Volume }),
  event('VolumeRemoved', { fingerprint: z.string(), volume: Volume }),
  event('VolumeUpdated', { volume: Volume }),
  event('VolumeMountChanged', {
    fingerprint: z.string(),
    isMounted: z.boolean(),
    mountPoint: z.string().nullable(),
    mountPoints: z.array(z.string()),
    volume: Volume,
  }),
  event('VolumeSpeedTested', { fingerprint: z.string(), result: SpeedTestResult }),
  event('VolumeTracked', { volume: Volume }),
  event('VolumeUntracked', { fingerprint: z.string() }),
  event('VolumeError', { fingerprint: z.string().nullable(), code: z.string(), message: z.string() }),
  event('JobQueued', { job: Job }),
  event('JobStarted', { job: Job }),
  event('JobPaused', { job: Job }),
  event('JobResumed', { job: Job }),
  event('JobReordered', { job: Job }),
  event('JobProgress', { jobId: z.uuid(), progress: JobProgress }),
  event('JobCompleted', { job: Job }),
  event('JobFailed', { job: Job }),
  event('JobCancelled', { job: Job }),
  /** Something that the user did has begun, has ended, or was undone. Its input holds the first of each list alone. */
  event('ActionChanged', { action: ActionRecord }),
  event('EntryCreated', { paths: z.array(z.string()) }),
  /**
   * The index has changed: one event for many changes, at most a few in a second. `folders` are those whose own entries have changed
   * (addresses as in `Entry.path`), the first hundred of them; of the folders above them sizes and counts have changed.
   */
  event('EntriesChanged', {
    locationId: z.uuid(),
    folders: z.array(z.string()),
    hasMoreFolders: z.boolean(),
    created: z.number().int(),
    modified: z.number().int(),
    moved: z.number().int(),
    removed: z.number().int(),
  }),
  /** Entries that have another name or folder now and are the same as before, the first hundred of a batch. */
  event('EntryMoved', { locationId: z.uuid(), moves: z.array(z.object({ uuid: z.uuid(), from: z.string(), to: z.string() })) }),
  event('LocationAdded', { location: Location }),
  event('LocationUpdated', { location: Location }),
  event('LocationRemoved', { locationId: z.uuid() }),
  event('SavedSearchAdded', { search: SavedSearch }),
  event('SavedSearchUpdated', { search: SavedSearch }),
  event('SavedSearchRemoved', { searchId: z.uuid() }),
  event('ConfigChanged', { config: Config }),
  /** The subscriber was too slow: `count` events are missing, and it has to fetch again what it shows. */
  event('EventsLost', { count: z.number().int() }),
]);
export type DomainEvent = z.infer<typeof DomainEvent>;
export type DomainEventType = DomainEvent['type'];
export type DomainEventOf<T extends DomainEventType> = Extract<DomainEvent, { type: T }>;

export const EVENT_TYPES = DomainEvent.options.map((option) => option.shape.type.value);

const EventType = z.enum(EVENT_TYPES as [DomainEventType, ...DomainEventType[]]);
const tag = 'Events';
export const eventsContract = {
  subscribe: oc
    .route({ method: 'GET', path: '/events', tags: [tag], summary: 'Domain events as they happen (server-sent events over REST)' })
    .input(z.object({ types: z.array(EventType).optional(), library: LibraryRef.optional() }))
    .output(eventIterator(DomainEvent)),
};
