import type { Job, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';

/** What is remembered of a job, besides its notes. */
export interface JobRecord {
  job: Job;
  /** Fingerprints of the volumes that it writes to. */
  writesTo: readonly string[];
  /** Its last checkpoint; null before the first and when it has ended. */
  state: unknown;
}

/** What a job has told since its record was written last, oldest first. */
export interface JobNotes {
  problems: JobProblem[];
  lines: JobLogLine[];
}

export const FINISHED = ['completed', 'failed', 'cancelled'] as const satisfies readonly JobStatus[];

export function isFinished(status: JobStatus): boolean {
  return (FINISHED as readonly JobStatus[]).includes(status);
}
