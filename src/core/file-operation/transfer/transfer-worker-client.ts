import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { JobInterrupt } from '#core/job/job-interrupt.ts';
import { MooringError } from '#shared/contract/error.ts';
import { CopyControl, createControlMemory } from '../file-copy/copy-control.ts';
import type { TransferMessage, TransferTask, TransferTaskResults, TransferWorkerData } from './transfer-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./transfer-worker${extname(import.meta.url)}`, import.meta.url);
/** A task that was stopped and does not end in this time hangs in the kernel (its drive is gone): nobody waits for it any longer. */
const STOP_WAIT_MS = 1500;

export interface TransferTaskOptions<Task extends TransferTask> {
  task: Task;
  signal?: AbortSignal | undefined;
  /** By which it is steered while it runs; left out, nobody does. */
  control?: CopyControl | undefined;
  /** Told of everything but the end. */
  onMessage?(message: Exclude<TransferMessage, { type: 'done' | 'failed' }>): void;
}

/**
 * Runs one task in a worker of its own and ends that worker.
 *
 * @throws MooringError what the task failed with; `CANCELLED` when `signal` aborts
 */
export async function runTransferTask<Task extends TransferTask>(
  options: TransferTaskOptions<Task>,
): Promise<TransferTaskResults[Task['task']]> {
  const { task, signal, onMessage, control = new CopyControl(createControlMemory()) } = options;
  signal?.throwIfAborted();
  const workerData: TransferWorkerData = { task, control: control.memory };
  const worker = new Worker(WORKER_URL, { workerData, name: `transfer-${task.task}` });
  const { promise, resolve, reject } = Promise.withResolvers<TransferTaskResults[TransferTask['task']]>();
  worker.on('message', (message: TransferMessage) => {
    if (message.type === 'done') resolve(message.result);
    else if (message.type === 'failed')
      reject(new MooringError(message.error.code, message.error.message, { details: message.error.details }));
    else onMessage?.(message);
  });
  worker.on('error', (error) => reject(new MooringError('INTERNAL', 'It failed through a fault in Mooring.', { cause: error })));
  worker.on('exit', () => reject(new MooringError('INTERNAL', 'It ended before its time.')));
  let timer: NodeJS.Timeout | null = null;
  const onAbort = () => {
    control.stop(isForGood(signal) ? 'cancel' : 'pause');
    timer = setTimeout(() => reject(new MooringError('CANCELLED', 'Stopped, while a drive did not answer.')), STOP_WAIT_MS);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return (await promise) as TransferTaskResults[Task['task']];
  } finally {
    signal?.removeEventListener('abort', onAbort);
    if (timer) clearTimeout(timer);
    // Not waited for: a thread that hangs in the kernel ends when the kernel lets it go.
    void worker.terminate();
  }
}

/** What is only paused goes on later, and what it has begun is kept. */
function isForGood(signal: AbortSignal | undefined): boolean {
  const reason: unknown = signal?.reason;
  return !(reason instanceof JobInterrupt) || reason.reason === 'cancelled';
}
