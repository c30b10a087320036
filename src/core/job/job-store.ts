import type { Job, JobStatus } from '#shared/contract/job.ts';

/** Where jobs are remembered. `Jobs` writes each change of a job's state, and its progress as often as it is published. */
export interface JobStore {
  put(job: Job): void;
  get(id: string): Job | null;
  /** Newest first; `before` is the id of the last job of the page before. */
  page(query: { status?: JobStatus | undefined; before?: string | undefined; limit: number }): Job[];
  countsByStatus(): Map<JobStatus, number>;
}

const UNFINISHED: readonly JobStatus[] = ['queued', 'running', 'paused'];

export function isFinished(job: Pick<Job, 'status'>): boolean {
  return !UNFINISHED.includes(job.status);
}

/** Remembers jobs while the engine runs: all that are not finished, and the newest `capacity` of the others. */
export class MemoryJobStore implements JobStore {
  /** Ids are UUIDv7, so the order of insertion is the order of the ids. */
  #jobs = new Map<string, Job>();
  readonly #capacity: number;

  constructor(capacity = 500) {
    this.#capacity = capacity;
  }

  put(job: Job): void {
    const isNew = !this.#jobs.has(job.id);
    this.#jobs.set(job.id, job);
    if (isNew) this.#forgetOldest();
  }

  get(id: string): Job | null {
    return this.#jobs.get(id) ?? null;
  }

  page({ status, before, limit }: { status?: JobStatus | undefined; before?: string | undefined; limit: number }): Job[] {
    return [...this.#jobs.values()]
      .reverse()
      .filter((job) => (status === undefined || job.status === status) && (before === undefined || job.id < before))
      .slice(0, limit);
  }

  countsByStatus(): Map<JobStatus, number> {
    const counts = new Map<JobStatus, number>();
    for (const { status } of this.#jobs.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
    return counts;
  }

  #forgetOldest(): void {
    let surplus = this.#jobs.size - this.#capacity;
    for (const job of this.#jobs.values()) {
      if (surplus <= 0) return;
      if (!isFinished(job)) continue;
      this.#jobs.delete(job.id);
      surplus--;
    }
  }
}
