import type { Job, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';
import type { JobNotes, JobRecord } from './job-record.ts';

/** A page of a list that begins at its end: jobs that have ended, newest first. */
export interface JobQuery {
  status?: JobStatus | undefined;
  /** Id of the last job of the page before. */
  before?: string | undefined;
  limit: number;
}

/** A page of a list that only grows at its end. */
export interface PageOfNotes {
  offset: number;
  limit: number;
}

/** Where jobs are remembered: in a library, or in memory. Of jobs that have not ended `Jobs` knows more: they are only kept for later. */
export interface JobStore {
  /** Writes a job as it is now, and adds to its notes: both, or, when it throws, nothing. */
  save(record: JobRecord, notes: JobNotes): void;
  /** A job that has ended; null when there is none. Without its state. */
  get(id: string): JobRecord | null;
  page(query: JobQuery): Job[];
  /** Of those that have ended. */
  countsByStatus(): Map<JobStatus, number>;
  problems(id: string, page: PageOfNotes): JobProblem[];
  lines(id: string, page: PageOfNotes): JobLogLine[];
  countNotes(id: string): { problems: number; lines: number };
  /** Forgets those that have ended, or of them those that ended before a moment. @returns how many */
  clear(endedBefore?: Date): Promise<number>;
}
