import type { Logger } from '../log/logger.ts';
import type { Library } from './library.ts';

/** A part that does not let go within this time keeps nobody from closing a library: its drive may be gone. */
const RELEASE_TIMEOUT_MS = 5000;

/** Other parts of the engine that use a library's database for long: told before it closes, and when it is there again. */
export class LibraryHooks {
  readonly #releasing = new Set<(library: Library) => Promise<void>>();
  readonly #returning = new Set<(library: Library) => void>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  beforeRelease(listener: (library: Library) => Promise<void>): () => void {
    this.#releasing.add(listener);
    return () => this.#releasing.delete(listener);
  }

  afterReturn(listener: (library: Library) => void): () => void {
    this.#returning.add(listener);
    return () => this.#returning.delete(listener);
  }

  /** Resolves when all have let go, or have had their time. Who listened last is told first: what was built on another part ends before it. */
  async release(library: Library): Promise<void> {
    for (const listener of [...this.#releasing].reverse()) {
      await withinTime(listener(library)).catch((error: unknown) =>
        this.#log.warn({ err: error, library: library.id }, 'A part of Mooring did not let go of a library'),
      );
    }
  }

  returned(library: Library): void {
    for (const listener of this.#returning) {
      try {
        listener(library);
      } catch (error) {
        this.#log.error({ err: error, library: library.id }, 'A part of Mooring could not go on with a library');
      }
    }
  }
}

async function withinTime(work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`It did not let go within ${RELEASE_TIMEOUT_MS} ms.`)), RELEASE_TIMEOUT_MS);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
