import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { reasonError } from '#core/fs/reason-error.ts';
import { MooringError } from '#shared/contract/error.ts';
import { createCancelFlag, raiseCancelFlag } from './cancel-flag.ts';
import {
  type FileTask,
  type FileTaskMessage,
  type FileTaskReply,
  type FileTaskRequest,
  type FileTaskType,
  restorePaths,
  type TaskInput,
  type TaskResult,
} from './file-task.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./file-task-worker${extname(import.meta.url)}`, import.meta.url);
/** A disk that sleeps needs some seconds to spin up; what is silent for longer does not answer. */
const SILENCE_LIMIT_MS = 20_000;
/** A cancelled task that does not end in this time hangs in the kernel: nobody waits for it any longer. */
const CANCEL_WAIT_MS = 1500;
const IDLE_MS = 30_000;

export interface FileTaskOptions {
  signal?: AbortSignal | undefined;
  onMessage?(message: FileTaskMessage): void;
}

/**
 * Runs tasks in threads: each task has one for itself, and a thread that is free takes the next. One that hangs is abandoned, so that a drive
 * that does not answer holds up nobody else.
 */
export class FileTasks {
  #idle: Worker | null = null;
  #idleTimer: NodeJS.Timeout | null = null;
  readonly #busy = new Set<Worker>();
  #isClosed = false;

  /**
   * @throws MooringError what the task failed with; `CANCELLED` when `signal` aborts; `VOLUME_UNRESPONSIVE` when the disk is silent for long:
   *   what has been done by then is not known
   */
  async run<Type extends FileTaskType>(type: Type, input: TaskInput<Type>, options: FileTaskOptions = {}): Promise<TaskResult<Type>> {
    const { signal, onMessage } = options;
    if (this.#isClosed) throw reasonError('ENGINE_STOPPING', 'mooring-stops', {});
    if (signal?.aborted) throw cancelled();
    const worker = this.#take();
    const cancel = createCancelFlag();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let timer = setTimeout(() => reject(unresponsive()), SILENCE_LIMIT_MS);
    const restart = (ms: number, error: () => MooringError) => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(error()), ms);
    };
    const onAbort = () => {
      raiseCancelFlag(cancel);
      restart(CANCEL_WAIT_MS, cancelled);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('message', (reply: FileTaskReply) => {
      if (reply.type === 'done') resolve(reply.result);
      else if (reply.type === 'failed') reject(new MooringError(reply.error.code, reply.error.message, { details: reply.error.details }));
      else {
        if (!signal?.aborted) restart(SILENCE_LIMIT_MS, unresponsive);
        onMessage?.(restorePaths(reply) as FileTaskMessage);
      }
    });
    worker.on('error', (error) => reject(reasonError('INTERNAL', 'fault-of-ours', {}, { cause: error })));
    worker.on('exit', () => reject(reasonError('ENGINE_STOPPING', 'mooring-stops', {})));
    let isSound = false;
    try {
      const request: FileTaskRequest = { task: { type, input } as FileTask, cancel };
      worker.postMessage(request);
      const result = await promise;
      isSound = true;
      return restorePaths(result) as TaskResult<Type>;
    } catch (error) {
      isSound = error instanceof MooringError && !['VOLUME_UNRESPONSIVE', 'INTERNAL', 'ENGINE_STOPPING', 'CANCELLED'].includes(error.code);
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
      this.#giveBack(worker, isSound);
    }
  }

  /** Ends all threads. What is under way is rejected, and may or may not be done. */
  close(): void {
    this.#isClosed = true;
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    for (const worker of [...this.#busy, ...(this.#idle ? [this.#idle] : [])]) end(worker);
    this.#idle = null;
  }

  #take(): Worker {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    const worker = this.#idle ?? new Worker(WORKER_URL, { name: 'file-task' });
    this.#idle = null;
    this.#busy.add(worker);
    worker.ref();
    return worker;
  }

  #giveBack(worker: Worker, isSound: boolean): void {
    this.#busy.delete(worker);
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    // Nobody may miss a listener for it.
    worker.on('error', () => undefined);
    if (!isSound || this.#idle || this.#isClosed) {
      end(worker);
      return;
    }
    worker.on('exit', () => {
      if (this.#idle === worker) this.#idle = null;
    });
    worker.unref();
    this.#idle = worker;
    this.#idleTimer = setTimeout(() => {
      this.#idle = null;
      end(worker);
    }, IDLE_MS).unref();
  }
}

/** Not waited for: a thread that hangs in the kernel ends when the kernel lets it go. */
function end(worker: Worker): void {
  void worker.terminate();
}

function cancelled(): MooringError {
  return reasonError('CANCELLED', 'task-cancelled', {});
}

function unresponsive(): MooringError {
  return reasonError('VOLUME_UNRESPONSIVE', 'volume-silent', {});
}
