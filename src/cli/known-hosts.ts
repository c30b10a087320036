import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectToHost } from '#core/host/host-client.ts';
import { DEFAULT_INSTANCE, type HostPaths, hostPaths } from '#core/host/host-paths.ts';
import { readPidFile } from '#core/host/pid-file.ts';

export interface KnownHost {
  instance: string;
  dataDir: string;
  running: boolean;
  host: 'desktop' | 'daemon' | 'test' | null;
  pid: number | null;
  startedAt: string | null;
  httpAddress: string | null;
}

/** The instances of a data folder and what serves them. Running is what answers; a pid file alone proves nothing. */
export async function knownHosts(paths: HostPaths): Promise<KnownHost[]> {
  const names = instanceNames(paths);
  const env = { ...process.env, MOORING_RUNTIME_DIR: paths.runtimeDir };
  return Promise.all(names.map((instance) => describeHost(hostPaths({ dataDir: paths.baseDir, instance }, env))));
}

function instanceNames({ baseDir }: HostPaths): string[] {
  const folder = join(baseDir, 'instances');
  const named = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  const names = named.map((entry) => entry.name).filter(isInstanceName);
  return existsSync(baseDir) ? [DEFAULT_INSTANCE, ...names.sort()] : names.sort();
}

function isInstanceName(name: string): boolean {
  try {
    hostPaths({ instance: name });
    return true;
  } catch {
    // A folder that somebody else put there.
    return false;
  }
}

async function describeHost(paths: HostPaths): Promise<KnownHost> {
  const connection = await connectToHost(paths.socketPath).catch(() => null); // nobody answers: not running
  connection?.close();
  const file = connection ? readPidFile(paths.pidPath) : null;
  return {
    instance: paths.instance,
    dataDir: paths.dataDir,
    running: connection !== null,
    host: file?.host ?? null,
    pid: file?.pid ?? null,
    startedAt: file?.startedAt ?? null,
    httpAddress: file?.httpAddress ?? null,
  };
}
