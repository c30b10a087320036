/**
 * @file Other mounts that volumes are judged by: bind mounts, and FUSE mounts whose process can be stopped (every access
 * hangs) or killed (every access fails), as happens to network mounts. Needs root (`fuseAbility`).
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeTestDir } from './test-run.ts';

const run = promisify(execFile);

/** Shows `source` at `target` as well, until disposed. */
export async function bindMount(source: string, target: string): Promise<AsyncDisposable> {
  await mkdir(target, { recursive: true });
  await run('mount', ['--bind', '--', source, target]);
  return { [Symbol.asyncDispose]: () => unmount(target) };
}

/** Unmounts whatever is uppermost at `mountPoint`, also while it is in use. */
export async function unmount(mountPoint: string): Promise<void> {
  await run('umount', ['-l', '--', mountPoint]);
}

export interface FuseMountOptions {
  /** As the mount table shows it, e.g. `server:/export`; else the folder behind it. */
  address?: string;
  /** The mount table then says `fuse.SUBTYPE`. */
  subtype?: string;
}

/** A folder, shown through a process of its own. */
export class FuseMount implements AsyncDisposable {
  readonly mountPoint: string;
  /** The folder that it shows. */
  readonly source: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, child: ChildProcess) {
    this.#folder = folder;
    this.source = path.join(folder, 'source');
    this.mountPoint = path.join(folder, 'mnt');
    this.#process = child;
  }

  static async create({ address, subtype }: FuseMountOptions = {}): Promise<FuseMount> {
    const folder = await makeTestDir('fuse');
    await mkdir(path.join(folder, 'source'));
    await mkdir(path.join(folder, 'mnt'));
    const options = [...(address ? [`fsname=${address}`] : []), ...(subtype ? [`subtype=${subtype}`] : [])];
    const flags = options.length > 0 ? ['-o', options.join(',')] : [];
    const child = spawn('bindfs', ['-f', ...flags, path.join(folder, 'source'), path.join(folder, 'mnt')], { stdio: 'ignore' });
    const mount = new FuseMount(folder, child);
    while (!(await isMounted(mount.mountPoint))) {
      if (child.exitCode !== null) throw new Error(`bindfs ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return mount;
  }

  /** From now on every access waits. */
  hang(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  /** From now on every access fails, and it stays mounted. */
  async die(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.die();
    if (await isMounted(this.mountPoint)) await unmount(this.mountPoint);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A `PATH` with every program but these: what a system looks like where they are not installed. */
export async function pathWithout(...programs: string[]): Promise<string> {
  const folder = await makeTestDir('bin');
  for (const source of (process.env.PATH ?? '').split(':').reverse()) {
    for (const name of await readdir(source).catch(() => [])) {
      if (programs.includes(name)) continue;
      await rm(path.join(folder, name), { force: true });
      await symlink(path.join(source, name), path.join(folder, name));
    }
  }
  return folder;
}

async function isMounted(mountPoint: string): Promise<boolean> {
  return (await readFile('/proc/self/mountinfo', 'utf8')).includes(` ${mountPoint} `);
}
