import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import type { JobArchive } from './job-archive.ts';
import type { JobDefinition } from './job-definition.ts';
import type { JobKinds } from './job-kinds.ts';
import { isFinished, type JobRecord } from './job-record.ts';
import { placeholder, recover } from './job-recovery.ts';
import type { JobRun } from './job-run.ts';
import type { JobScheduler } from './job-scheduler.ts';
import type { UnfinishedJob } from './library-job-store.ts';

/** What does not stop within this time is left to itself; the hooks of a library, and the engine, wait a little longer. */
export const CLOSE_WAIT_MS = 1500;
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface RememberedJobsOptions {
  archive: JobArchive;
  scheduler: JobScheduler;
  kinds: JobKinds;
  log: Logger;
  /** Makes a job of what was remembered of it, known to the scheduler. */
  makeRun(record: JobRecord, definition: JobDefinition, input: unknown): JobRun;
}

/** The jobs that libraries remember: taken in when a library opens, put away before it closes. */
export class RememberedJobs {
  readonly #options: RememberedJobsOptions;
  readonly #cleaning: NodeJS.Timeout;

  constructor(options: RememberedJobsOptions) {
    this.#options = options;
    this.#cleaning = setInterval(() => void this.#forgetOld(), DAY_MS).unref();
  }

  /** What had not ended goes on, waits as it did, or fails and says why. */
  takeIn(library: Library): void {
    const { archive, scheduler } = this.#options;
    const store = archive.open(library);
    archive.saveAgain();
    // More is known of those that could not be written than the library knows.
    const kept = archive.unsaved.filter((run) => run.libraryId === library.id && !isFinished(run.status));
    for (const run of kept) scheduler.add(run);
    for (const unfinished of store.unfinished()) {
      if (!scheduler.get(unfinished.record.job.id)) this.#goOn(unfinished);
    }
    void this.#forgetOld();
    scheduler.follow();
  }

  /** The library's database is about to close: jobs that can go on later stop and go with it, the others go on without it. */
  async putAway(library: Library): Promise<void> {
    const { archive, scheduler } = this.#options;
    const ofLibrary = scheduler.live.filter((run) => run.libraryId === library.id && run.isResumable);
    const stuck = await scheduler.stop(ofLibrary, 'shutdown', CLOSE_WAIT_MS);
    for (const run of stuck) scheduler.abandon(run, 'shutdown');
    archive.saveAgain();
    archive.close(library.id);
    for (const run of ofLibrary) scheduler.remove(run);
  }

  close(): void {
    clearInterval(this.#cleaning);
  }

  #goOn(unfinished: UnfinishedJob): void {
    const { archive, kinds, makeRun } = this.#options;
    const { name } = unfinished.record.job;
    const definition = kinds.get(name);
    const recovery = recover(unfinished, definition);
    if ('error' in recovery) {
      makeRun(unfinished.record, definition ?? placeholder(name), null).fail(recovery.error);
      return;
    }
    const { input, state, isWaiting } = recovery;
    const record = { ...unfinished.record, state };
    // What waits for its volumes goes on at once when they are there.
    archive.save(makeRun(isWaiting ? record : asWaitingForVolumes(record), recovery.definition, input));
  }

  async #forgetOld(): Promise<void> {
    try {
      await this.#options.archive.clear(new Date(Date.now() - KEPT_DAYS * DAY_MS));
    } catch (error) {
      this.#options.log.warn({ err: error }, 'Old jobs could not be removed');
    }
  }
}

function asWaitingForVolumes({ job, ...rest }: JobRecord): JobRecord {
  return { ...rest, job: { ...job, status: 'paused', pauseReason: 'volume-offline', error: null } };
}
