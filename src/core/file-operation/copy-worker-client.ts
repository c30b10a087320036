import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MooringError } from '#shared/contract/error.ts';
import { createCancelFlag, raiseCancelFlag } from './cancellation.ts';
import type { CopyMessage, CopyTask, CopyTaskResults, CopyWorkerData } from './copy-messages.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./copy-worker${extname(import.meta.url)}`, import.meta.url);
/** A cancelled task that does not end in this time hangs in the kernel (its drive is gone): nobody waits for it any longer. */
const CANCEL_WAIT_MS = 1500;

export interface CopyTaskOptions<Task extends CopyTask> {
  task: Task;
  signal?: AbortSignal | undefined;
  /** Told of everything but the end. */
  onMessage?(message: Exclude<CopyMessage, { type: 'done' | 'failed' }>): void;
}

/**
 * Runs one task in a worker of its own and ends that worker.
 *
 * @throws MooringError what the task failed with; `CANCELLED` when `signal` aborts
 */
export async function runCopyTask<Task extends CopyTask>(options: CopyTaskOptions<Task>): Promise<CopyTaskResults[Task['task']]> {
  const { task, signal, onMessage } = options;
  signal?.throwIfAborted();
  const cancel = createCancelFlag();
  const workerData: CopyWorkerData = { task, cancel };
  const worker = new Worker(WORKER_URL, { workerData, name: `copy-${task.task}` });
  const { promise, resolve, reject } = Promise.withResolvers<CopyTaskResults[CopyTask['task']]>();
  worker.on('message', (message: CopyMessage) => {
    if (message.type === 'done') resolve(message.result);
    else if (message.type === 'failed')
      reject(new MooringError(message.error.code, message.error.message, { details: message.error.details }));
    else onMessage?.(message);
  });
  worker.on('error', (error) => reject(new MooringError('INTERNAL', 'Copying failed through a fault in Mooring.', { cause: error })));
  worker.on('exit', () => reject(new MooringError('INTERNAL', 'Copying ended before its time.')));
  let timer: NodeJS.Timeout | null = null;
  const onAbort = () => {
    raiseCancelFlag(cancel);
    timer = setTimeout(() => reject(new MooringError('CANCELLED', 'Cancelled, while a drive did not answer.')), CANCEL_WAIT_MS);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return (await promise) as CopyTaskResults[Task['task']];
  } finally {
    signal?.removeEventListener('abort', onAbort);
    if (timer) clearTimeout(timer);
    // Not waited for: a thread that hangs in the kernel ends when the kernel lets it go.
    void worker.terminate();
  }
}
