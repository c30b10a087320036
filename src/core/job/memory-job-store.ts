import type { Job, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';
import { isFinished, type JobNotes, type JobRecord } from './job-record.ts';
import type { JobQuery, JobStore, PageOfNotes } from './job-store.ts';

interface Remembered {
  record: JobRecord;
  notes: JobNotes;
}

/** Remembers jobs while the engine runs: all that have not ended, and the newest `capacity` of the others. */
export class MemoryJobStore implements JobStore {
  /** Ids are UUIDv7, so the order of insertion is the order of the ids. */
  readonly #jobs = new Map<string, Remembered>();
  readonly #capacity: number;

  constructor(capacity = 500) {
    this.#capacity = capacity;
  }

  save(record: JobRecord, { problems, lines }: JobNotes): void {
    const known = this.#jobs.get(record.job.id)?.notes ?? { problems: [], lines: [] };
    const notes = { problems: [...known.problems, ...problems], lines: [...known.lines, ...lines] };
    this.#jobs.set(record.job.id, { record, notes });
    if (isFinished(record.job.status)) this.#forgetOldest();
  }

  get(id: string): JobRecord | null {
    const record = this.#jobs.get(id)?.record;
    return record && isFinished(record.job.status) ? record : null;
  }

  page({ status, before, limit }: JobQuery): Job[] {
    return this.#ended()
      .reverse()
      .filter((job) => (status === undefined || job.status === status) && (before === undefined || job.id < before))
      .slice(0, limit);
  }

  countsByStatus(): Map<JobStatus, number> {
    const counts = new Map<JobStatus, number>();
    for (const { status } of this.#ended()) counts.set(status, (counts.get(status) ?? 0) + 1);
    return counts;
  }

  problems(id: string, { offset, limit }: PageOfNotes): JobProblem[] {
    return this.#jobs.get(id)?.notes.problems.slice(offset, offset + limit) ?? [];
  }

  lines(id: string, { offset, limit }: PageOfNotes): JobLogLine[] {
    return this.#jobs.get(id)?.notes.lines.slice(offset, offset + limit) ?? [];
  }

  countNotes(id: string): { problems: number; lines: number } {
    const notes = this.#jobs.get(id)?.notes;
    return { problems: notes?.problems.length ?? 0, lines: notes?.lines.length ?? 0 };
  }

  async clear(endedBefore?: Date): Promise<number> {
    const limit = endedBefore?.toISOString();
    const old = this.#ended().filter(({ completedAt }) => limit === undefined || (completedAt ?? '') < limit);
    for (const { id } of old) this.#jobs.delete(id);
    return old.length;
  }

  #ended(): Job[] {
    return [...this.#jobs.values()].map(({ record }) => record.job).filter(({ status }) => isFinished(status));
  }

  #forgetOldest(): void {
    const ended = this.#ended();
    for (const { id } of ended.slice(0, Math.max(0, ended.length - this.#capacity))) this.#jobs.delete(id);
  }
}
