import type { z } from 'zod';
import type { Library } from '#core/library/library.ts';
import type { Job, JobProblem, JobProgress } from '#shared/contract/job.ts';

/** What a job reports of its progress; what is left out stays as it was. Speed and time left are worked out from it, warnings are its problems. */
export type JobProgressUpdate = Partial<Omit<JobProgress, 'fraction' | 'bytesPerSecond' | 'secondsLeft' | 'warnings'>>;

/** What a job has to say to whoever looks at it later. Kept with the job, and written to Mooring's log. */
export interface JobLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What a running job may use. Everything else it needs, its definition brings along. */
export interface JobContext<Input, State = unknown> {
  readonly id: string;
  readonly input: Input;
  /** Its last checkpoint; null when there is none: it begins. */
  readonly state: State | null;
  /** The library that remembers the job; null when it is not remembered. Stays open while the job runs. */
  readonly library: Library | null;
  readonly log: JobLog;
  /** Aborts when the job is cancelled or paused; its reason is a `JobInterrupt`. The job rejects soon after, within a quarter of a second. */
  readonly signal: AbortSignal;
  /** May be called as often as is convenient; subscribers hear of it at most ten times a second. */
  progress(update: JobProgressUpdate): void;
  /**
   * Says where the job goes on after a pause, a crash or a restart: what is behind it may be done once more, and never is when the job was
   * paused. May be called as often as is convenient; it is written at most once a second. `state` belongs to the job system from then on.
   */
  checkpoint(state: State): void;
  /** Where cancelling and pausing take effect. @throws JobInterrupt */
  checkInterrupt(): void;
  /** Records one thing that did not work while the job as a whole goes on. */
  problem(problem: JobProblem): void;
}

/** How a job starts that is asked for by the name of its kind. */
export interface JobStart {
  /** The library that is to remember it; null when none is open. */
  library: Library | null;
}

/**
 * One kind of job: its name, what it takes, and its own logic. Queueing, progress, pausing, resuming, cancelling, events, listing and
 * remembering come with `Jobs`.
 */
export interface JobDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends Record<string, unknown> = Record<string, unknown>,
  State extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  /** Objects that JSON can hold. What it makes of an input is an input, too: it is read again after a restart. */
  readonly input: Input;
  /**
   * With a schema of its checkpoints a job is resumable: it can be paused, waits for its volumes, and survives the end of the process. Work
   * that it does twice must be harmless. Without one it is cancelled by what would pause it.
   */
  readonly state?: State;
  /** Checked when it ends. */
  readonly output?: z.ZodType<Output>;
  /** Its output when it is cancelled or fails, by its last checkpoint: what it has done until then. Left out: it has none then. */
  outputSoFar?(state: z.output<State>): Output;
  /** How many of this kind run at once; left out, as many as there is room for. */
  readonly concurrency?: number;
  /** Of a resumable job: it gives its volumes up when one of them is to be ejected, instead of being in the way. */
  readonly yieldsVolume?: boolean;
  /**
   * An interrupted job rejects with whatever it likes; what it resolves with in spite of that counts as completed. A resumable job that
   * rejects with `VOLUME_OFFLINE` or `NO_SPACE` is paused; every other error fails it.
   */
  run(context: JobContext<z.output<Input>, z.output<State>>): Promise<Output>;
  /** Dispatches it with the volumes that this input needs, after the checks of its noun. Left out: it is dispatched without volumes. */
  start?(input: z.output<Input>, options: JobStart): Promise<Job>;
  /** What a retry of a job that has ended takes as its input, e.g. only what had problems; left out, the same as the first time. */
  retryInput?(job: Job, problems: readonly JobProblem[]): z.input<Input>;
}

/** Types a definition by its schemas. */
export function defineJob<Input extends z.ZodType, Output extends Record<string, unknown>, State extends z.ZodType = z.ZodNever>(
  definition: JobDefinition<Input, Output, State>,
): JobDefinition<Input, Output, State> {
  return definition;
}
