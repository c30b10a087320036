import { access } from 'node:fs/promises';
import type { Library } from '#core/library/library.ts';
import type { Logger } from '#core/log/logger.ts';
import { type MooringError, toMooringError } from '#shared/contract/error.ts';
import type { Job, JobLogLine, JobProgress, JobStatus, PauseReason } from '#shared/contract/job.ts';
import type { JobContext, JobDefinition } from './job-definition.ts';
import { type InterruptReason, JobInterrupt } from './job-interrupt.ts';
import { JobProblems } from './job-problems.ts';
import { JobProgressMeter } from './job-progress-meter.ts';
import { isFinished, type JobNotes, type JobRecord } from './job-record.ts';
import { copyState } from './job-state.ts';
import { Throttle } from './throttle.ts';

const PROGRESS_INTERVAL_MS = 100;
/** With what a job itself holds back (a quarter of a second, in scans) a killed process has lost less than a second of work. It takes 0.1 to 0.5 ms. */
const SAVE_INTERVAL_MS = 100;
const LINES_WRITTEN = 10_000;

/** What has become of a job. `resumed`: it is queued again after a pause. `reordered`: it has another turn. `saved`, `progress`: its status is as it was. */
export type JobChange = JobStatus | 'resumed' | 'reordered' | 'progress' | 'saved';

export interface JobRunOptions {
  definition: JobDefinition;
  /** A new job's, or what was remembered of one. */
  record: JobRecord;
  /** As the definition's schema has parsed it. */
  input: unknown;
  log: Logger;
  /** Called with each change of status, when there is something to write down, and with progress (each at most ten times a second). */
  onChange(run: JobRun, change: JobChange): void;
}

/** One execution of a job: from its beginning, or its last checkpoint, to its end or interruption. */
interface Attempt {
  abort: AbortController;
  settled: Promise<void>;
}

/** A job that has not ended, from its dispatch, or from what was remembered of it, to its end. */
export class JobRun {
  /** Told since the record was written last. Whoever writes them empties them. */
  readonly notes: JobNotes = { problems: [], lines: [] };
  /** How often it has been paused by what it met itself since it got on. */
  setbacks = 0;
  readonly definition: JobDefinition;
  readonly writesTo: readonly string[];
  readonly #options: JobRunOptions;
  readonly #meter: JobProgressMeter;
  readonly #problems: JobProblems;
  readonly #publishing = new Throttle(PROGRESS_INTERVAL_MS, () => this.#options.onChange(this, 'progress'));
  readonly #saving = new Throttle(SAVE_INTERVAL_MS, () => this.#options.onChange(this, 'saved'));
  #job: Omit<Job, 'progress' | 'problems' | 'problemCount'>;
  #state: unknown;
  /** While it does not run: as it was when it stopped. */
  #stoppedProgress: JobProgress | null;
  #attempt: Attempt | null = null;
  #wanted: InterruptReason | null = null;
  #lineCount = 0;

  constructor(options: JobRunOptions) {
    const { progress, problems, problemCount, ...job } = options.record.job;
    this.definition = options.definition;
    this.writesTo = options.record.writesTo;
    this.#options = options;
    this.#job = job;
    this.#state = options.record.state;
    this.#meter = new JobProgressMeter(progress);
    this.#problems = new JobProblems(problemCount, problems);
    this.#stoppedProgress = progress;
  }

  get id(): string {
    return this.#job.id;
  }

  get libraryId(): string | null {
    return this.#job.libraryId;
  }

  get status(): JobStatus {
    return this.#job.status;
  }

  get pauseReason(): PauseReason | null {
    return this.#job.pauseReason;
  }

  get priority(): Job['priority'] {
    return this.#job.priority;
  }

  get turn(): number {
    return this.#job.turn;
  }

  get volumes(): readonly string[] {
    return this.#job.volumes;
  }

  get isResumable(): boolean {
    return this.#job.isResumable;
  }

  /** Why it has been asked to stop; null when it has not. */
  get wanted(): InterruptReason | null {
    return this.#wanted;
  }

  /** Resolves when nothing of it runs any more, be it ended, paused or queued; never rejects. */
  get settled(): Promise<void> {
    return this.#attempt?.settled ?? Promise.resolve();
  }

  /** A copy of the job as it is now. */
  get job(): Job {
    const problemCount = this.#problems.count;
    const progress = this.#stoppedProgress ?? { ...this.#meter.snapshot(), warnings: problemCount };
    return { ...this.#job, progress, problemCount, problems: this.#problems.first };
  }

  get record(): JobRecord {
    return { job: this.job, writesTo: this.writesTo, state: this.#state };
  }

  async start(library: Library | null): Promise<void> {
    const abort = new AbortController();
    const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
    const attempt = { abort, settled };
    this.#attempt = attempt;
    this.#wanted = null;
    this.#meter.restart();
    this.#stoppedProgress = null;
    this.#change({ status: 'running', error: null, startedAt: this.#job.startedAt ?? now() });
    try {
      const output = await this.definition.run(this.#context(attempt, library));
      const checked = this.definition.output?.parse(output) ?? output;
      this.#settle(attempt, () => this.#end({ status: 'completed', output: checked }));
    } catch (error) {
      const setback = this.#wanted ? null : await setbackOf(error, this.#job, library);
      this.#settle(attempt, () => this.#stopped(error, setback));
    }
    settle();
  }

  /**
   * Stops it for a reason: at once when it does not run; else its signal aborts, and `settled` tells when it has stopped. A job that is not
   * resumable can only be cancelled. What a user wants is not overruled by what happens meanwhile.
   */
  interrupt(reason: InterruptReason): void {
    const isOfUser = reason === 'cancelled' || reason === 'user';
    if (isFinished(this.status) || (!this.isResumable && reason !== 'cancelled') || (this.status === 'paused' && !isOfUser)) return;
    if (this.#wanted === null || reason === 'cancelled' || (reason === 'user' && this.#wanted !== 'cancelled')) this.#wanted = reason;
    if (this.#attempt) this.#attempt.abort.abort(new JobInterrupt(reason));
    else this.#stopped(null, null);
  }

  /** Queues it again after a pause. */
  resume(): void {
    if (this.status === 'paused') this.#change({ status: 'queued', pauseReason: null, error: null }, 'resumed');
  }

  /** Gives it another place in the queue. */
  setTurn(turn: number): void {
    this.#change({ turn }, 'reordered');
  }

  /** Ends it without having run: it cannot go on. */
  fail({ code, message, reason }: MooringError): void {
    this.#end({ status: 'failed', error: { code, message, reason } });
  }

  /** Pauses it although it does not stop: whatever it still does or says is not heeded any more. */
  abandon(reason: PauseReason): void {
    if (!this.#attempt) return;
    this.#attempt = null;
    this.#pause(reason);
  }

  #context(attempt: Attempt, library: Library | null): JobContext<unknown> {
    const { signal } = attempt.abort;
    const heeded =
      <Args extends unknown[]>(listen: (...args: Args) => void) =>
      (...args: Args) => {
        if (attempt === this.#attempt) listen(...args);
      };
    const log = (level: JobLogLine['level']) => heeded((message: string) => this.#log(level, message));
    return {
      id: this.id,
      input: this.#options.input,
      // A copy, and one as after a restart: what the job does to it is not its checkpoint.
      state: copyState(this.#state),
      library,
      signal,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      checkInterrupt: () => signal.throwIfAborted(),
      progress: heeded((update) => {
        this.#meter.update(update);
        this.#publishing.request();
      }),
      checkpoint: heeded((state) => {
        this.#state = state;
        this.#job = { ...this.#job, lastCheckpointAt: now() };
        this.setbacks = 0;
        this.notes.problems.push(...this.#problems.confirm());
        this.#saving.request();
      }),
      problem: heeded((problem) => {
        this.#problems.add(problem);
        this.#options.log.warn({ problem }, 'A part of the job did not work');
        if (this.isResumable) return;
        this.notes.problems.push(...this.#problems.confirm());
        this.#saving.request();
      }),
    };
  }

  #log(level: JobLogLine['level'], message: string): void {
    this.#options.log[level](message);
    if (++this.#lineCount > LINES_WRITTEN) return;
    this.notes.lines.push({ at: now(), level, message });
    this.#saving.request();
  }

  /** Whoever waits for the end finds the job as it is then. */
  #settle(attempt: Attempt, conclude: () => void): void {
    if (attempt !== this.#attempt) return;
    this.#attempt = null;
    conclude();
  }

  /** @param error what it rejected with; null when it did not run @param setback why a job that nobody has interrupted is to be paused */
  #stopped(error: unknown, setback: PauseReason | null): void {
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted === 'cancelled') this.#end({ status: 'cancelled' });
    else if (wanted === 'step-back') this.#stepBack();
    else if (wanted) this.#pause(wanted);
    else if (setback) this.#meetSetback(setback, error);
    else this.#endBadly(error);
  }

  #stepBack(): void {
    this.#problems.dropUncertain();
    this.#freeze();
    this.#change({ status: 'queued' });
  }

  #meetSetback(reason: PauseReason, error: unknown): void {
    this.setbacks++;
    const { code, message, reason: why } = toMooringError(error);
    this.#log('warn', `Paused: ${message}`);
    this.#pause(reason, { code, message, reason: why });
  }

  /** @param error what it met, when it was that */
  #pause(pauseReason: PauseReason, error: Job['error'] = null): void {
    this.#problems.dropUncertain();
    this.#freeze();
    this.#change({ status: 'paused', pauseReason, error });
  }

  #endBadly(error: unknown): void {
    const { code, message, reason } = toMooringError(error);
    if (code === 'INTERNAL') this.#options.log.error({ err: error }, 'The job failed through a fault in Mooring');
    else this.#log('error', message);
    this.#end({ status: 'failed', error: { code, message, reason } });
  }

  #end(outcome: Pick<Job, 'status'> & Partial<Pick<Job, 'output' | 'error'>>): void {
    this.notes.problems.push(...this.#problems.confirm());
    const output = this.#outputSoFar();
    this.#state = null;
    const progress = this.#stoppedProgress ?? { ...this.#meter.snapshot(), warnings: this.#problems.count };
    // What is done is done, whatever was counted on the way.
    this.#stoppedProgress = outcome.status === 'completed' ? { ...progress, fraction: 1, secondsLeft: null } : progress;
    this.#change({ error: null, output, ...outcome, pauseReason: null, completedAt: now() });
  }

  /** What it has done until its last checkpoint; null where there is none, or it does not tell. */
  #outputSoFar(): Job['output'] {
    return this.#state === null ? null : (this.definition.outputSoFar?.(this.#state) ?? null);
  }

  /** A job that stands still has no speed. */
  #freeze(): void {
    const { count: warnings } = this.#problems;
    this.#stoppedProgress = { ...this.#meter.snapshot(), bytesPerSecond: null, secondsLeft: null, warnings };
  }

  #change(change: Partial<Job>, told?: JobChange): void {
    this.#publishing.cancel();
    this.#saving.cancel();
    this.#job = { ...this.#job, ...change };
    this.#options.onChange(this, told ?? this.#job.status);
  }
}

/** A resumable job whose volume or library has gone, or which has no room, waits for it instead of failing. */
async function setbackOf(error: unknown, job: Pick<Job, 'isResumable' | 'volumes'>, library: Library | null): Promise<PauseReason | null> {
  if (!job.isResumable) return null;
  const { code } = toMooringError(error);
  if (code === 'NO_SPACE') return 'no-space';
  if (code === 'VOLUME_OFFLINE' && job.volumes.length > 0) return 'volume-offline';
  return library && !(await isThere(library.path)) ? 'volume-offline' : null;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function now(): string {
  return new Date().toISOString();
}
