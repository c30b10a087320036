/**
 * @file Entry of the background process that `mooring start` makes. It tells its parent once over the IPC channel whether
 * the engine started, and then lives on its own.
 */
import { parseArgs } from 'node:util';
import { toMooringError } from '#shared/contract/error.ts';
import { hostPaths } from './host-paths.ts';
import { runDaemon } from './run-daemon.ts';
import type { DaemonMessage } from './start-daemon.ts';

const { values } = parseArgs({
  options: { 'data-dir': { type: 'string' }, instance: { type: 'string' }, http: { type: 'string' }, 'log-level': { type: 'string' } },
});
const level = (['trace', 'debug', 'info', 'warn', 'error'] as const).find((known) => known === values['log-level']);

function tellParent(message: DaemonMessage): void {
  if (!process.connected) return;
  // The channel ends with the message, so that neither process keeps the other.
  process.send?.(message, () => process.connected && process.disconnect());
}

try {
  process.exitCode = await runDaemon({
    paths: hostPaths({ dataDir: values['data-dir'], instance: values.instance }),
    http: values.http === undefined ? undefined : { port: Number(values.http) },
    ...(level ? { logLevel: level } : {}),
    onReady: (info) => tellParent({ type: 'ready', info }),
  });
  // A thread that waits for a drive which hangs would keep the process from ending by itself.
  if (process.exitCode !== 0) process.kill(process.pid, 'SIGKILL');
  process.exit();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
  tellParent({ type: 'failed', error: toMooringError(error).toBody() });
}
