import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectToHost } from '#core/host/host-client.ts';
import { DEFAULT_INSTANCE, type HostPaths, hostPaths } from '#core/host/host-paths.ts';
import { readPidFile } from '#core/host/pid-file.ts';
import { MooringError } from '#shared/contract/error.ts';

export interface KnownHost {
  instance: string;
  dataDir: string;
  running: boolean;
  /** False where somebody listens who does not answer. */
  answers: boolean;
  host: 'desktop' | 'daemon' | 'test' | null;
  pid: number | null;
  startedAt: string | null;
  httpAddress: string | null;
}

/** The instances of a data folder and what serves them. Running is what takes a connection; a pid file alone proves nothing. */
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
  const state = await connectToHost(paths.socketPath).then(
    (connection) => {
      connection.close();
      return { running: true, answers: true };
    },
    (error: unknown) => ({ running: error instanceof MooringError && error.code !== 'ENGINE_UNREACHABLE', answers: false }),
  );
  const file = state.running ? readPidFile(paths.pidPath) : null;
  return {
    instance: paths.instance,
    dataDir: paths.dataDir,
    ...state,
    host: file?.host ?? null,
    pid: file?.pid ?? null,
    startedAt: file?.startedAt ?? null,
    httpAddress: file?.httpAddress ?? null,
  };
}
