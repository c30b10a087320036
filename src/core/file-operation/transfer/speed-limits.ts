import { reasonError } from '#core/fs/reason-error.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';

/** How fast transfers may write, as it was asked for while they ran. */
export class SpeedLimits {
  readonly #running = new Map<string, { control: CopyControl; bytesPerSecond: number | null }>();
  /** Of jobs that stand still, and are to go on with it. */
  readonly #later = new Map<string, number | null>();

  /** Until what is returned is disposed of, the job's limit can be changed. */
  enter(job: string, control: CopyControl, wanted: number | null): Disposable {
    const bytesPerSecond = this.#later.has(job) ? (this.#later.get(job) ?? null) : wanted;
    this.#later.delete(job);
    control.limit(bytesPerSecond);
    this.#running.set(job, { control, bytesPerSecond });
    return { [Symbol.dispose]: () => void this.#running.delete(job) };
  }

  of(job: string): number | null {
    return this.#running.get(job)?.bytesPerSecond ?? null;
  }

  /** @param isWaiting the job has not ended, and does not run now @throws MooringError `JOB_FINISHED` */
  set(job: string, bytesPerSecond: number | null, isWaiting: boolean): void {
    const running = this.#running.get(job);
    if (running) {
      running.bytesPerSecond = bytesPerSecond;
      running.control.limit(bytesPerSecond);
    } else if (isWaiting) this.#later.set(job, bytesPerSecond);
    else throw reasonError('JOB_FINISHED', 'nothing-to-limit', {});
  }
}
