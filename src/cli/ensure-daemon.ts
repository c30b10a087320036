import { setTimeout as delay } from 'node:timers/promises';
import { connectToHost, type HostConnection } from '#core/host/host-client.ts';
import type { HostPaths } from '#core/host/host-paths.ts';
import { startDaemon } from '#core/host/start-daemon.ts';
import { MooringError } from '#shared/contract/error.ts';

const WAIT_FOR_OTHER_MS = 10_000;

/** Starts the daemon and connects. Two commands may do so at once: the one that finds the folder taken waits for the other's daemon. */
export async function ensureDaemon(paths: HostPaths): Promise<HostConnection> {
  try {
    await startDaemon({ paths });
    return await connectToHost(paths.socketPath);
  } catch (error) {
    if (!(error instanceof MooringError) || error.code !== 'DATA_FOLDER_IN_USE') throw error;
    return await connectWhenReady(paths.socketPath, error);
  }
}

async function connectWhenReady(socketPath: string, reason: MooringError): Promise<HostConnection> {
  const deadline = Date.now() + WAIT_FOR_OTHER_MS;
  while (Date.now() < deadline) {
    const connection = await connectToHost(socketPath).catch(() => null); // not listening yet
    if (connection) return connection;
    await delay(50);
  }
  throw reason;
}
