import type { ShellCommand } from '#shared/contract/shell.ts';

/** Commands on their way to the page. Those that nobody has taken yet wait: a link may arrive before its window exists. */
export class PageCommands {
  #waiting: ShellCommand[] = [];
  #wake: (() => void) | null = null;

  send(command: ShellCommand): void {
    this.#waiting.push(command);
    this.#wake?.();
  }

  /** For the one page that is there; ends with its connection. */
  async *follow(signal: AbortSignal): AsyncGenerator<ShellCommand, void> {
    const wake = () => this.#wake?.();
    signal.addEventListener('abort', wake, { once: true });
    while (!signal.aborted) {
      const next = this.#waiting.shift();
      if (next) yield next;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    signal.removeEventListener('abort', wake);
  }
}
