import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { EventBus } from '#core/events/event-bus.ts';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job, JobKind, JobLogLine, JobProblem, JobStatus } from '#shared/contract/job.ts';
import { JobArchive } from './job-archive.ts';
import { JobControl } from './job-control.ts';
import type { JobDefinition } from './job-definition.ts';
import { toJobEvent } from './job-event.ts';
import { JobKinds, parseInput } from './job-kinds.ts';
import { JobLookup, type Page, type PageInput } from './job-lookup.ts';
import type { QueuePlace } from './job-queue.ts';
import { isFinished, type JobRecord } from './job-record.ts';
import { type JobChange, JobRun } from './job-run.ts';
import { JobScheduler } from './job-scheduler.ts';
import type { JobLibraries, JobVolumes } from './job-surroundings.ts';
import { newRecord } from './new-job.ts';
import { RememberedJobs } from './remembered-jobs.ts';

export interface DispatchOptions {
  /** Fingerprints of all volumes in use: none of them is ejected meanwhile, unless the job yields it. */
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

export interface JobsOptions {
  events: EventBus;
  log: Logger;
  /** Left out: no job is remembered. */
  libraries?: JobLibraries;
  /** Left out: all volumes count as mounted. */
  volumes?: JobVolumes;
}

/** The job system: queues, runs, remembers, pauses and resumes. */
export class Jobs {
  readonly #events: EventBus;
  readonly #log: Logger;
  readonly #libraries: JobLibraries | undefined;
  readonly #kinds = new JobKinds();
  readonly #archive: JobArchive;
  readonly #scheduler: JobScheduler;
  readonly #lookup: JobLookup;
  readonly #control: JobControl;
  readonly #remembered: RememberedJobs;
  /** Of those who wait for the end of a job, by its id. */
  readonly #awaited = new Map<string, PromiseWithResolvers<void>>();
  readonly #unsubscribe: (() => void)[] = [];
  #isClosed = false;

  constructor({ events, log, libraries, volumes }: JobsOptions) {
    this.#events = events;
    this.#log = log.child({ component: 'job' });
    this.#libraries = libraries;
    this.#archive = new JobArchive({
      isResumable: (name) => this.#kinds.isResumable(name),
      log: this.#log,
      onWriteFailed: (libraryId, { code }) => {
        if (code === 'NO_SPACE') queueMicrotask(() => this.#control.pauseForRoom(libraryId));
      },
    });
    this.#scheduler = new JobScheduler({
      volumes,
      libraryOf: (run) => this.#archive.libraryOf(run),
      hasUnsaved: () => this.#archive.hasUnsaved,
      saveAgain: () => this.#archive.saveAgain(),
    });
    this.#lookup = new JobLookup({ archive: this.#archive, scheduler: this.#scheduler });
    this.#control = new JobControl({ lookup: this.#lookup, scheduler: this.#scheduler });
    this.#remembered = new RememberedJobs({
      archive: this.#archive,
      scheduler: this.#scheduler,
      kinds: this.#kinds,
      log: this.#log,
      makeRun: (record, definition, input) => this.#makeRun(record, definition, input),
    });
    for (const library of libraries?.opened ?? []) this.#archive.open(library);
  }

  /** Makes a kind of job known, so that its jobs go on after a restart and can be started by name. Before `start`. */
  register(definition: JobDefinition): void {
    this.#kinds.register(definition);
  }

  /**
   * Lets the jobs go on that open libraries remember, and from now on those of libraries that open. After all kinds are registered, and after
   * whatever else has to let go of a library: jobs are the first to stop.
   */
  start(): void {
    const libraries = this.#libraries;
    const events = this.#events;
    if (libraries) {
      this.#unsubscribe.push(
        libraries.beforeRelease((library) => this.#remembered.putAway(library)),
        libraries.afterReturn((library) => this.#remembered.takeIn(library)),
      );
    }
    this.#unsubscribe.push(
      events.on('VolumeAdded', ({ volume }) => this.#scheduler.volumeReturned(volume.fingerprint)),
      events.on('VolumeMountChanged', ({ fingerprint }) => this.#scheduler.volumeReturned(fingerprint)),
      events.on('VolumeRemoved', () => this.#scheduler.follow()),
      events.on('LibraryDeleted', ({ libraryId }) => this.#archive.drop(libraryId ?? '')),
    );
    for (const library of libraries?.opened ?? []) this.#remembered.takeIn(library);
  }

  /**
   * Queues a job, and starts it when it may.
   *
   * @throws MooringError `INVALID_INPUT` when `input` does not fit the definition, `ENGINE_STOPPING` after `close`
   */
  dispatch<Input extends z.ZodType, Output extends Record<string, unknown>, State extends z.ZodType>(
    definition: JobDefinition<Input, Output, State>,
    input: z.input<Input>,
    options: DispatchOptions,
  ): Job {
    if (this.#isClosed) throw new MooringError('ENGINE_STOPPING', 'Mooring is stopping and takes no new jobs.');
    const parsed = parseInput(definition.input, input);
    const { library = this.#libraries?.current ?? null } = options;
    const record = newRecord({ id: uuidv7(), definition, input: parsed, library, options });
    const run = this.#makeRun(record, definition, parsed);
    this.#changed(run, 'queued');
    return run.job;
  }

  /**
   * Starts a job by the name of its kind.
   *
   * @param library by default the current one
   * @throws MooringError `JOB_KIND_UNKNOWN`, `INVALID_INPUT`, `LIBRARY_NOT_OPEN`, and what the kind itself has against it
   */
  async dispatchByName(name: string, input: unknown, library?: string): Promise<Job> {
    const into = library === undefined ? (this.#libraries?.current ?? null) : this.#resolveLibrary(library);
    return this.#startByName(this.#kinds.resolve(name), input, { library: into, volumes: [] });
  }

  kinds(): JobKind[] {
    return this.#kinds.list();
  }

  /** Newest first; of one library, or of all that are open and of none. @throws MooringError `CURSOR_INVALID`, `LIBRARY_NOT_OPEN` */
  list({ library, ...asked }: PageInput & { status?: JobStatus | undefined; library?: string | undefined }): Page<Job> {
    const libraryId = library === undefined ? undefined : this.#resolveLibrary(library).id;
    return this.#lookup.list({ ...asked, libraryId });
  }

  /** @throws MooringError `JOB_NOT_FOUND` */
  get(id: string): Job {
    return this.#lookup.record(id).job;
  }

  /** Oldest first. @throws MooringError `JOB_NOT_FOUND`, `CURSOR_INVALID` */
  problems(id: string, page: PageInput): Page<JobProblem> {
    return this.#lookup.problems(id, page);
  }

  /** Oldest first. @throws MooringError `JOB_NOT_FOUND`, `CURSOR_INVALID` */
  log(id: string, page: PageInput): Page<JobLogLine> {
    return this.#lookup.log(id, page);
  }

  /**
   * Resolves when the job stands still, or after two seconds with the job as it is then.
   *
   * @throws MooringError `JOB_NOT_FOUND`, `JOB_FINISHED`, `JOB_NOT_RESUMABLE`
   */
  async pause(id: string): Promise<Job> {
    return (await this.#control.pause(id)).job;
  }

  /** @throws MooringError `JOB_NOT_FOUND`, `JOB_FINISHED`, `JOB_NOT_PAUSED`, `VOLUME_OFFLINE` while one of its volumes is not there */
  resume(id: string): Job {
    return this.#control.resume(id).job;
  }

  /**
   * Resolves when the job has ended, or after two seconds with the job as it is then.
   *
   * @throws MooringError `JOB_NOT_FOUND`, `JOB_FINISHED`
   */
  async cancel(id: string): Promise<Job> {
    return (await this.#control.cancel(id)).job;
  }

  /**
   * Puts a job that waits elsewhere among those of its priority. @returns all whose turn has changed
   *
   * @throws MooringError `JOB_NOT_FOUND`, `JOB_FINISHED`, `CONFLICT` when it, or the one that it is to be put before, runs already
   */
  reorder(id: string, to: QueuePlace): Job[] {
    return this.#control.reorder(id, to).map(({ job }) => job);
  }

  /**
   * Starts a job that has ended again, as a new job.
   *
   * @throws MooringError `JOB_NOT_FOUND`, `CONFLICT` while it has not ended, `JOB_KIND_UNKNOWN`, and as the first time
   */
  async retry(id: string): Promise<Job> {
    const { job, writesTo } = this.#lookup.record(id);
    if (!isFinished(job.status))
      throw new MooringError('CONFLICT', `The job has not ended (${job.status}). Cancel it first, or resume it.`);
    const definition = this.#kinds.resolve(job.name);
    const library = job.libraryId === null ? null : this.#resolveLibrary(job.libraryId);
    const problems = this.#archive.problems(job, { offset: 0, limit: job.problemCount }, undefined);
    const input = definition.retryInput?.(job, problems) ?? job.input;
    return this.#startByName(definition, input, { library, volumes: job.volumes, writesTo });
  }

  /** Forgets jobs that have ended. @returns how many */
  clearFinished(): Promise<number> {
    return this.#archive.clear();
  }

  /** Resolves with the job once it has ended, or as it is when Mooring stops before. @throws MooringError `JOB_NOT_FOUND` */
  async ended(id: string): Promise<Job> {
    const job = this.get(id);
    if (isFinished(job.status) || this.#isClosed) return job;
    const awaited = this.#awaited.get(id) ?? Promise.withResolvers<void>();
    this.#awaited.set(id, awaited);
    await awaited.promise;
    return this.get(id);
  }

  /** Name of a job that uses the volume or waits for it, and does not yield it; null when none does. */
  usesVolume(fingerprint: string): string | null {
    return this.#control.usesVolume(fingerprint);
  }

  /**
   * Pauses the jobs that yield the volume, so that it can be ejected. Until what it resolves with is disposed of, no job uses it; then those go
   * on whose volumes are still there, and the others when they are back.
   *
   * @throws MooringError `VOLUME_BUSY` when one of them does not let go
   */
  releaseVolume(fingerprint: string): Promise<Disposable> {
    return this.#control.releaseVolume(fingerprint);
  }

  /** All that have not ended, in any library. */
  unfinished(): Job[] {
    return this.#scheduler.live.map(({ job }) => job);
  }

  countsByStatus(): Map<JobStatus, number> {
    return this.#lookup.countsByStatus();
  }

  /** Pauses what can go on at the next start, cancels what cannot, and waits for it, for about two seconds. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#scheduler.close();
    this.#remembered.close();
    await this.#control.stopAll();
    this.#archive.saveAgain();
    for (const { resolve } of this.#awaited.values()) resolve();
  }

  #startByName(definition: JobDefinition, input: unknown, options: DispatchOptions & { library: Library | null }): Promise<Job> | Job {
    const parsed = parseInput(definition.input, input);
    return definition.start ? definition.start(parsed, options) : this.dispatch(definition, parsed, options);
  }

  #makeRun(record: JobRecord, definition: JobDefinition, input: unknown): JobRun {
    const log = this.#log.child({ job: record.job.id, ...(record.job.libraryId === null ? {} : { library: record.job.libraryId }) });
    const run = new JobRun({ record, definition, input, log, onChange: (changed, change) => this.#changed(changed, change) });
    this.#scheduler.add(run);
    return run;
  }

  /** Events follow what is on disk; what may start is looked at after they are told. */
  #changed(run: JobRun, change: JobChange): void {
    if (change !== 'progress') this.#archive.save(run);
    const event = toJobEvent(run.job, change);
    if (event) this.#events.publish(event);
    if (change === 'progress' || change === 'saved' || change === 'reordered') return;
    this.#scheduler.changed(run);
    if (!isFinished(run.status)) return;
    this.#awaited.get(run.id)?.resolve();
    this.#awaited.delete(run.id);
  }

  #resolveLibrary(ref: string): Library {
    if (!this.#libraries) throw new MooringError('LIBRARY_NOT_OPEN', 'No library is open.');
    return this.#libraries.resolve(ref);
  }
}
