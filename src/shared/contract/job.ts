import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ByteCount, PageInput, pageOf, Timestamp } from './paging.ts';

export const JobStatus = z.enum(['queued', 'running', 'paused', 'completed', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;

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
});
export type JobProgress = z.infer<typeof JobProgress>;

/** One thing that did not work, while the job as a whole went on. */
export const JobProblem = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type JobProblem = z.infer<typeof JobProblem>;

export const Job = z.object({
  id: z.uuid(),
  /** Kind of job, e.g. `file-copy`. */
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  status: JobStatus,
  progress: JobProgress,
  output: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  problemCount: z.number().int(),
  /** The first hundred. */
  problems: z.array(JobProblem),
  /** Fingerprints of the volumes in use. */
  volumes: z.array(z.string()),
  createdAt: Timestamp,
  startedAt: Timestamp.nullable(),
  completedAt: Timestamp.nullable(),
});
export type Job = z.infer<typeof Job>;

const Ref = z.object({ id: z.uuid() });
const tag = 'Jobs';
export const jobsContract = {
  list: oc
    .route({ method: 'GET', path: '/jobs', tags: [tag], summary: 'Newest first' })
    .input(PageInput.extend({ status: JobStatus.optional() }))
    .output(pageOf(Job)),
  get: oc
    .route({ method: 'GET', path: '/jobs/{id}', tags: [tag] })
    .input(Ref)
    .output(Job),
  cancel: oc
    .route({ method: 'POST', path: '/jobs/{id}/cancel', tags: [tag] })
    .input(Ref)
    .output(Job),
};
