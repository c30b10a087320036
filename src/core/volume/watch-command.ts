import { spawn } from 'node:child_process';

/** Output that comes closer together than this is one change. */
const QUIET_MS = 100;

export interface WatchCommandOptions {
  command: string;
  args: readonly string[];
  onChange: () => void;
  onLost: (reason: string) => void;
  signal: AbortSignal;
  /** A line that the command prints once it listens; without it, it counts as listening as soon as it runs. */
  readyLine?: string;
  readyTimeoutMs?: number;
  /** 100 ms unless said otherwise. */
  quietMs?: number;
}

/**
 * Runs a command that prints something whenever volumes change, until `signal` aborts. What it prints is not looked at:
 * such output is meant for people, and every line means no more than "look again".
 *
 * @returns `true` once the command listens; `false` when it is missing, ends at once, or does not get ready in time
 */
export function watchCommand(options: WatchCommandOptions): Promise<boolean> {
  const { command, args, onChange, onLost, signal, readyLine, readyTimeoutMs = 20_000, quietMs = QUIET_MS } = options;
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    const notify = leadingAndTrailing(onChange, quietMs);
    let listening = false;
    let unread = '';
    const becomeReady = () => {
      listening = true;
      clearTimeout(readyTimer);
      resolve(true);
    };
    const stop = () => {
      clearTimeout(readyTimer);
      notify.cancel();
      signal.removeEventListener('abort', stop);
      child.kill('SIGKILL');
    };
    const end = (reason: string) => {
      const wasLost = listening && !signal.aborted;
      stop();
      resolve(false);
      if (wasLost) onLost(reason);
    };
    const readyTimer = setTimeout(() => end(`${command} did not start listening in time`), readyTimeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, killedBy) => end(`${command} ended (${killedBy ?? `exit code ${code}`})`));
    child.on('spawn', () => {
      if (!readyLine) becomeReady();
    });
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      if (listening) {
        notify();
        return;
      }
      unread += text;
      if (readyLine && unread.split(/\r?\n/).includes(readyLine)) becomeReady();
    });
  });
}

/** Calls at once, and once more after the last call of a burst, so that a burst ends in a look at its final state. */
function leadingAndTrailing(call: () => void, quietMs: number): { (): void; cancel: () => void } {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const onQuiet = () => {
    timer = null;
    if (!again) return;
    again = false;
    call();
    timer = setTimeout(onQuiet, quietMs);
  };
  const notify = () => {
    if (timer) {
      again = true;
      return;
    }
    timer = setTimeout(onQuiet, quietMs);
    call();
  };
  notify.cancel = () => {
    if (timer) clearTimeout(timer);
    again = false;
  };
  return notify;
}
