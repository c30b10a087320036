/**
 * @file Runs in a worker thread of the desktop app or of the daemon: the engine together with its servers.
 * `engine-worker-client.ts` starts it and is all that the hosting thread knows of it.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MessagePortHandler } from '@orpc/server/message-port';
import type { MooringError } from '#shared/contract/error.ts';
import { toCallError } from './api/call-error.ts';
import { Engine } from './engine.ts';
import type { EngineWorkerMessage, EngineWorkerOptions, EngineWorkerRequest } from './engine-worker-client.ts';
import { errorNumber, toFsError } from './fs/fs-error.ts';
import { lockDataFolder } from './host/data-folder-lock.ts';
import { removePidFile, writePidFile } from './host/pid-file.ts';
import { rpcHandler } from './host/rpc-handler.ts';
import { prepareRuntimeFolder } from './host/runtime-folder.ts';
import { serveEngine } from './host/serve.ts';

const options = workerData as EngineWorkerOptions;
const startedAt = new Date().toISOString();

function post(message: EngineWorkerMessage): void {
  parentPort?.postMessage(message);
}

async function run(): Promise<void> {
  const { paths } = options;
  prepareRuntimeFolder(paths.runtimeDir);
  // The lock comes before everything else: whoever has it may recover what a killed process left behind.
  const lock = lockDataFolder(paths.dataDir, paths.pidPath);
  const pidFile = (httpAddress: string | null) => ({
    pid: process.pid,
    startedAt,
    instance: paths.instance,
    dataDir: paths.dataDir,
    socketPath: paths.socketPath,
    httpAddress,
    host: options.host,
  });
  writePidFile(paths.pidPath, pidFile(null));
  const engine = await Engine.start({
    dataDir: paths.dataDir,
    instance: paths.instance,
    host: options.host,
    version: options.version,
    ...(options.logLevel ? { logLevel: options.logLevel } : {}),
    onShutdownRequest: () => post({ type: 'shutdown-requested' }),
  });
  const served = await serveEngine(engine, { socketPath: paths.socketPath, http: options.http }).catch(async (error) => {
    await engine.close();
    throw error;
  });
  writePidFile(paths.pidPath, pidFile(served.httpAddress));

  const ports = new MessagePortHandler(rpcHandler(engine.router, served.state, engine.services.log));
  async function close(): Promise<void> {
    served.stopAccepting();
    // Subscribers hear of CoreShutdown before their connections end.
    await engine.close();
    await served.close();
    removePidFile(paths.pidPath);
    lock.release();
    post({ type: 'closed' });
    // Whatever still waits for a disk that does not answer must not keep the thread.
    process.exit();
  }
  function openPort(port: MessagePort): void {
    ports.upgrade(port, { context: { transport: 'message-port' } });
    port.start();
  }
  parentPort?.on('message', (request: EngineWorkerRequest) => {
    if (request.type === 'open-port') openPort(request.port);
    else void close();
  });
  post({ type: 'ready', info: { pid: process.pid, socketPath: paths.socketPath, httpAddress: served.httpAddress, token: served.token } });
}

/** What keeps an engine from starting is mostly its data folder: not writable, full, or with something else in the place of a file. */
function startError(error: unknown): MooringError {
  const known = toCallError(error);
  return known.code === 'INTERNAL' && errorNumber(error) !== null ? toFsError(error, options.paths.dataDir) : known;
}

run().catch((error) => {
  post({ type: 'failed', error: startError(error).toBody(), stack: error instanceof Error ? (error.stack ?? '') : String(error) });
  process.exit(1);
});
