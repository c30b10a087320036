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

  constructor(handlers: JobWatchHandlers) {
    this.#handlers = handlers;
  }

  /** With a new engine, nothing that was known holds. */
  reset(): void {
    this.#running.clear();
    this.#report();
  }

  /** Whether something is lost when the volume goes now: a job that can wait for it goes on when it is back. */
  isUsing(fingerprint: string): boolean {
    return [...this.#running.values()].some(({ job }) => !job.isResumable && job.volumes.includes(fingerprint));
  }

  handle(event: DomainEvent): void {
    if (event.type === 'JobStarted' || event.type === 'JobResumed') {
      // What Mooring does by itself is none of the taskbar's business.
      if (event.job.priority !== 'user' || event.job.status !== 'running') return;
      this.#running.set(event.job.id, { job: event.job, fraction: event.job.progress.fraction ?? 0 });
    } else if (event.type === 'JobPaused') this.#running.delete(event.job.id);
    else if (event.type === 'JobProgress') {
      const running = this.#running.get(event.jobId);
      if (running) running.fraction = event.progress.fraction ?? running.fraction;
    } else if (event.type === 'JobCompleted' || event.type === 'JobFailed' || event.type === 'JobCancelled') {
      this.#running.delete(event.job.id);
      if (event.type !== 'JobCancelled' && event.job.priority === 'user') this.#handlers.onEnded(event.job);
    } else return;
    this.#report();
  }

  #report(): void {
    const fractions = [...this.#running.values()].map(({ fraction }) => fraction);
    this.#handlers.onProgress(fractions.length === 0 ? null : fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length);
  }
}
