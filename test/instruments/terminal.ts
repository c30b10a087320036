import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestDaemon } from './test-daemon.ts';
import { makeTestDir } from './test-run.ts';

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

/** A real terminal in which one command of the built command line runs; tmux shows what is on it. */
export interface Terminal extends Disposable {
  /** What is on the screen, as soon as it matches. */
  until(pattern: RegExp): Promise<string>;
  /** Keys as tmux names them: `q`, `Enter`, `C-c`, `Down`. */
  press(...keys: string[]): void;
}

/** The screen ends with `left with N` once the command has ended with exit code N. */
export async function openTerminal(daemon: TestDaemon, args: readonly string[], cwd = daemon.dataDir): Promise<Terminal> {
  const socket = join(await makeTestDir('tmux'), 'socket');
  const tmux = (...words: string[]) => execFileSync('tmux', ['-S', socket, ...words], { encoding: 'utf8' });
  const quoted = [process.execPath, CLI, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  // Also where the environment says that a build server runs it.
  const command = `export CI=true MOORING_DATA_DIR='${daemon.dataDir}'; ${quoted}; echo left with $?; exec cat`;
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', '120', '-y', '30', '-c', cwd, command);
  const screen = () => tmux('capture-pane', '-p');
  return {
    until: (pattern) => screenMatching(screen, pattern),
    press: (...keys) => void tmux('send-keys', ...keys),
    [Symbol.dispose]: () => void tmux('kill-server'),
  };
}

/** Looks again until it matches: a terminal's screen tells nobody when it changes. */
async function screenMatching(screen: () => string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const text = screen();
    if (pattern.test(text)) return text;
    if (Date.now() > deadline) throw new Error(`Not in time; last seen:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
