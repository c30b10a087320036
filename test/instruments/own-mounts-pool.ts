/**
 * @file Has several test files run at a time although they mount: each gets a process with a table of mounts of its own, so that no other file's
 * drives come and go in what it looks at. What it leaves mounted goes with its processes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';

/** A process that did not end within this time of being asked to is killed. */
const END_TIMEOUT_MS = 1000;

/** Vitest's own pool of processes, but for how they are started: `unshare` becomes Node, so that Vitest's channel and signals reach it. */
class OwnMountsWorker implements PoolWorker {
  readonly name = 'own-mounts';
  readonly cacheFs = true;
  readonly #options: PoolOptions;
  #started: ChildProcess | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get #process(): ChildProcess {
    if (!this.#started) throw new Error('The process of this test file is not running');
    return this.#started;
  }

  async start(): Promise<void> {
    const { distPath, env, execArgv, project } = this.#options;
    this.#started ??= fork(path.join(distPath, 'workers', 'forks.js'), [], {
      env: { ...env },
      execPath: 'unshare',
      execArgv: ['--mount', '--propagation', 'private', '--', process.execPath, ...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const { outputStream, errorStream } = project.vitest.logger;
    this.#started.stdout?.on('data', (chunk) => outputStream.write(chunk));
    this.#started.stderr?.on('data', (chunk) => errorStream.write(chunk));
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      child.kill();
      await ended;
      clearTimeout(timer);
    }
    this.#started = undefined;
  }

  on(event: string, callback: (argument: unknown) => void): void {
    this.#process.on(event, callback);
  }

  off(event: string, callback: (argument: unknown) => void): void {
    this.#process.off(event, callback);
  }

  send(message: WorkerRequest): void {
    this.#process.send(message);
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}

/** For the `pool` of a project. Needs `ownMountsAbility`. */
export const ownMountsPool: PoolRunnerInitializer = {
  name: 'own-mounts',
  createPoolWorker: (options) => new OwnMountsWorker(options),
};
