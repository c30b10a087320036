import { join } from 'node:path';
import { type EngineReady, type EngineWorker, type EngineWorkerOptions, startEngineWorker } from '#core/engine-worker-client.ts';
import { endIfHeldUp } from './end-process.ts';
import { packageVersion } from './package-root.ts';
import { leaveStartFolder } from './start-folder.ts';

/** An orderly end takes no longer; what is not done by then is recovered at the next start. */
const CLOSE_TIMEOUT_MS = 4800;

export interface DaemonOptions extends Pick<EngineWorkerOptions, 'paths' | 'http' | 'logLevel'> {
  onReady(info: EngineReady): void;
}

/**
 * Hosts the engine in this process until a signal or a client ends it. Does not return when a drive that does not answer holds up a thread.
 * @returns the exit code for the process: 0 after an orderly end, 1 when the engine crashed or did not end in time
 * @throws what kept the engine from starting
 */
export async function runDaemon(options: DaemonOptions): Promise<number> {
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  let worker: EngineWorker | null = null;
  let isStopping = false;
  leaveStartFolder();

  function stop(): void {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => {
      console.error('Mooring did not end in time; the next start will recover.');
      end(1);
    }, CLOSE_TIMEOUT_MS).unref();
    // A signal may arrive while the engine is still starting: it is closed as soon as it can be.
    if (worker) close(worker);
  }
  function close(running: EngineWorker): void {
    running.close().then(() => end(0));
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const starting = startEngineWorker({
    paths: options.paths,
    http: options.http,
    host: 'daemon',
    version: packageVersion(),
    ...(options.logLevel ? { logLevel: options.logLevel } : {}),
  });
  const started = await Promise.race([starting, ended]);
  if (typeof started === 'number') return started;
  worker = started;
  worker.onShutdownRequest(stop);
  worker.onExit(({ expected, error }) => {
    if (expected) return;
    void logCrash(options.paths.dataDir, error).finally(() => end(1));
  });
  if (isStopping) close(worker);
  else options.onReady(worker.ready);
  const exitCode = await ended;
  endIfHeldUp(worker);
  return exitCode;
}

/** The engine's own logger died with it. */
async function logCrash(dataDir: string, error: Error | null): Promise<void> {
  console.error('The engine of Mooring crashed:', error ?? 'no reason is known');
  const { createLogger } = await import('#core/log/create-logger.ts');
  const log = createLogger({ dir: join(dataDir, 'logs'), level: 'error', keepDays: 7 });
  log.fatal({ component: 'host', err: error }, 'The engine crashed; the daemon ends');
}
