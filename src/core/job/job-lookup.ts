import { readPageCursor, writePageCursor } from '#core/db/page-cursor.ts';
import { readPositionCursor, writePositionCursor } from '#core/db/position-cursor.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';
import { shortInput } from '#shared/short-input.ts';
import { type JobArchive, newestFirst } from './job-archive.ts';
import { isFinished, type JobRecord } from './job-record.ts';
import type { JobRun } from './job-run.ts';
import type { JobScheduler } from './job-scheduler.ts';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageInput {
  cursor?: string | undefined;
  limit: number;
}

/** Finds jobs, and what they have noted: those that have not ended with the scheduler, the others in the archive. */
export class JobLookup {
  readonly #archive: JobArchive;
  readonly #scheduler: JobScheduler;

  constructor({ archive, scheduler }: { archive: JobArchive; scheduler: JobScheduler }) {
    this.#archive = archive;
    this.#scheduler = scheduler;
  }

  /** Newest first; of one library, or of all that are open and of none. @throws MooringError `CURSOR_INVALID` */
  list({ status, libraryId, cursor, limit }: PageInput & { status?: JobStatus | undefined; libraryId?: string | undefined }): Page<Job> {
    const before = cursor === undefined ? undefined : readPageCursor(cursor);
    const isAsked = (run: JobRun) =>
      (status === undefined || run.status === status) &&
      (before === undefined || run.id < before) &&
      (libraryId === undefined || run.libraryId === libraryId);
    const live = newestFirst(this.#scheduler.live.filter(isAsked).map(({ job }) => job)).slice(0, limit + 1);
    const wantsEnded = status === undefined || isFinished(status);
    const ended = wantsEnded ? this.#archive.page({ status, before, limit: limit + 1 }, libraryId) : [];
    const found = newestFirst([...live, ...ended]);
    const items = found.slice(0, limit).map((job) => ({ ...job, input: shortInput(job.input) }));
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? writePageCursor(last.id) : null };
  }

  /** @throws MooringError `JOB_NOT_FOUND` */
  record(id: string): JobRecord {
    const record = this.#scheduler.get(id)?.record ?? this.#archive.get(id);
    if (!record) throw new MooringError('JOB_NOT_FOUND', `There is no job ${id}. Finished jobs are forgotten after a while.`);
    return record;
  }

  /** @throws MooringError `JOB_NOT_FOUND`, `JOB_FINISHED` */
  unfinished(id: string): JobRun {
    const run = this.#scheduler.get(id);
    if (run) return run;
    throw new MooringError('JOB_FINISHED', `The job is over already (${this.record(id).job.status}).`);
  }

  /** Oldest first. @throws MooringError `JOB_NOT_FOUND`, `CURSOR_INVALID` */
  problems(id: string, page: PageInput): Page<JobProblem> {
    const { job } = this.record(id);
    return pageOfNotes(page, (notes) => this.#archive.problems(job, notes, this.#scheduler.get(id)));
  }

  /** Oldest first. @throws MooringError `JOB_NOT_FOUND`, `CURSOR_INVALID` */
  log(id: string, page: PageInput): Page<JobLogLine> {
    const { job } = this.record(id);
    return pageOfNotes(page, (notes) => this.#archive.lines(job, notes, this.#scheduler.get(id)));
  }

  countsByStatus(): Map<JobStatus, number> {
    const counts = this.#archive.countsByStatus();
    for (const { status } of this.#scheduler.live) counts.set(status, (counts.get(status) ?? 0) + 1);
    return counts;
  }
}

function pageOfNotes<T>({ cursor, limit }: PageInput, read: (page: { offset: number; limit: number }) => T[]): Page<T> {
  const offset = readPositionCursor(cursor);
  const found = read({ offset, limit: limit + 1 });
  return { items: found.slice(0, limit), nextCursor: found.length > limit ? writePositionCursor(offset + limit) : null };
}
