/** Calls `action` at once, and after that at most once in `intervalMs`; of requests that come too early the last is kept until then. */
export class Throttle {
  #calledAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  readonly #intervalMs: number;
  readonly #action: () => void;

  constructor(intervalMs: number, action: () => void) {
    this.#intervalMs = intervalMs;
    this.#action = action;
  }

  request(): void {
    const waitMs = this.#calledAtMs + this.#intervalMs - performance.now();
    if (waitMs <= 0) this.#call();
    else this.#timer ??= setTimeout(() => this.#call(), waitMs);
  }

  /** Forgets a request that waits. */
  cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #call(): void {
    this.cancel();
    this.#calledAtMs = performance.now();
    this.#action();
  }
}
