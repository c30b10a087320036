import type { JobProgress } from '#shared/contract/job.ts';
import type { JobProgressUpdate } from './job-definition.ts';

const NOWHERE: Required<JobProgressUpdate> = {
  phase: 'waiting',
  currentItem: null,
  itemsDone: 0,
  itemsTotal: null,
  bytesDone: 0,
  bytesTotal: null,
};
const WINDOW_MS = 5000;
/** Samples closer together than this say nothing about speed. */
const SAMPLE_INTERVAL_MS = 100;
/** Before that, a speed would be a guess. */
const LEAST_SPAN_MS = 250;

/** Warnings are counted by whoever counts problems. */
export type MeteredProgress = Omit<JobProgress, 'warnings'>;

/** Turns what a job reports into what a user wants to know: how far, how fast over the last seconds, how long still. */
export class JobProgressMeter {
  #state: Required<JobProgressUpdate>;
  #samples: { atMs: number; bytes: number }[] = [];
  readonly #nowMs: () => number;

  /** @param begin how far the job had come before; left out, nowhere */
  constructor(begin: Required<JobProgressUpdate> = NOWHERE, nowMs: () => number = () => performance.now()) {
    const { phase, currentItem, itemsDone, itemsTotal, bytesDone, bytesTotal } = begin;
    this.#state = { phase, currentItem, itemsDone, itemsTotal, bytesDone, bytesTotal };
    this.#nowMs = nowMs;
  }

  /** What was measured before a pause says nothing about the speed after it. */
  restart(): void {
    this.#samples = [];
  }

  update(update: JobProgressUpdate): void {
    if (update.phase !== undefined && update.phase !== this.#state.phase) this.#samples = [];
    this.#state = { ...this.#state, ...update };
    const atMs = this.#nowMs();
    const last = this.#samples.at(-1);
    if (!last || atMs - last.atMs >= SAMPLE_INTERVAL_MS) this.#samples.push({ atMs, bytes: this.#state.bytesDone });
    while ((this.#samples[1]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs - WINDOW_MS) this.#samples.shift();
  }

  snapshot(): MeteredProgress {
    const bytesPerSecond = this.#bytesPerSecond();
    const { bytesDone, bytesTotal } = this.#state;
    const bytesLeft = bytesTotal === null ? null : Math.max(0, bytesTotal - bytesDone);
    const secondsLeft = bytesLeft === null || !bytesPerSecond ? null : bytesLeft / bytesPerSecond;
    return { ...this.#state, fraction: this.#fraction(), bytesPerSecond, secondsLeft };
  }

  #bytesPerSecond(): number | null {
    const first = this.#samples[0];
    if (!first) return null;
    const spanMs = this.#nowMs() - first.atMs;
    if (spanMs < LEAST_SPAN_MS) return null;
    return Math.max(0, (this.#state.bytesDone - first.bytes) / (spanMs / 1000));
  }

  #fraction(): number | null {
    const { bytesDone, bytesTotal, itemsDone, itemsTotal } = this.#state;
    if (bytesTotal) return Math.min(1, bytesDone / bytesTotal);
    if (itemsTotal) return Math.min(1, itemsDone / itemsTotal);
    return null;
  }
}
