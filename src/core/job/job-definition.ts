import type { z } from 'zod';
import type { Logger } from '#core/log/logger.ts';
import type { JobProblem, JobProgress } from '#shared/contract/job.ts';

/** What a job reports of its progress; what is left out stays as it was. Speed and time left are worked out from it. */
export type JobProgressUpdate = Partial<Omit<JobProgress, 'fraction' | 'bytesPerSecond' | 'secondsLeft'>>;

/** What a running job may use. Everything else it needs, its definition brings along. */
export interface JobContext<Input> {
  readonly id: string;
  readonly input: Input;
  readonly log: Logger;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
  /** May be called as often as is convenient; subscribers hear of it at most ten times a second. */
  progress(update: JobProgressUpdate): void;
  /** Where a cancellation takes effect. @throws MooringError `CANCELLED` */
  checkInterrupt(): void;
  /** Records one thing that did not work while the job as a whole goes on. */
  problem(problem: JobProblem): void;
}

/** One kind of job: its name, what it takes, and its own logic. Queueing, progress, cancelling, events and listing come with `Jobs`. */
export interface JobDefinition<Input extends z.ZodType, Output extends Record<string, unknown>> {
  readonly name: string;
  readonly input: Input;
  /** A cancelled job rejects with whatever it likes; what it resolves with in spite of that counts as completed. */
  run(context: JobContext<z.output<Input>>): Promise<Output>;
}

/** Types a definition by its schema. */
export function defineJob<Input extends z.ZodType, Output extends Record<string, unknown>>(
  definition: JobDefinition<Input, Output>,
): JobDefinition<Input, Output> {
  return definition;
}
