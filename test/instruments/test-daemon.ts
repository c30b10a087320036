/**
 * @file The built command line and the daemon that it starts, each in a data folder of its own: what a user has installed,
 * from the outside.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hostPaths } from '#core/host/host-paths.ts';
import { readPidFile } from '#core/host/pid-file.ts';
import { makeTestDir } from './test-run.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const CLI_TIMEOUT_MS = 60_000;

export interface CliResult {
  /** Exit code. */
  code: number;
  stdout: string;
  stderr: string;
  /** What stdout says as JSON; undefined where it is none. */
  json: unknown;
}

export interface CliOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A command that goes on until it is ended, and the lines that it prints. */
export interface RunningCli extends AsyncDisposable {
  process: ChildProcess;
  /** Each line of stdout with the time at which it arrived (`performance.now()`). */
  lines: AsyncIterableIterator<{ text: string; at: number }>;
  /** Exit code, or null after a signal. */
  ended: Promise<number | null>;
}

export class TestDaemon implements AsyncDisposable {
  readonly dataDir: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
    // What the developer has set for a Mooring of their own must not reach the test's.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('MOORING_') || name === 'MOORING_TEST_RUN_DIR');
    this.#env = { ...Object.fromEntries(own), MOORING_DATA_DIR: dataDir, NO_COLOR: '1' };
  }

  get paths() {
    return hostPaths({ dataDir: this.dataDir }, {});
  }

  /** Pid of what serves the data folder, from its pid file. */
  pid(instance?: string): number {
    const file = readPidFile(hostPaths({ dataDir: this.dataDir, instance }, {}).pidPath);
    if (!file) throw new Error('Nothing runs in this data folder');
    return file.pid;
  }

  /** Runs `mooring ARGS…` to its end. */
  cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [CLI, ...args],
        { cwd: options.cwd ?? this.dataDir, env: { ...this.#env, ...options.env }, timeout: CLI_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, stdout, stderr, json: parseOrUndefined(stdout) });
        },
      );
    });
  }

  /** Runs `mooring ARGS… --json`; throws with what it printed when it fails. */
  async json<T>(args: readonly string[], options: CliOptions = {}): Promise<T> {
    const result = await this.cli([...args, '--json'], options);
    if (result.code !== 0) throw new Error(`mooring ${args.join(' ')} ended with ${result.code}: ${result.stdout}${result.stderr}`);
    return result.json as T;
  }

  /** What a bash script prints as JSON, in which `mooring` is the command line: for arguments that are no text. */
  shell(script: string, options: CliOptions = {}): Promise<unknown> {
    const program = `mooring() { '${process.execPath}' '${CLI}' "$@"; }`;
    return new Promise((resolve) => {
      execFile(
        'bash',
        ['-c', `${program}; ${script}`],
        { cwd: options.cwd ?? this.dataDir, env: { ...this.#env, ...options.env }, timeout: CLI_TIMEOUT_MS },
        (_error, stdout) => resolve(parseOrUndefined(stdout)),
      );
    });
  }

  /** Starts a command that goes on, such as `events`. */
  spawn(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = this.dataDir): RunningCli {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd,
      env: { ...this.#env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    return {
      process: child,
      lines: timedLines(child),
      ended,
      [Symbol.asyncDispose]: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  /** Ends every host of the data folder, instances included, and removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { items } = await this.json<{ items: { instance: string }[] }>(['daemon', 'list']);
    for (const { instance } of items) await this.cli(['stop', '--force', '--instance', instance]);
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** A data folder in which nothing runs yet; every command that needs the engine starts it. */
export async function makeTestDaemon(): Promise<TestDaemon> {
  return new TestDaemon(await makeTestDir('daemon'));
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one JSON document: tests that need one see `undefined`.
    return undefined;
  }
}

async function* timedLines(child: ChildProcess): AsyncGenerator<{ text: string; at: number }> {
  if (!child.stdout) return;
  for await (const text of createInterface({ input: child.stdout })) yield { text, at: performance.now() };
}
