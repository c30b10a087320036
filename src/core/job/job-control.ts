import { MooringError } from '#shared/contract/error.ts';
import type { JobLookup } from './job-lookup.ts';
import type { QueuePlace } from './job-queue.ts';
import type { JobRun } from './job-run.ts';
import type { JobScheduler } from './job-scheduler.ts';
import { CLOSE_WAIT_MS } from './remembered-jobs.ts';

/** How long `pause` and `cancel` wait for a job to stop before they answer with one that is still stopping. */
const STOP_WAIT_MS = 2000;
const RELEASE_WAIT_MS = 5000;

/** Stops jobs, and lets them go on: because a user says so, because their volume is to be ejected, because Mooring stops. */
export class JobControl {
  readonly #lookup: JobLookup;
  readonly #scheduler: JobScheduler;

  constructor({ lookup, scheduler }: { lookup: JobLookup; scheduler: JobScheduler }) {
    this.#lookup = lookup;
    this.#scheduler = scheduler;
  }

  async pause(id: string): Promise<JobRun> {
    const run = this.#lookup.unfinished(id);
    if (!run.isResumable) {
      throw new MooringError(
        'JOB_NOT_RESUMABLE',
        'A job of this kind cannot go on from where it was, so it cannot be paused. Cancel it, or let it end.',
      );
    }
    if (run.pauseReason !== 'user') await this.#scheduler.stop([run], 'user', STOP_WAIT_MS);
    return run;
  }

  resume(id: string): JobRun {
    const run = this.#lookup.unfinished(id);
    if (run.status !== 'paused') throw new MooringError('JOB_NOT_PAUSED', `The job is not paused (${run.status}).`);
    if (!this.#scheduler.isReady(run)) {
      throw new MooringError('VOLUME_OFFLINE', 'A drive that the job needs is not connected. It goes on by itself when the drive is back.');
    }
    run.setbacks = 0;
    run.resume();
    return run;
  }

  async cancel(id: string): Promise<JobRun> {
    const run = this.#lookup.unfinished(id);
    await this.#scheduler.stop([run], 'cancelled', STOP_WAIT_MS);
    return run;
  }

  reorder(id: string, to: QueuePlace): JobRun[] {
    const run = this.#waiting(id);
    if (typeof to === 'string') return this.#scheduler.reorder(run, to);
    const before = this.#waiting(to.before);
    if (before === run) return [];
    if (before.priority !== run.priority) {
      throw new MooringError(
        'CONFLICT',
        'Jobs that you have started run before those that Mooring starts by itself, whatever their order.',
      );
    }
    return this.#scheduler.reorder(run, to);
  }

  usesVolume(fingerprint: string): string | null {
    const user = this.#usersOf(fingerprint).find(({ definition }) => !definition.yieldsVolume);
    return user?.definition.name ?? null;
  }

  async releaseVolume(fingerprint: string): Promise<Disposable> {
    const hold = this.#scheduler.hold(fingerprint);
    const [stuck] = await this.#scheduler.stop(this.#usersOf(fingerprint), 'volume-offline', RELEASE_WAIT_MS);
    if (!stuck) return hold;
    hold[Symbol.dispose]();
    const { name } = stuck.definition;
    throw new MooringError('VOLUME_BUSY', `The volume is used by a job (${name}) that does not let go of it. Cancel it, then try again.`, {
      details: { job: name },
    });
  }

  /** Pauses those that run for a library whose disk is full, until there is room. */
  pauseForRoom(libraryId: string): void {
    for (const run of this.#scheduler.live) {
      if (run.libraryId === libraryId && run.status === 'running') run.interrupt('no-space');
    }
  }

  /** Pauses what can go on at the next start, cancels what cannot, and waits for it, for about two seconds. */
  async stopAll(): Promise<void> {
    const runs = this.#scheduler.live;
    const [stuck] = await Promise.all([
      this.#scheduler.stop(
        runs.filter(({ isResumable }) => isResumable),
        'shutdown',
        CLOSE_WAIT_MS,
      ),
      this.#scheduler.stop(
        runs.filter(({ isResumable }) => !isResumable),
        'cancelled',
        CLOSE_WAIT_MS,
      ),
    ]);
    for (const run of stuck) this.#scheduler.abandon(run, 'shutdown');
  }

  #waiting(id: string): JobRun {
    const run = this.#lookup.unfinished(id);
    if (run.status === 'running')
      throw new MooringError('CONFLICT', 'The job is running already: only jobs that wait have a place in the queue.');
    return run;
  }

  #usersOf(fingerprint: string): JobRun[] {
    return this.#scheduler.live.filter(({ status, volumes }) => status !== 'paused' && volumes.includes(fingerprint));
  }
}
