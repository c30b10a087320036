import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import { type MooringError, toMooringError } from '#shared/contract/error.ts';
import type { Job, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';
import { isFinished, type JobRecord } from './job-record.ts';
import type { JobRun } from './job-run.ts';
import type { JobQuery, JobStore, PageOfNotes } from './job-store.ts';
import { LibraryJobStore } from './library-job-store.ts';
import { MemoryJobStore } from './memory-job-store.ts';

export interface JobArchiveOptions {
  isResumable(name: string): boolean;
  log: Logger;
  /** A library could not be written. */
  onWriteFailed(libraryId: string, error: MooringError): void;
}

/**
 * All places where jobs are remembered: open libraries, and memory for jobs without a library. What a library cannot take now (it is closed,
 * or its drive is full) is kept until it can.
 */
export class JobArchive {
  readonly #memory = new MemoryJobStore();
  readonly #libraries = new Map<string, LibraryJobStore>();
  readonly #unsaved = new Map<string, JobRun>();
  readonly #options: JobArchiveOptions;

  constructor(options: JobArchiveOptions) {
    this.#options = options;
  }

  /** From now on the library is asked and written to. */
  open(library: Library): LibraryJobStore {
    const store = new LibraryJobStore(library, this.#options.isResumable);
    this.#libraries.set(library.id, store);
    return store;
  }

  /** From now on its database is not touched. */
  close(libraryId: string): void {
    this.#libraries.delete(libraryId);
  }

  /** The open library of a job; null when it has none. */
  libraryOf(run: JobRun): Library | null {
    return this.#libraries.get(run.libraryId ?? '')?.library ?? null;
  }

  /** Jobs that have changed since they could be written last, those that have ended included. */
  get unsaved(): readonly JobRun[] {
    return [...this.#unsaved.values()];
  }

  /** Whether there is something to write to a place that is open. */
  get hasUnsaved(): boolean {
    return this.unsaved.some(({ libraryId }) => this.#storeOf(libraryId));
  }

  /** @returns whether it is written; if not, it will be */
  save(run: JobRun): boolean {
    const store = this.#storeOf(run.libraryId);
    const failure = store ? this.#write(store, run) : null;
    if (store && !failure) {
      this.#unsaved.delete(run.id);
      return true;
    }
    const isNews = !this.#unsaved.has(run.id);
    this.#unsaved.set(run.id, run);
    if (failure && run.libraryId) {
      if (isNews) this.#options.log.warn({ err: failure, job: run.id, library: run.libraryId }, 'A job could not be written down yet');
      this.#options.onWriteFailed(run.libraryId, failure);
    }
    return false;
  }

  /** Tries again to write what could not be written; of each library as long as it works. */
  saveAgain(): void {
    const failing = new Set<string | null>();
    for (const run of this.#unsaved.values()) {
      const { libraryId } = run;
      if (failing.has(libraryId) || !this.#storeOf(libraryId)) continue;
      if (!this.save(run)) failing.add(libraryId);
    }
  }

  /** Forgets what was to be written to a library that is no more. */
  drop(libraryId: string): void {
    for (const run of this.unsaved) if (run.libraryId === libraryId) this.#unsaved.delete(run.id);
  }

  /** A job that has ended; null when there is none. Its state is not read. */
  get(id: string): JobRecord | null {
    const unsaved = this.#unsaved.get(id);
    if (unsaved) return unsaved.record;
    for (const store of this.#stores()) {
      const record = store.get(id);
      if (record) return record;
    }
    return null;
  }

  /** Jobs that have ended, newest first, of one library or of all that are open and of none. */
  page(query: JobQuery, libraryId?: string): Job[] {
    const { status, before, limit } = query;
    const stores = libraryId === undefined ? this.#stores() : this.#stores().filter((store) => store === this.#storeOf(libraryId));
    const unsaved = this.unsaved.filter((run) => isFinished(run.status) && (libraryId === undefined || run.libraryId === libraryId));
    const isAsked = (job: Job) => (status === undefined || job.status === status) && (before === undefined || job.id < before);
    const saved = stores.flatMap((store) => store.page({ ...query, limit: limit + unsaved.length }));
    const jobs = [...saved.filter(({ id }) => !this.#unsaved.has(id)), ...unsaved.map(({ job }) => job).filter(isAsked)];
    return newestFirst(jobs).slice(0, limit);
  }

  /** Of jobs that have ended. */
  countsByStatus(): Map<JobStatus, number> {
    const counts = new Map<JobStatus, number>();
    const add = (status: JobStatus, count: number) => counts.set(status, (counts.get(status) ?? 0) + count);
    for (const store of this.#stores()) for (const [status, count] of store.countsByStatus()) add(status, count);
    for (const { status } of this.#unsaved.values()) if (isFinished(status)) add(status, 1);
    return counts;
  }

  /** @param live the job, while it has not ended: what it has told lately may not be written yet */
  problems({ id, libraryId }: Job, page: PageOfNotes, live: JobRun | undefined): JobProblem[] {
    const store = this.#storeOf(libraryId);
    const tail = (live ?? this.#unsaved.get(id))?.notes.problems ?? [];
    return [...(store?.problems(id, page) ?? []), ...pageOfTail(tail, page, store?.countNotes(id).problems ?? 0)];
  }

  lines({ id, libraryId }: Job, page: PageOfNotes, live: JobRun | undefined): JobLogLine[] {
    const store = this.#storeOf(libraryId);
    const tail = (live ?? this.#unsaved.get(id))?.notes.lines ?? [];
    return [...(store?.lines(id, page) ?? []), ...pageOfTail(tail, page, store?.countNotes(id).lines ?? 0)];
  }

  /** Forgets jobs that have ended, or of them those that ended before a moment. @returns how many */
  async clear(endedBefore?: Date): Promise<number> {
    const cleared = await Promise.all(this.#stores().map((store) => store.clear(endedBefore)));
    return cleared.reduce((sum, count) => sum + count, 0);
  }

  #write(store: JobStore, run: JobRun): MooringError | null {
    try {
      store.save(run.record, run.notes);
      run.notes.problems.length = 0;
      run.notes.lines.length = 0;
      return null;
    } catch (error) {
      return toMooringError(error);
    }
  }

  #storeOf(libraryId: string | null): JobStore | undefined {
    return libraryId === null ? this.#memory : this.#libraries.get(libraryId);
  }

  #stores(): JobStore[] {
    return [this.#memory, ...this.#libraries.values()];
  }
}

export function newestFirst(jobs: Job[]): Job[] {
  return jobs.sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** What a page shows of notes that are not written yet, and follow `written` ones. */
function pageOfTail<Note>(tail: readonly Note[], { offset, limit }: PageOfNotes, written: number): Note[] {
  return tail.slice(Math.max(0, offset - written), Math.max(0, offset + limit - written));
}
