import { execFile } from 'node:child_process';

export interface CommandOptions {
  /** The command is killed, and the call rejects, after so long. 10 s unless said otherwise. */
  timeoutMs?: number;
  /** Most that a command may print before it is killed. 16 MiB unless said otherwise. */
  maxOutputBytes?: number;
  signal?: AbortSignal;
}

export interface CommandOutput {
  stdout: string;
  stderr: string;
}

/** How the engine runs external commands; passed as a parameter so that recorded outputs can stand in for another platform's tools. */
export type CommandRunner = (command: string, args: readonly string[], options?: CommandOptions) => Promise<CommandOutput>;

export type CommandFailure = 'missing' | 'exit-code' | 'timed-out' | 'too-much-output' | 'aborted';

/** A command that did not end well. What it printed until then is kept: some tools print a usable answer and still exit with an error. */
export class CommandError extends Error {
  readonly failure: CommandFailure;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;

  constructor(command: string, failure: CommandFailure, exitCode: number | null, output: CommandOutput, cause?: unknown) {
    const detail = output.stderr.trim().slice(0, 500);
    super(`${command}: ${describeFailure(failure, exitCode)}${detail ? `: ${detail}` : ''}`, { cause });
    this.name = 'CommandError';
    this.failure = failure;
    this.exitCode = exitCode;
    this.stdout = output.stdout;
    this.stderr = output.stderr;
  }
}

function describeFailure(failure: CommandFailure, exitCode: number | null): string {
  if (failure === 'missing') return 'is not installed';
  if (failure === 'exit-code') return `ended with exit code ${exitCode}`;
  if (failure === 'timed-out') return 'did not answer in time';
  if (failure === 'too-much-output') return 'printed more than was expected';
  return 'was cancelled';
}

/**
 * Runs a command without a shell, in the C locale, with nothing on its standard input, and resolves with what it printed.
 *
 * The call ends at the deadline also when the process does not: a command that hangs in the kernel on a dead mount
 * survives SIGKILL until the mount answers, and must not keep its caller waiting.
 *
 * @throws CommandError when the command is missing, fails, is late, prints too much, or `signal` aborts
 */
export const runCommand: CommandRunner = (command, args, options = {}) => {
  const { timeoutMs = 10_000, maxOutputBytes = 16 * 1024 * 1024, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CommandError(command, 'aborted', null, { stdout: '', stderr: '' }, signal.reason));
      return;
    }
    const child = execFile(
      command,
      args,
      {
        maxBuffer: maxOutputBytes,
        killSignal: 'SIGKILL',
        windowsHide: true,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C', LANG: 'C' },
      },
      (error, stdout, stderr) => {
        release();
        if (!error) resolve({ stdout, stderr });
        else reject(new CommandError(command, failureOf(error), exitCodeOf(error), { stdout, stderr }, error));
      },
    );
    child.stdin?.end();
    const giveUp = (failure: CommandFailure) => {
      release();
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
      reject(new CommandError(command, failure, null, { stdout: '', stderr: '' }));
    };
    const timer = setTimeout(giveUp, timeoutMs, 'timed-out');
    const onAbort = () => giveUp('aborted');
    signal?.addEventListener('abort', onAbort, { once: true });
    function release() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  });
};

function failureOf(error: Error & { code?: unknown }): CommandFailure {
  if (error.code === 'ENOENT' || error.code === 'EACCES') return 'missing';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'too-much-output';
  return 'exit-code';
}

function exitCodeOf(error: Error & { code?: unknown }): number | null {
  return typeof error.code === 'number' ? error.code : null;
}
