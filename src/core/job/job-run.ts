import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import type { Job, JobProblem, JobStatus } from '#shared/contract/job.ts';
import type { JobContext, JobProgressUpdate } from './job-definition.ts';
import { JobProgressMeter } from './job-progress-meter.ts';
import { isFinished } from './job-store.ts';

const PROGRESS_INTERVAL_MS = 100;
const PROBLEMS_KEPT = 100;

export interface JobRunOptions {
  id: string;
  name: string;
  input: Record<string, unknown>;
  volumes: string[];
  /** Fingerprints of the volumes it writes to. */
  writesTo: string[];
  library: Library | null;
  priority: Job['priority'];
  parentId: string | null;
  isResumable: boolean;
  log: Logger;
  run(context: JobContext<unknown>): Promise<Record<string, unknown>>;
  /** Called with each new state of the job, and at most ten times a second with its progress. */
  onChange(job: Job, change: JobStatus | 'progress'): void;
}

/** One job from its dispatch to its end. `settled` resolves when nothing of it runs any more; it never rejects. */
export class JobRun {
  readonly settled: Promise<void>;
  readonly writesTo: readonly string[];
  readonly #options: JobRunOptions;
  readonly #abort = new AbortController();
  readonly #meter = new JobProgressMeter();
  readonly #settle: () => void;
  readonly #problems: JobProblem[] = [];
  #problemCount = 0;
  #state: Pick<Job, 'status' | 'createdAt' | 'startedAt' | 'completedAt' | 'output' | 'error'>;
  #publishedAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: JobRunOptions) {
    this.#options = options;
    this.writesTo = options.writesTo;
    this.#state = { status: 'queued', createdAt: now(), startedAt: null, completedAt: null, output: null, error: null };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.settled = promise;
    this.#settle = resolve;
    options.onChange(this.job, 'queued');
  }

  /** A copy of the job as it is now. */
  get job(): Job {
    const { id, name, input, volumes, library, isResumable, priority, parentId } = this.#options;
    const rest = { libraryId: library?.id ?? null, isResumable, priority, parentId, pauseReason: null, lastCheckpointAt: null };
    const problems = { problemCount: this.#problemCount, problems: [...this.#problems] };
    return { id, name, input, volumes, ...rest, ...this.#state, ...problems, progress: this.#meter.snapshot() };
  }

  async start(): Promise<void> {
    this.#change({ status: 'running', startedAt: now() });
    try {
      const output = await this.#options.run(this.#context());
      this.#end({ status: 'completed', output });
    } catch (error) {
      if (this.#abort.signal.aborted) this.#end({ status: 'cancelled' });
      else this.#fail(error);
    }
  }

  /** Ends it at once when it has not begun; else its signal aborts, and `settled` tells when it has ended. */
  cancel(): void {
    this.#abort.abort(new MooringError('CANCELLED', 'The job was cancelled.'));
    if (this.#state.status === 'queued') this.#end({ status: 'cancelled' });
  }

  #context(): JobContext<unknown> {
    const { id, input, log, library } = this.#options;
    const { signal } = this.#abort;
    return {
      id,
      input,
      state: null,
      library,
      log: { info: (line) => log.info(line), warn: (line) => log.warn(line), error: (line) => log.error(line) },
      signal,
      progress: (update) => this.#progress(update),
      checkpoint: () => undefined,
      checkInterrupt: () => signal.throwIfAborted(),
      problem: (problem) => {
        this.#problemCount++;
        this.#meter.warn();
        if (this.#problems.length < PROBLEMS_KEPT) this.#problems.push(problem);
        log.warn({ problem }, 'A part of the job did not work');
      },
    };
  }

  #progress(update: JobProgressUpdate): void {
    if (isFinished(this.#state)) return;
    this.#meter.update(update);
    const waitMs = this.#publishedAtMs + PROGRESS_INTERVAL_MS - performance.now();
    if (waitMs <= 0) this.#publishProgress();
    else this.#timer ??= setTimeout(() => this.#publishProgress(), waitMs);
  }

  #publishProgress(): void {
    this.#clearTimer();
    this.#publishedAtMs = performance.now();
    this.#options.onChange(this.job, 'progress');
  }

  #fail(error: unknown): void {
    const { code, message } = toMooringError(error);
    if (code === 'INTERNAL') this.#options.log.error({ err: error }, 'The job failed through a fault in Mooring');
    else this.#options.log.warn({ code }, message);
    this.#end({ status: 'failed', error: { code, message } });
  }

  #end(outcome: Pick<Job, 'status'> & Partial<Pick<Job, 'output' | 'error'>>): void {
    this.#clearTimer();
    this.#change({ ...outcome, completedAt: now() });
    this.#settle();
  }

  #change(change: Partial<Job>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.job, this.#state.status);
  }

  #clearTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function now(): string {
  return new Date().toISOString();
}
