import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineReady } from '#core/engine-worker-client.ts';
import { type ErrorBody, MooringError } from '#shared/contract/error.ts';
import type { HostPaths } from './host-paths.ts';
import { NEUTRAL_FOLDER } from './start-folder.ts';

const START_TIMEOUT_MS = 20_000;
const DAEMON_FILE = fileURLToPath(new URL(`./daemon${extname(import.meta.url)}`, import.meta.url));

/** From the daemon to the process that started it, once. */
export type DaemonMessage = { type: 'ready'; info: EngineReady } | { type: 'failed'; error: ErrorBody };

export interface StartDaemonOptions {
  paths: HostPaths;
  http?: { port: number } | undefined;
  logLevel?: string | undefined;
}

/**
 * Starts a daemon that outlives this process, and waits until it can be reached.
 * @throws DATA_FOLDER_IN_USE, CONFLICT (port taken), … as the daemon says; ENGINE_UNREACHABLE when it says nothing
 */
export async function startDaemon({ paths, http, logLevel }: StartDaemonOptions): Promise<EngineReady> {
  const outputPath = daemonOutputPath(paths.dataDir);
  const output = openOutput(paths.dataDir, outputPath);
  const args = [DAEMON_FILE, '--data-dir', paths.baseDir, '--instance', paths.instance];
  if (http) args.push('--http', String(http.port));
  if (logLevel) args.push('--log-level', logLevel);
  const child = spawn(process.execPath, args, {
    detached: true,
    windowsHide: true,
    cwd: NEUTRAL_FOLDER,
    env: { ...process.env, MOORING_RUNTIME_DIR: paths.runtimeDir },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<EngineReady>((resolve, reject) => {
      const unreachable = (why: string) =>
        reject(new MooringError('ENGINE_UNREACHABLE', `The daemon ${why}. What it said last is in ${outputPath}.`));
      timer = setTimeout(() => {
        unreachable('did not answer in time');
        child.kill();
      }, START_TIMEOUT_MS);
      child.once('error', (error) => unreachable(`could not be started (${error.message})`));
      child.once('exit', (code, signal) => unreachable(`ended at once (${signal ?? `code ${code}`})`));
      child.once('message', (message: DaemonMessage) => {
        if (message.type === 'ready') resolve(message.info);
        else if (message.error.code === 'INTERNAL') unreachable('could not start');
        else reject(new MooringError(message.error.code, message.error.message, { details: message.error.details }));
      });
    });
  } finally {
    clearTimeout(timer);
    child.removeAllListeners();
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** What a daemon prints, which is only what its log could not take: a crash of the process itself. */
function daemonOutputPath(dataDir: string): string {
  return join(dataDir, 'logs', 'daemon-output.txt');
}

function openOutput(dataDir: string, path: string): number {
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
    return openSync(path, 'w', 0o600);
  } catch (error) {
    throw new MooringError('PERMISSION_DENIED', `${dataDir} cannot be written. Check its permissions, or choose another data folder.`, {
      cause: error,
    });
  }
}
