import { expect, test } from 'vitest';
import { watchCommand } from './watch-command.ts';

function watchScript(script: string, readyLine?: string) {
  const abort = new AbortController();
  const changed = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<string>();
  let changes = 0;
  const listening = watchCommand({
    command: process.execPath,
    args: ['-e', script],
    onChange: () => {
      changes++;
      changed.resolve();
    },
    onLost: lost.resolve,
    signal: abort.signal,
    ...(readyLine ? { readyLine } : {}),
  });
  return { abort, listening, changed: changed.promise, lost: lost.promise, changes: () => changes };
}

test('any output is a change, and a burst of it is few', async () => {
  const startMs = performance.now();
  const watch = watchScript('for (let i = 0; i < 50; i++) console.log("line", i); setTimeout(() => process.exit(3), 300)');
  expect(await watch.listening).toBe(true);
  await watch.changed;
  expect(await watch.lost).toContain('exit code 3');
  // On a slow machine the burst lasts longer.
  expect(watch.changes()).toBeLessThanOrEqual(2 + (performance.now() - startMs) / 100);
});

test('what comes before the ready line is no change', async () => {
  const watch = watchScript('console.log("ready"); setTimeout(() => {}, 60000)', 'ready');
  expect(await watch.listening).toBe(true);
  expect(watch.changes()).toBe(0);
  watch.abort.abort();
});

test('a command that is missing or ends at once is no watch', async () => {
  const signal = new AbortController().signal;
  const missing = { command: 'mooring-no-such-command', args: [], onChange: () => undefined, onLost: () => undefined, signal };
  expect(await watchCommand(missing)).toBe(false);
  const watch = watchScript('process.exit(0)', 'ready');
  expect(await watch.listening).toBe(false);
});

test('an aborted watch is not reported as lost', async () => {
  const watch = watchScript('setInterval(() => console.log("x"), 20)');
  await watch.changed;
  watch.abort.abort();
  const reported = await Promise.race([watch.lost, new Promise((resolve) => setTimeout(resolve, 200, 'silent'))]);
  expect(reported).toBe('silent');
});
