import { vi } from 'vitest';
import { connectToHost, type HostConnection } from '#core/host/host-client.ts';
import { hostPaths } from '#core/host/host-paths.ts';

/** Longer than any test waits: what takes too long is said by the test. */
const START_TIMEOUT_MS = 120_000;

/**
 * The engine that has a data folder open, over its socket: what the command line would see. Waits for one that is still starting, as it is when its
 * window shows its page already.
 */
export function engineOf(dataDir: string): Promise<HostConnection> {
  const { socketPath } = hostPaths({ dataDir }, {});
  return vi.waitFor(() => connectToHost(socketPath), { timeout: START_TIMEOUT_MS, interval: 20 });
}
