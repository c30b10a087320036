import type { JobProblem } from '#shared/contract/job.ts';

/** How many are shown with the job itself. */
export const PROBLEMS_SHOWN = 100;
/** How many are written down; the others are only counted. */
const PROBLEMS_WRITTEN = 10_000;

/**
 * What did not work in one job. What comes after a checkpoint is done again when the job is resumed, and so is told again: until the next
 * checkpoint it is neither written nor kept over a pause, so that no problem is listed twice.
 */
export class JobProblems {
  #count: number;
  #first: JobProblem[];
  #sinceCheckpoint: JobProblem[] = [];
  #uncertain = 0;

  constructor(count = 0, first: readonly JobProblem[] = []) {
    this.#count = count;
    this.#first = [...first];
  }

  get count(): number {
    return this.#count + this.#uncertain;
  }

  get first(): JobProblem[] {
    return [...this.#first, ...this.#sinceCheckpoint.slice(0, PROBLEMS_SHOWN - this.#first.length)];
  }

  add(problem: JobProblem): void {
    if (this.count < PROBLEMS_WRITTEN) this.#sinceCheckpoint.push(problem);
    this.#uncertain++;
  }

  /** They will not be told again. Returns those that are to be written down. */
  confirm(): JobProblem[] {
    const confirmed = this.#sinceCheckpoint;
    this.#first = this.first;
    this.#count = this.count;
    this.dropUncertain();
    return confirmed;
  }

  dropUncertain(): void {
    this.#sinceCheckpoint = [];
    this.#uncertain = 0;
  }
}
