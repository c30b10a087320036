import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { displayName } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { ContentReply, ContentRequest, ContentResult } from './content-worker.ts';

/** The worker is the file beside this one, of the same kind: `.ts` when run from source, `.js` when built. */
const WORKER_URL = new URL(`./content-worker${extname(import.meta.url)}`, import.meta.url);
/** A thread that nobody asked for so long ends. */
const IDLE_LIMIT_MS = 30_000;

interface ContentTask {
  request: ContentRequest;
  resolve(result: ContentResult): void;
  reject(error: MooringError): void;
}

/** One content worker, and what it has been asked. It ends by itself: when nothing is asked of it, and when its drive does not answer. */
export class ContentThread {
  readonly #worker = new Worker(WORKER_URL, { name: 'contents' });
  readonly #pending = new Map<number, ContentTask>();
  readonly #silenceLimitMs: number;
  readonly #onEnd: () => void;
  #nextId = 1;
  #timer: NodeJS.Timeout | null = null;

  /** @param onEnd the thread takes no more requests; those that it has had have been answered */
  constructor(silenceLimitMs: number, onEnd: () => void) {
    this.#silenceLimitMs = silenceLimitMs;
    this.#onEnd = onEnd;
    this.#worker.unref();
    this.#worker.on('message', (reply: ContentReply) => this.#receive(reply));
    this.#worker.on('error', (error) =>
      this.#end(() => new MooringError('INTERNAL', 'Reading the file failed. Try again.', { cause: error })),
    );
  }

  ask(request: ContentRequest): Promise<ContentResult> {
    const { promise, resolve, reject } = Promise.withResolvers<ContentResult>();
    const id = this.#nextId++;
    this.#pending.set(id, { request, resolve, reject });
    this.#worker.postMessage({ id, request });
    // A thread that is just starting is not silent: the clock runs from its first word on.
    if (this.#pending.size === 1) this.#stopClock();
    return promise;
  }

  /** Terminating waits until the kernel lets the thread go, which may be never. */
  close(): Promise<unknown> {
    return this.#end(() => new MooringError('ENGINE_STOPPING', 'Mooring is stopping.'));
  }

  #receive(reply: ContentReply): void {
    this.#stopClock();
    if (reply.type !== 'working') {
      const task = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      if (reply.type === 'done') task?.resolve(reply.result);
      else task?.reject(new MooringError(reply.error.code, reply.error.message, { details: reply.error.details }));
    }
    const isIdle = this.#pending.size === 0;
    const onTime = () => void this.#end(({ request: { path } }) => unresponsive(displayName(path)));
    this.#timer = setTimeout(onTime, isIdle ? IDLE_LIMIT_MS : this.#silenceLimitMs).unref();
  }

  #end(reason: (task: ContentTask) => MooringError): Promise<unknown> {
    this.#stopClock();
    this.#onEnd();
    this.#worker.removeAllListeners();
    // A thread that is being terminated may still report an error, and nobody may miss a listener for it.
    this.#worker.on('error', () => undefined);
    for (const task of this.#pending.values()) task.reject(reason(task));
    this.#pending.clear();
    return this.#worker.terminate();
  }

  #stopClock(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function unresponsive(path: string): MooringError {
  return new MooringError('VOLUME_UNRESPONSIVE', `The volume of “${path}” does not answer. Unmount it, or connect it again.`);
}
