import { oc } from '@orpc/contract';
import { z } from 'zod';
import { LibraryRef } from './library.ts';
import { ByteCount, PageInput, pageOf, Timestamp } from './paging.ts';
import { Told } from './reason.ts';

export const JobStatus = z.enum(['queued', 'running', 'paused', 'completed', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;

/**
 * Why a job is paused, and so what ends it: `user` (resume it), `shutdown` (Mooring starts again), `volume-offline` (the
 * volume is back), `no-space` (there is room again on the library's drive, or it is resumed).
 */
export const PauseReason = z.enum(['user', 'shutdown', 'volume-offline', 'no-space']);
export type PauseReason = z.infer<typeof PauseReason>;

export const JobProgress = z.object({
  /** 0 to 1; null while the amount of work is not known. */
  fraction: z.number().min(0).max(1).nullable(),
  phase: z.string(),
  currentItem: z.string().nullable(),
  itemsDone: z.number().int(),
  itemsTotal: z.number().int().nullable(),
  bytesDone: ByteCount,
  bytesTotal: ByteCount.nullable(),
  /** Over a sliding window. */
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Things that did not work so far. */
  warnings: z.number().int(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/** One thing that did not work, while the job as a whole went on. */
export const JobProblem = z.object({ path: z.string(), ...Told.shape });
export type JobProblem = z.infer<typeof JobProblem>;

export const Job = z.object({
  id: z.uuid(),
  /** Kind of job, e.g. `file-transfer`. */
  name: z.string(),
  /** The library that remembers it; null for a job that is forgotten when Mooring stops. */
  libraryId: z.uuid().nullable(),
  /** In lists and events, only the first hundred of many files (`sources`), and their number (`sourcesCount`). */
  input: z.record(z.string(), z.unknown()),
  status: JobStatus,
  pauseReason: PauseReason.nullable(),
  /** Whether `pause` can stop it and `resume` let it go on from where it was. */
  isResumable: z.boolean(),
  /** Jobs of a user run before those that Mooring starts by itself. */
  priority: z.enum(['user', 'background']),
  /** Of jobs that wait, those of one priority start in this order, the lowest first. */
  turn: z.number(),
  parentId: z.uuid().nullable(),
  progress: JobProgress,
  output: z.record(z.string(), z.unknown()).nullable(),
  /** Why it failed; of a paused job what it has met, such as how much room is missing. */
  error: Told.nullable(),
  problemCount: z.number().int(),
  /** The first hundred. */
  problems: z.array(JobProblem),
  /** Fingerprints of the volumes in use. */
  volumes: z.array(z.string()),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  completedAt: Timestamp.nullable(),
  lastCheckpointAt: Timestamp.nullable(),
});
export type Job = z.infer<typeof Job>;

export const JobLogLine = z.object({
  at: Timestamp,
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
});
export type JobLogLine = z.infer<typeof JobLogLine>;

/** A kind of job that can be started by its name. */
export const JobKind = z.object({
  name: z.string(),
  isResumable: z.boolean(),
  /** JSON Schema of its input. */
  inputSchema: z.record(z.string(), z.unknown()),
});
export type JobKind = z.infer<typeof JobKind>;

const Ref = z.object({ id: z.uuid('This is not the id of a job') });
const tag = 'Jobs';
export const jobsContract = {
  list: oc
    .route({ method: 'GET', path: '/jobs', tags: [tag], summary: 'Newest first' })
    .input(PageInput.extend({ status: JobStatus.optional(), library: LibraryRef.optional() }))
    .output(pageOf(Job)),
  get: oc
    .route({ method: 'GET', path: '/jobs/{id}', tags: [tag] })
    .input(Ref)
    .output(Job),
  /** What did not work, oldest first. */
  problems: oc
    .route({ method: 'GET', path: '/jobs/{id}/problems', tags: [tag] })
    .input(PageInput.extend(Ref.shape))
    .output(pageOf(JobProblem)),
  log: oc
    .route({ method: 'GET', path: '/jobs/{id}/log', tags: [tag], summary: 'Oldest first' })
    .input(PageInput.extend(Ref.shape))
    .output(pageOf(JobLogLine)),
  kinds: oc.route({ method: 'GET', path: '/jobs/kinds', tags: [tag] }).output(z.object({ items: z.array(JobKind), nextCursor: z.null() })),
  dispatch: oc
    .route({ method: 'POST', path: '/jobs', tags: [tag], successStatus: 202, summary: 'Starts a job by the name of its kind' })
    .input(z.object({ name: z.string(), input: z.record(z.string(), z.unknown()).default({}), library: LibraryRef.optional() }))
    .output(z.object({ job: Job })),
  pause: oc
    .route({ method: 'POST', path: '/jobs/{id}/pause', tags: [tag] })
    .input(Ref)
    .output(Job),
  resume: oc
    .route({ method: 'POST', path: '/jobs/{id}/resume', tags: [tag] })
    .input(Ref)
    .output(Job),
  /** Puts a job that waits elsewhere in the queue of its priority. @returns all whose turn has changed */
  reorder: oc
    .route({ method: 'POST', path: '/jobs/{id}/reorder', tags: [tag], summary: 'Puts a waiting job first, last, or in front of another' })
    .input(Ref.extend({ to: z.union([z.literal(['first', 'last']), z.object({ before: z.uuid() })]) }))
    .output(z.object({ items: z.array(Job), nextCursor: z.null() })),
  cancel: oc
    .route({ method: 'POST', path: '/jobs/{id}/cancel', tags: [tag] })
    .input(Ref)
    .output(Job),
  /** Starts a job that has ended again, as a new job: what failed, or what it had problems with. */
  retry: oc
    .route({ method: 'POST', path: '/jobs/{id}/retry', tags: [tag], successStatus: 202 })
    .input(Ref)
    .output(z.object({ job: Job })),
  clearFinished: oc
    .route({ method: 'DELETE', path: '/jobs/finished', tags: [tag], summary: 'Forgets the jobs that have ended' })
    .output(z.object({ cleared: z.number().int() })),
};
