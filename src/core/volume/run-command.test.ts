import { expect, test } from 'vitest';
import { CommandError, runCommand } from './run-command.ts';

const node = process.execPath;

async function failureOf(promise: Promise<unknown>): Promise<CommandError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandError)) throw new Error(`expected a CommandError, got ${String(error)}`);
  return error;
}

test('a command gets its arguments as they are, no shell, and the C locale', async () => {
  const { stdout } = await runCommand(node, ['-e', 'process.stdout.write(process.argv[1] + process.env.LC_ALL)', '$(id) "; `x`\n']);
  expect(stdout).toBe('$(id) "; `x`\nC');
});

test('a command that reads its standard input finds it empty instead of waiting', async () => {
  await expect(runCommand(node, ['-e', 'process.stdin.on("end", () => console.log("end")).resume()'])).resolves.toMatchObject({
    stdout: 'end\n',
  });
});

test('a missing command is told apart from one that fails', async () => {
  expect(await failureOf(runCommand('mooring-no-such-command', []))).toMatchObject({ failure: 'missing' });
  const failed = await failureOf(runCommand(node, ['-e', 'console.log("partial"); console.error("why"); process.exit(32)']));
  expect(failed).toMatchObject({ failure: 'exit-code', exitCode: 32, stdout: 'partial\n', stderr: 'why\n' });
  expect(failed.message).toContain('why');
});

test('a command that does not answer ends at the deadline, also when a grandchild holds its output open', async () => {
  // Longer than the test may take.
  const script = 'require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 8000)"], { stdio: "inherit" })';
  expect(await failureOf(runCommand(node, ['-e', script], { timeoutMs: 500 }))).toMatchObject({ failure: 'timed-out' });
});

test('output beyond the limit stops the command', async () => {
  const endless = 'for (;;) require("fs").writeSync(1, "x".repeat(65536))';
  expect(await failureOf(runCommand(node, ['-e', endless], { maxOutputBytes: 100_000 }))).toMatchObject({ failure: 'too-much-output' });
});

test('an aborted command is killed', async () => {
  const abort = new AbortController();
  const running = runCommand(node, ['-e', 'setTimeout(() => {}, 60000)'], { signal: abort.signal });
  abort.abort();
  expect(await failureOf(running)).toMatchObject({ failure: 'aborted' });
});
