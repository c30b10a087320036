import type { NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { FileTaskMessage, TaskProgress } from './file-task.ts';

/** Whoever waits is told so often that the disk answers. */
const ALIVE_MS = 100;

/** What a task in a thread of its own has to do with those who wait for it. */
export class TaskControl {
  readonly #cancel: Int32Array;
  readonly #send: (message: FileTaskMessage) => void;
  #lastTold = performance.now();

  constructor(cancel: SharedArrayBuffer, send: (message: FileTaskMessage) => void) {
    this.#cancel = new Int32Array(cancel);
    this.#send = send;
  }

  /** To be called between any two things that are done. @throws MooringError `CANCELLED` */
  step(progress?: () => TaskProgress): void {
    if (Atomics.load(this.#cancel, 0) !== 0) throw reasonError('CANCELLED', 'task-cancelled', {});
    this.alive(progress);
  }

  /** Tells that the disk answers, where nothing can be stopped any more. */
  alive(progress?: () => TaskProgress): void {
    const now = performance.now();
    if (now - this.#lastTold < ALIVE_MS) return;
    this.#lastTold = now;
    this.#send({ type: 'progress', progress: progress?.() ?? null });
  }

  problem(path: NativePath, { code, message, reason }: MooringError): void {
    this.#send({ type: 'problem', path, code, message, reason });
  }

  tell(message: FileTaskMessage): void {
    this.#send(message);
  }
}
