import { and, asc, count, desc, eq, inArray, lt, notInArray, sql } from 'drizzle-orm';
import type { LibraryWriter } from '#core/db/library-database.ts';
import { jobLogLines, jobProblems, jobs } from '#core/db/schema.ts';
import type { Library } from '#core/library/library.ts';
import type { Job, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';
import { PROBLEMS_SHOWN } from './job-problems.ts';
import { FINISHED, isFinished, type JobNotes, type JobRecord } from './job-record.ts';
import { JOB_COLUMNS, type JobRow, recordToRow, rowToRecord } from './job-row.ts';
import type { JobQuery, JobStore, PageOfNotes } from './job-store.ts';

/** A job that had not ended when it was written last, with its state as bytes. */
export interface UnfinishedJob {
  record: JobRecord;
  state: Buffer | null;
}

/** So many jobs are removed in one transaction, between which others have their turn. */
const CLEARED_AT_ONCE = 500;

/** The jobs that a library remembers. */
export class LibraryJobStore implements JobStore {
  readonly library: Library;
  readonly #isResumable: (name: string) => boolean;

  /** @param isResumable whether jobs of a kind are: known by the program, not by the library */
  constructor(library: Library, isResumable: (name: string) => boolean) {
    this.library = library;
    this.#isResumable = isResumable;
  }

  save(record: JobRecord, { problems, lines }: JobNotes): void {
    const { id, input, ...row } = recordToRow(record);
    this.library.transact((tx) => {
      // The input never changes, and may name very many files: it is written once, not with each checkpoint.
      const isKnown = tx.update(jobs).set(row).where(eq(jobs.id, id)).run().changes > 0;
      if (!isKnown)
        tx.insert(jobs)
          .values({ id, input, ...row })
          .run();
      insertNotes(tx, id, { problems, lines });
    });
  }

  get(id: string): JobRecord | null {
    const row = this.library.read((db) => db.select(JOB_COLUMNS).from(jobs).where(eq(jobs.id, id)).get());
    return row && isFinished(row.status) ? this.#toRecord(row) : null;
  }

  page({ status, before, limit }: JobQuery): Job[] {
    // With a plus SQLite does not consider the index by status: for all that have ended the order of the ids is the way.
    const ofStatus = status === undefined ? inArray(sql`+${jobs.status}`, [...FINISHED]) : eq(jobs.status, status);
    const rows = this.library.read((db) =>
      db
        .select(JOB_COLUMNS)
        .from(jobs)
        .where(before === undefined ? ofStatus : and(ofStatus, lt(jobs.id, before)))
        .orderBy(desc(jobs.id))
        .limit(limit)
        .all(),
    );
    return rows.map((row) => this.#toRecord(row).job);
  }

  countsByStatus(): Map<JobStatus, number> {
    const rows = this.library.read((db) =>
      db
        .select({ status: jobs.status, count: count() })
        .from(jobs)
        .where(inArray(jobs.status, [...FINISHED]))
        .groupBy(jobs.status)
        .all(),
    );
    return new Map(rows.map((row) => [row.status, row.count]));
  }

  problems(id: string, { offset, limit }: PageOfNotes): JobProblem[] {
    const { path, code, message, reason } = jobProblems;
    const rows = this.library.read((db) =>
      db
        .select({ path, code, message, reason })
        .from(jobProblems)
        .where(eq(jobProblems.jobId, id))
        .orderBy(asc(jobProblems.id))
        .limit(limit)
        .offset(offset)
        .all(),
    );
    return rows.map(({ reason: why, ...problem }) => (why ? { ...problem, reason: why } : problem));
  }

  lines(id: string, { offset, limit }: PageOfNotes): JobLogLine[] {
    const { at, level, message } = jobLogLines;
    return this.library.read((db) =>
      db
        .select({ at, level, message })
        .from(jobLogLines)
        .where(eq(jobLogLines.jobId, id))
        .orderBy(asc(jobLogLines.id))
        .limit(limit)
        .offset(offset)
        .all(),
    );
  }

  countNotes(id: string): { problems: number; lines: number } {
    return this.library.read((db) => ({
      problems: db.select({ count: count() }).from(jobProblems).where(eq(jobProblems.jobId, id)).get()?.count ?? 0,
      lines: db.select({ count: count() }).from(jobLogLines).where(eq(jobLogLines.jobId, id)).get()?.count ?? 0,
    }));
  }

  async clear(endedBefore?: Date): Promise<number> {
    let cleared = 0;
    for (;;) {
      const changes = this.library.transact((tx) => removeEnded(tx, endedBefore));
      cleared += changes;
      if (changes < CLEARED_AT_ONCE) return cleared;
      await new Promise(setImmediate);
    }
  }

  /** Oldest first. */
  unfinished(): UnfinishedJob[] {
    const rows = this.library.read((db) =>
      db
        .select({ ...JOB_COLUMNS, state: jobs.state })
        .from(jobs)
        .where(notInArray(jobs.status, [...FINISHED]))
        .orderBy(asc(jobs.id))
        .all(),
    );
    return rows.map(({ state, ...row }) => ({ record: this.#toRecord(row), state }));
  }

  #toRecord(row: JobRow): JobRecord {
    const problems = row.problemCount > 0 ? this.problems(row.id, { offset: 0, limit: PROBLEMS_SHOWN }) : [];
    return rowToRecord(row, { libraryId: this.library.id, isResumable: this.#isResumable(row.name), problems });
  }
}

function insertNotes(tx: LibraryWriter, jobId: string, { problems, lines }: JobNotes): void {
  for (const problem of problems)
    tx.insert(jobProblems)
      .values({ jobId, ...problem })
      .run();
  for (const line of lines)
    tx.insert(jobLogLines)
      .values({ jobId, ...line })
      .run();
}

/** Their problems and log lines go with them. @returns how many jobs */
function removeEnded(tx: LibraryWriter, endedBefore: Date | undefined): number {
  const ended = inArray(jobs.status, [...FINISHED]);
  const old = endedBefore === undefined ? ended : and(ended, lt(jobs.completedAt, endedBefore.toISOString()));
  const ids = tx.select({ id: jobs.id }).from(jobs).where(old).limit(CLEARED_AT_ONCE);
  return tx.delete(jobs).where(inArray(jobs.id, ids)).run().changes;
}
