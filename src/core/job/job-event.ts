import type { NewEvent } from '#core/events/event-bus.ts';
import type { Job } from '#shared/contract/job.ts';
import { shortInput } from '#shared/short-input.ts';
import type { JobChange } from './job-run.ts';

const EVENTS = {
  queued: 'JobQueued',
  running: 'JobStarted',
  paused: 'JobPaused',
  resumed: 'JobResumed',
  reordered: 'JobReordered',
  completed: 'JobCompleted',
  failed: 'JobFailed',
  cancelled: 'JobCancelled',
} as const;

/** What is told of a change; null for what is only written down. */
export function toJobEvent(job: Job, change: JobChange): NewEvent | null {
  const of = job.libraryId === null ? {} : { libraryId: job.libraryId };
  if (change === 'saved') return null;
  if (change === 'progress') return { type: 'JobProgress', jobId: job.id, progress: job.progress, ...of };
  return { type: EVENTS[change], job: { ...job, input: shortInput(job.input) }, ...of };
}
