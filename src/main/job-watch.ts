import type { DomainEvent } from '#shared/contract/event.ts';
import type { Job } from '#shared/contract/job.ts';

export interface JobWatchHandlers {
  /** Of all running jobs together, 0 to 1; null when none runs. */
  onProgress(fraction: number | null): void;
  onEnded(job: Job): void;
}

/** What taskbar and notifications show of jobs. */
export class JobWatch {
  readonly #handlers: JobWatchHandlers;
  #running = new Map<string, { job: Job; fraction: number }>();
  /** Jobs that have just stopped for want of a volume: they may hear of its end before anybody else does. */
  #interrupted = new Map<string, Job>();

  constructor(handlers: JobWatchHandlers) {
    this.#handlers = handlers;
  }

  /** With a new engine, nothing that was known holds. */
  reset(): void {
    this.#running.clear();
    this.#interrupted.clear();
    this.#report();
  }

  /** Whether something that the user has begun is cut off when the volume goes now. A scan that goes on when it is back is none of his worries. */
  isUsing(fingerprint: string): boolean {
    const jobs = [...[...this.#running.values()].map(({ job }) => job), ...this.#interrupted.values()];
    return jobs.some((job) => job.volumes.includes(fingerprint) && (!job.isResumable || isOfFiles(job)));
  }

  handle(event: DomainEvent): void {
    if (event.type === 'JobStarted' || event.type === 'JobResumed') {
      // What Mooring does by itself is none of the taskbar's business.
      if (event.job.priority !== 'user' || event.job.status !== 'running') return;
      this.#running.set(event.job.id, { job: event.job, fraction: event.job.progress.fraction ?? 0 });
      this.#interrupted.delete(event.job.id);
    } else if (event.type === 'JobPaused') this.#paused(event.job);
    else if (event.type === 'JobProgress') {
      const running = this.#running.get(event.jobId);
      if (running) running.fraction = event.progress.fraction ?? running.fraction;
    } else if (event.type === 'JobCompleted' || event.type === 'JobFailed' || event.type === 'JobCancelled') {
      this.#running.delete(event.job.id);
      this.#interrupted.delete(event.job.id);
      if (event.type !== 'JobCancelled' && event.job.priority === 'user') this.#handlers.onEnded(event.job);
    } else return;
    this.#report();
  }

  #paused(job: Job): void {
    if (job.pauseReason === 'volume-offline' && this.#running.has(job.id)) this.#interrupted.set(job.id, job);
    this.#running.delete(job.id);
  }

  #report(): void {
    const fractions = [...this.#running.values()].map(({ fraction }) => fraction);
    this.#handlers.onProgress(fractions.length === 0 ? null : fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length);
  }
}

/** Copies, moves and deletes files. */
function isOfFiles({ name }: Job): boolean {
  return name.startsWith('file-');
}
