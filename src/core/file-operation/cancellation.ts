import { MooringError } from '#shared/contract/error.ts';

/** Shared with the worker's thread, which looks at it between two blocks and is woken by it while it waits. */
export function createCancelFlag(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

export function raiseCancelFlag(flag: SharedArrayBuffer): void {
  const cell = new Int32Array(flag);
  Atomics.store(cell, 0, 1);
  Atomics.notify(cell, 0);
}

/** The worker's side of the flag. */
export class Cancellation {
  readonly #cell: Int32Array<SharedArrayBuffer>;
  /** Resolves when the flag is raised. */
  readonly #raised: Promise<unknown>;

  constructor(flag: SharedArrayBuffer) {
    this.#cell = new Int32Array(flag);
    const waiting = Atomics.waitAsync(this.#cell, 0, 0);
    this.#raised = Promise.resolve(waiting.value);
  }

  /** @throws MooringError `CANCELLED` */
  check(): void {
    if (Atomics.load(this.#cell, 0) !== 0) throw new MooringError('CANCELLED', 'The copy was cancelled.');
  }

  /** Waits for `work`, or ends early; `work` then goes on unobserved. @throws MooringError `CANCELLED` */
  async during<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {
      // Observed below, unless the wait has ended early.
    });
    await Promise.race([work, this.#raised]);
    this.check();
    return work;
  }
}
