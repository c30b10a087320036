import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectToHost } from '#core/host/host-client.ts';
import type { EngineClient } from '#shared/contract/contract.ts';

const script = fileURLToPath(new URL('./engine-process.ts', import.meta.url));

/** Another user than the one who runs the tests. */
export interface ProcessUser {
  uid: number;
  gid: number;
}

/** A process that runs `engine-process.ts`. Disposal kills it, as `kill -9` would. */
export class EngineProcess implements AsyncDisposable {
  readonly lines: Record<string, unknown>[] = [];
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #onLine: (() => void) | null = null;
  #stderr = '';

  constructor(...args: (string | ProcessUser)[]) {
    const user = args.find((arg) => typeof arg === 'object') ?? {};
    const words = args.filter((arg) => typeof arg === 'string');
    this.#child = spawn(process.execPath, [script, ...words], { ...user, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#closed = once(this.#child, 'close');
    this.#child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    if (!this.#child.stdout) throw new Error('The process has no output');
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.lines.push(JSON.parse(line));
      this.#onLine?.();
    });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** The first line that has a key. @throws when the process ends before */
  said(key: string): Promise<Record<string, unknown>> {
    return this.saidThat((line) => key in line);
  }

  /** The first line that matches. @throws when the process ends before */
  async saidThat(matches: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    for (;;) {
      const line = this.lines.find(matches);
      if (line) return line;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onLine = resolve;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`The process ended: ${this.#stderr}`);
      await Promise.race([promise, this.#closed]);
    }
  }

  /** A client of a process that hosts an engine (`host`). */
  async connect(): Promise<EngineClient> {
    const { socketPath } = await this.said('socketPath');
    return (await connectToHost(String(socketPath))).client;
  }

  /** Asks it to end, as a system that shuts down does. @returns its exit code; null when it was killed */
  async end(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    await this.#closed;
    return this.#child.exitCode;
  }

  /** Resolves when the process is gone, and everything that it said has been read. @returns what it wrote to stderr */
  async kill(): Promise<string> {
    this.#child.kill('SIGKILL');
    await this.#closed;
    return this.#stderr;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
