import { createHash } from 'node:crypto';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { MooringError } from '#shared/contract/error.ts';

/** Name of the instance that has no name of its own. */
export const DEFAULT_INSTANCE = 'default';

/** The kernel's limit for a socket's path is 104 bytes on macOS and 108 on Linux; the name in the folder needs its share. */
const MAX_SOCKET_PATH_BYTES = 100;

/** Where one instance keeps its data and where its host can be reached. */
export interface HostPaths {
  instance: string;
  /** Data folder of the default instance; the others lie below it. */
  baseDir: string;
  dataDir: string;
  runtimeDir: string;
  /** Unix socket, or the name of a pipe on Windows. */
  socketPath: string;
  pidPath: string;
}

interface HostChoice {
  /** `--data-dir` */
  dataDir?: string | undefined;
  /** `--instance` */
  instance?: string | undefined;
}

/**
 * Data folder: `--data-dir`, else `MOORING_DATA_DIR`, else the platform's convention. Runtime folder: `MOORING_RUNTIME_DIR`,
 * else below a data folder that was named, else the platform's place for sockets.
 */
export function hostPaths(choice: HostChoice = {}, env: NodeJS.ProcessEnv = process.env): HostPaths {
  const instance = checkInstanceName(choice.instance ?? env.MOORING_INSTANCE ?? DEFAULT_INSTANCE);
  const named = choice.dataDir || env.MOORING_DATA_DIR;
  const baseDir = named ? resolve(named) : envPaths('mooring', { suffix: '' }).data;
  const suffix = instance === DEFAULT_INSTANCE ? '' : `-${instance}`;
  const runtimeDir = runtimeFolder(named ? baseDir : null, `mooring${suffix}.sock`, env);
  return {
    instance,
    baseDir,
    dataDir: instance === DEFAULT_INSTANCE ? baseDir : join(baseDir, 'instances', instance),
    runtimeDir,
    socketPath: process.platform === 'win32' ? pipeName(baseDir, suffix) : join(runtimeDir, `mooring${suffix}.sock`),
    pidPath: join(runtimeDir, `mooring${suffix}.pid`),
  };
}

/** @throws INVALID_INPUT for a name that could not be part of a file name everywhere */
function checkInstanceName(name: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,31}$/i.test(name)) return name;
  throw new MooringError(
    'INVALID_INPUT',
    `“${name}” cannot be the name of an instance. Use up to 32 letters, digits, hyphens and underscores, beginning with a letter or digit.`,
  );
}

function runtimeFolder(namedDataDir: string | null, socketName: string, env: NodeJS.ProcessEnv): string {
  if (env.MOORING_RUNTIME_DIR) return resolve(env.MOORING_RUNTIME_DIR);
  if (namedDataDir) {
    const beside = join(namedDataDir, 'runtime');
    if (process.platform === 'win32' || Buffer.byteLength(join(beside, socketName)) <= MAX_SOCKET_PATH_BYTES) return beside;
    return join(ownTemporaryFolder(), shortHash(namedDataDir));
  }
  if (process.platform === 'win32') return join(envPaths('mooring', { suffix: '' }).data, 'runtime');
  if (env.XDG_RUNTIME_DIR && process.platform !== 'darwin') return join(env.XDG_RUNTIME_DIR, 'mooring');
  return ownTemporaryFolder();
}

/** `tmpdir()` is per user on macOS and shared on Linux, hence the user's number; `prepareRuntimeFolder` checks who owns it. */
function ownTemporaryFolder(): string {
  return join(tmpdir(), `mooring-${userInfo().uid}`);
}

/** Pipe names are global to the computer: the user's home folder and the data folder make them ours. */
function pipeName(baseDir: string, suffix: string): string {
  return `\\\\.\\pipe\\mooring-${shortHash(`${homedir()}\0${baseDir}`)}${suffix}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
