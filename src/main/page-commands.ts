import type { ShellCommand } from '#shared/contract/shell.ts';

/** Commands on their way to pages. Those that nobody has taken yet wait: a link may arrive before its window exists. */
export class PageCommands {
  readonly #waiting: { command: ShellCommand; page: object | null }[] = [];
  readonly #wakers = new Set<() => void>();

  /** @param page whose it is: what its window sends with; null: of whichever page takes it first */
  send(command: ShellCommand, page: object | null = null): void {
    this.#waiting.push({ command, page });
    this.#wake();
  }

  /** What was sent to a page; ends with its connection. */
  async *follow(signal: AbortSignal, page: object | null = null): AsyncGenerator<ShellCommand, void> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    while (!signal.aborted) {
      const index = this.#waiting.findIndex((sent) => sent.page === null || sent.page === page);
      const [next] = index < 0 ? [] : this.#waiting.splice(index, 1);
      if (next) yield next.command;
      else await new Promise<void>((resolve) => this.#wakers.add(resolve));
    }
    signal.removeEventListener('abort', wake);
  }

  #wake(): void {
    for (const wake of this.#wakers) wake();
    this.#wakers.clear();
  }
}
