import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { readPageCursor, writePageCursor } from '#core/db/page-cursor.ts';
import type { EventBus, NewEvent } from '#core/events/event-bus.ts';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job, JobStatus } from '#shared/contract/job.ts';
import type { JobDefinition } from './job-definition.ts';
import { JobRun } from './job-run.ts';
import { isFinished, type JobStore, MemoryJobStore } from './job-store.ts';

const MAX_RUNNING = 4;
/** How long `cancel` waits for a job to end before it answers with a job that is still ending. */
const CANCEL_WAIT_MS = 2000;
const CLOSE_WAIT_MS = 5000;

export interface DispatchOptions {
  /** Fingerprints of all volumes in use: none of them is ejected meanwhile. */
  volumes: readonly string[];
  /** Those of them that are written to: one job at a time writes to a volume, the next waits for it. */
  writesTo?: readonly string[];
  /** The library that remembers it; left out, the current one. Null: no library, and so it is forgotten when Mooring stops. */
  library?: Library | null;
  /** Of the user, unless it says that Mooring started it by itself. */
  priority?: Job['priority'];
  /** The job that it is a part of. */
  parentId?: string | null;
}

/** What jobs ask of `Libraries`. */
export interface JobLibraries {
  readonly opened: readonly Library[];
  readonly current: Library | null;
  resolve(ref?: string): Library;
  beforeRelease(listener: (library: Library) => Promise<void>): () => void;
  afterReturn(listener: (library: Library) => void): () => void;
}

/** What jobs ask of the volume manager. */
export interface JobVolumes {
  readonly live: readonly Pick<LiveVolume, 'fingerprint' | 'diskType' | 'device' | 'spacePool' | 'availableBytes'>[];
  refresh(): Promise<void>;
}

export interface JobsOptions {
  events: EventBus;
  log: Logger;
  /** Left out: no job is remembered. */
  libraries?: JobLibraries;
  /** Left out: all volumes count as mounted. */
  volumes?: JobVolumes;
}

/** The job system: queues, runs, lists and cancels. Owns every job that is not finished. */
export class Jobs {
  readonly #events: EventBus;
  readonly #log: Logger;
  readonly #store: JobStore;
  readonly #libraries: JobLibraries | undefined;
  readonly #kinds = new Map<string, JobDefinition>();
  /** In the order of their dispatch. */
  readonly #queued: JobRun[] = [];
  readonly #running = new Set<JobRun>();
  #closed = false;

  constructor({ events, log, libraries }: JobsOptions) {
    this.#events = events;
    this.#log = log.child({ component: 'job' });
    this.#libraries = libraries;
    this.#store = new MemoryJobStore();
  }

  /** Makes a kind of job known, so that its jobs go on after a restart and can be started by name. Before `start`. */
  register(definition: JobDefinition): void {
    this.#kinds.set(definition.name, definition);
  }

  /** Lets the jobs go on that open libraries remember. After all kinds are registered. */
  start(): void {
    this.#log.debug({ kinds: [...this.#kinds.keys()] }, 'Jobs go on');
  }

  /**
   * Pauses the jobs that yield the volume, so that it can be ejected. Until what it resolves with is disposed of, none of them goes on.
   *
   * @throws MooringError `VOLUME_BUSY` when one of them does not let go
   */
  async releaseVolume(_fingerprint: string): Promise<Disposable> {
    return { [Symbol.dispose]: () => undefined };
  }

  /** @throws MooringError `INVALID_INPUT` when `input` does not fit the definition, `ENGINE_STOPPING` after `close` */
  dispatch<Input extends z.ZodType, Output extends Record<string, unknown>, State extends z.ZodType>(
    definition: JobDefinition<Input, Output, State>,
    input: z.input<Input>,
    { volumes, writesTo = [], library = this.#libraries?.current ?? null, priority = 'user', parentId = null }: DispatchOptions,
  ): Job {
    if (this.#closed) throw new MooringError('ENGINE_STOPPING', 'Mooring is stopping and takes no new jobs.');
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) throw new MooringError('INVALID_INPUT', z.prettifyError(parsed.error), { cause: parsed.error });
    const id = uuidv7();
    const run = new JobRun({
      id,
      name: definition.name,
      input: parsed.data as Record<string, unknown>,
      volumes: [...new Set(volumes)],
      writesTo: [...writesTo],
      library,
      priority,
      parentId,
      isResumable: definition.state !== undefined,
      log: this.#log.child({ job: id }),
      run: (context) => definition.run({ ...context, input: parsed.data, state: null }),
      onChange: (job, change) => this.#changed(job, change),
    });
    this.#queued.push(run);
    this.#startWhatMay();
    return run.job;
  }

  /** Newest first. @throws MooringError `CURSOR_INVALID` */
  list({ status, cursor, limit }: { status?: JobStatus | undefined; cursor?: string | undefined; limit: number }): {
    items: Job[];
    nextCursor: string | null;
  } {
    const before = cursor === undefined ? undefined : readPageCursor(cursor);
    const found = this.#store.page({ status, before, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? writePageCursor(last.id) : null };
  }

  /** @throws MooringError `JOB_NOT_FOUND` */
  get(id: string): Job {
    const job = this.#store.get(id);
    if (!job) throw new MooringError('JOB_NOT_FOUND', `There is no job ${id}. Finished jobs are forgotten after a while.`);
    return job;
  }

  /**
   * Resolves when the job has ended, or after two seconds with the job as it is then.
   *
   * @throws MooringError `JOB_NOT_FOUND`, `JOB_FINISHED`
   */
  async cancel(id: string): Promise<Job> {
    const job = this.get(id);
    const run = this.#unfinished().find((candidate) => candidate.job.id === id);
    if (!run || isFinished(job)) throw new MooringError('JOB_FINISHED', `The job is over already (${job.status}).`);
    run.cancel();
    await within(CANCEL_WAIT_MS, run.settled);
    return run.job;
  }

  /** Resolves with the job once it has ended. @throws MooringError `JOB_NOT_FOUND` */
  async ended(id: string): Promise<Job> {
    await this.#unfinished().find((run) => run.job.id === id)?.settled;
    return this.get(id);
  }

  /** Name of a job that uses the volume or waits for it; null when none does. */
  usesVolume(fingerprint: string): string | null {
    return this.#unfinished().find((run) => run.job.volumes.includes(fingerprint))?.job.name ?? null;
  }

  /** All that have not ended, in any library. */
  unfinished(): Job[] {
    return this.#unfinished().map(({ job }) => job);
  }

  countsByStatus(): Map<JobStatus, number> {
    return this.#store.countsByStatus();
  }

  /** Cancels what is not finished, and waits for it (five seconds at most). */
  async close(): Promise<void> {
    this.#closed = true;
    const unfinished = this.#unfinished();
    for (const run of unfinished) run.cancel();
    await within(CLOSE_WAIT_MS, Promise.all(unfinished.map((run) => run.settled)));
  }

  #unfinished(): JobRun[] {
    return [...this.#running, ...this.#queued];
  }

  /** Starts queued jobs in their order; one that has to wait for its target does not hold up those behind it. */
  #startWhatMay(): void {
    for (const run of [...this.#queued]) {
      if (this.#running.size >= MAX_RUNNING) return;
      const isTargetBusy = [...this.#running].some((other) => other.writesTo.some((volume) => run.writesTo.includes(volume)));
      if (isTargetBusy) continue;
      this.#queued.splice(this.#queued.indexOf(run), 1);
      this.#running.add(run);
      void run.start();
    }
  }

  #changed(job: Job, change: JobStatus | 'progress'): void {
    this.#store.put(job);
    const event = toEvent(job, change);
    if (event) this.#events.publish(event);
    if (isFinished(job)) this.#forget(job.id);
  }

  #forget(id: string): void {
    const queuedAt = this.#queued.findIndex((run) => run.job.id === id);
    if (queuedAt >= 0) this.#queued.splice(queuedAt, 1);
    for (const run of this.#running) {
      if (run.job.id === id) this.#running.delete(run);
    }
    this.#startWhatMay();
  }
}

function toEvent(job: Job, change: JobStatus | 'progress'): NewEvent | null {
  if (change === 'progress') return { type: 'JobProgress', jobId: job.id, progress: job.progress };
  if (change === 'queued') return { type: 'JobQueued', job };
  if (change === 'running') return { type: 'JobStarted', job };
  if (change === 'completed') return { type: 'JobCompleted', job };
  if (change === 'failed') return { type: 'JobFailed', job };
  if (change === 'cancelled') return { type: 'JobCancelled', job };
  return null;
}

async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const { promise: timeUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, timeUp]);
  clearTimeout(timer);
}
