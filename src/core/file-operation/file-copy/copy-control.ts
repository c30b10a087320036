import { MooringError } from '#shared/contract/error.ts';

/** Cells of the shared memory, each of 64 bits. */
const STOP = 0;
const BYTES = 1;
const LIMIT = 2;
/** When, by the system's monotonic clock in nanoseconds, all that was written may have been written at the limit. */
const DUE = 3;
const CELLS = 4;

const STOPS = ['go', 'pause', 'cancel'] as const;
export type CopyStop = Exclude<(typeof STOPS)[number], 'go'>;

/** So far what is written may run ahead of the limit, and so short are the waits for it. */
const AHEAD_NS = 50_000_000n;
const NS_PER_SECOND = 1_000_000_000n;

/** The memory that the threads of one copy share. */
export function createControlMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(CELLS * BigInt64Array.BYTES_PER_ELEMENT);
}

/** Thrown by `CopyControl.check` in the thread that copies. */
export class CopyStopped extends MooringError {
  readonly stop: CopyStop;

  constructor(stop: CopyStop) {
    super('CANCELLED', stop === 'pause' ? 'The copy was paused.' : 'The copy was cancelled.');
    this.stop = stop;
  }
}

/**
 * How the engine's thread steers the threads of a copy while these wait for the disk, by memory that they share: stopping, the limit
 * of its speed, and the bytes that are done. Each thread makes one of its own over the same memory.
 */
export class CopyControl {
  readonly memory: SharedArrayBuffer;
  readonly #cells: BigInt64Array<SharedArrayBuffer>;
  /** Resolves when the copy is to stop. */
  readonly #stopped: Promise<unknown>;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#cells = new BigInt64Array(memory);
    this.#stopped = Promise.resolve(Atomics.waitAsync(this.#cells, STOP, 0n).value);
  }

  /** Takes effect between two blocks, and at once on whoever waits. */
  stop(stop: CopyStop): void {
    Atomics.store(this.#cells, STOP, BigInt(STOPS.indexOf(stop)));
    Atomics.notify(this.#cells, STOP);
  }

  /** Nothing goes on that could be stopped: nobody waits for that any more, in whichever thread. */
  release(): void {
    Atomics.notify(this.#cells, STOP);
  }

  /** @param bytesPerSecond null for as fast as it goes */
  limit(bytesPerSecond: number | null): void {
    Atomics.store(this.#cells, LIMIT, BigInt(bytesPerSecond ?? 0));
    Atomics.store(this.#cells, DUE, 0n);
  }

  /** Bytes that all threads have copied, without those that were discarded again. */
  get bytes(): number {
    return Number(Atomics.load(this.#cells, BYTES));
  }

  /** Counts bytes without waiting. @param count negative when they are discarded */
  count(count: number): void {
    Atomics.add(this.#cells, BYTES, BigInt(count));
  }

  /** Null while the copy goes on. */
  get stopped(): CopyStop | null {
    const stop = STOPS[Number(Atomics.load(this.#cells, STOP))];
    return stop === undefined || stop === 'go' ? null : stop;
  }

  /** @throws CopyStopped */
  check(): void {
    const stop = this.stopped;
    if (stop) throw new CopyStopped(stop);
  }

  /** Counts bytes that were written, and holds this thread up for as long as the limit asks. @throws CopyStopped */
  written(count: number): void {
    this.count(count);
    this.#reserve(count);
    for (let waitNs = this.#aheadNs(); waitNs > 0n; waitNs = this.#aheadNs()) {
      const waitMs = Number(waitNs < AHEAD_NS ? waitNs : AHEAD_NS) / 1e6;
      Atomics.wait(this.#cells, STOP, 0n, waitMs);
      this.check();
    }
  }

  /** Waits for `work`, or ends early; `work` then goes on unobserved. @throws CopyStopped */
  async during<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {
      // Observed below, unless the wait has ended early.
    });
    await Promise.race([work, this.#stopped]);
    this.check();
    return work;
  }

  #reserve(count: number): void {
    const limit = Atomics.load(this.#cells, LIMIT);
    if (limit <= 0n) return;
    const takesNs = (BigInt(count) * NS_PER_SECOND) / limit;
    for (;;) {
      const due = Atomics.load(this.#cells, DUE);
      const now = process.hrtime.bigint();
      const next = (due > now ? due : now) + takesNs;
      if (Atomics.compareExchange(this.#cells, DUE, due, next) === due) return;
    }
  }

  /** How long to wait until what was written is within the limit again; a limit that is lifted or changed ends the wait. */
  #aheadNs(): bigint {
    const due = Atomics.load(this.#cells, DUE);
    return due === 0n ? 0n : due - process.hrtime.bigint() - AHEAD_NS;
  }
}
