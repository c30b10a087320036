/** Whose turn it is to write: nobody's, the bulk writer's, the engine's. */
const HOLDER = 0;
/** How many of the engine's transactions are waiting or running. */
const WANTED = 1;
const NOBODY = 0;
const BULK = 1;
const ENGINE = 2;

/**
 * Whoever waits longer than this goes on: SQLite's own lock, with its busy timeout, still keeps two from writing at once. Only a thread
 * that died while it was its turn can bring this about.
 */
const PATIENCE_MS = 2000;

/**
 * Lets the two threads that write one library's database take turns without ever meeting in SQLite's busy handler, which sleeps up to 100 ms
 * at a time: the engine's thread says that it wants to write, the bulk writer commits what it has and waits until that is done.
 * The state is shared by both threads; each makes a `WriteTurn` of the same buffer.
 */
export class WriteTurn {
  readonly buffer: SharedArrayBuffer;
  readonly #state: Int32Array;
  #depth = 0;

  constructor(buffer = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#state = new Int32Array(buffer);
  }

  /** The engine's thread: runs `write` when it is its turn. May be nested. */
  take<T>(write: () => T): T {
    if (this.#depth === 0) this.#enter();
    this.#depth += 1;
    try {
      return write();
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#leave();
    }
  }

  /** The bulk writer, before it begins a transaction. The engine's thread goes first. */
  takeForBulk(): void {
    const deadline = performance.now() + PATIENCE_MS;
    while (true) {
      const wanted = Atomics.load(this.#state, WANTED);
      if (wanted > 0 && performance.now() < deadline) Atomics.wait(this.#state, WANTED, wanted, PATIENCE_MS);
      else if (this.#tryTake(BULK, deadline)) return;
    }
  }

  /** Whether the bulk writer has to commit now. */
  get isWanted(): boolean {
    return Atomics.load(this.#state, WANTED) > 0;
  }

  /** The bulk writer's transaction has ended; also called for a bulk writer that has died. */
  endBulk(): void {
    if (Atomics.compareExchange(this.#state, HOLDER, BULK, NOBODY) === BULK) Atomics.notify(this.#state, HOLDER);
  }

  #enter(): void {
    Atomics.add(this.#state, WANTED, 1);
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.#tryTake(ENGINE, deadline));
  }

  #leave(): void {
    Atomics.sub(this.#state, WANTED, 1);
    Atomics.store(this.#state, HOLDER, NOBODY);
    Atomics.notify(this.#state, HOLDER);
    Atomics.notify(this.#state, WANTED);
  }

  #tryTake(who: number, deadline: number): boolean {
    const holder = Atomics.compareExchange(this.#state, HOLDER, NOBODY, who);
    if (holder === NOBODY) return true;
    const remainingMs = deadline - performance.now();
    if (remainingMs > 0) Atomics.wait(this.#state, HOLDER, holder, remainingMs);
    else Atomics.store(this.#state, HOLDER, who);
    return remainingMs <= 0;
  }
}
