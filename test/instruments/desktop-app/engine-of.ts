import { connectToHost, type HostConnection } from '#core/host/host-client.ts';
import { hostPaths } from '#core/host/host-paths.ts';

/** The engine that has a data folder open, over its socket: what the command line would see. */
export function engineOf(dataDir: string): Promise<HostConnection> {
  return connectToHost(hostPaths({ dataDir }, {}).socketPath);
}
