import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { reasonError } from '#core/fs/reason-error.ts';
import { JobInterrupt } from '#core/job/job-interrupt.ts';
import { MooringError } from '#shared/contract/error.ts';
import { CopyControl, createControlMemory } from '../file-copy/copy-control.ts';
import type { TransferAsk, TransferMessage, TransferTask, TransferTaskResults } from './transfer-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./transfer-worker${extname(import.meta.url)}`, import.meta.url);
/** A task that was stopped and does not end in this time hangs in the kernel (its drive is gone): nobody waits for it any longer. */
const STOP_WAIT_MS = 1500;
/** What was looked at is usually done soon after, and a thread that has copied before copies small files in two thirds of the time. */
const KEPT_MS = 30_000;

export interface TransferTaskOptions<Task extends TransferTask> {
  task: Task;
  signal?: AbortSignal | undefined;
  /** By which it is steered while it runs; left out, nobody does. */
  control?: CopyControl | undefined;
  /** Told of everything but the end. */
  onMessage?(message: Exclude<TransferMessage, { type: 'done' | 'failed' }>): void;
}

/** Runs each task in a thread of its own; one that has come to the end of its task is used again, if that is soon. */
export class TransferThreads {
  #kept: { worker: Worker; timer: NodeJS.Timeout } | null = null;
  #isClosed = false;

  /**
   * Runs one task.
   *
   * @throws MooringError what the task failed with; `CANCELLED` when `signal` aborts
   */
  async run<Task extends TransferTask>(options: TransferTaskOptions<Task>): Promise<TransferTaskResults[Task['task']]> {
    const { task, signal, onMessage, control = new CopyControl(createControlMemory()) } = options;
    signal?.throwIfAborted();
    const worker = this.#takeKept() ?? new Worker(WORKER_URL, { name: 'transfer' });
    const { promise, resolve, reject } = Promise.withResolvers<TransferTaskResults[TransferTask['task']]>();
    worker.on('message', (message: TransferMessage) => {
      if (message.type === 'done') resolve(message.result);
      else if (message.type === 'failed')
        reject(new MooringError(message.error.code, message.error.message, { details: message.error.details }));
      else onMessage?.(message);
    });
    worker.on('error', (error) => reject(reasonError('INTERNAL', 'fault-of-ours', {}, { cause: error })));
    worker.on('exit', () => reject(reasonError('INTERNAL', 'ended-early', {})));
    let timer: NodeJS.Timeout | null = null;
    const onAbort = () => {
      control.stop(isForGood(signal) ? 'cancel' : 'pause');
      timer = setTimeout(() => reject(reasonError('CANCELLED', 'drive-silent', {})), STOP_WAIT_MS);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.postMessage({ task, control: control.memory } satisfies TransferAsk);
    let hasEnded = false;
    try {
      const result = await promise;
      hasEnded = true;
      return result as TransferTaskResults[Task['task']];
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (timer) clearTimeout(timer);
      control.release();
      if (hasEnded) this.#keep(worker);
      else end(worker);
    }
  }

  close(): void {
    this.#isClosed = true;
    const worker = this.#takeKept();
    if (worker) end(worker);
  }

  #takeKept(): Worker | null {
    if (!this.#kept) return null;
    const { worker, timer } = this.#kept;
    clearTimeout(timer);
    this.#kept = null;
    forgetListeners(worker);
    worker.ref();
    return worker;
  }

  #keep(worker: Worker): void {
    if (this.#kept || this.#isClosed) {
      end(worker);
      return;
    }
    forgetListeners(worker);
    worker.unref();
    // Whatever ends it, the next task has one of its own.
    for (const event of ['error', 'exit']) worker.on(event, () => this.#takeKept());
    const timer = setTimeout(() => {
      this.#takeKept();
      end(worker);
    }, KEPT_MS).unref();
    this.#kept = { worker, timer };
  }
}

/** Of those that `TransferThreads` has added; Node has others. */
function forgetListeners(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

/** Not waited for: a thread that hangs in the kernel ends when the kernel lets it go. */
function end(worker: Worker): void {
  void worker.terminate();
}

/** What is only paused goes on later, and what it has begun is kept. */
function isForGood(signal: AbortSignal | undefined): boolean {
  const reason: unknown = signal?.reason;
  return !(reason instanceof JobInterrupt) || reason.interruption === 'cancelled';
}
