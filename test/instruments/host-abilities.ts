import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';

/** What this machine allows tests to do. `reason` says in one line why not; it is null when it does. */
export interface HostAbility {
  name: string;
  allows: boolean;
  reason: string | null;
}

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Whether real disk images can be mounted here. */
export function loopMountAbility(): HostAbility {
  const name = 'loop mounts';
  if (process.platform !== 'linux') return no(name, `disk images are mounted on Linux only; this is ${process.platform}`);
  if (process.getuid?.() !== 0) return no(name, 'mounting disk images needs root');
  if (!existsSync('/dev/loop-control')) return no(name, 'there is no /dev/loop-control (module loop is missing, or a container hides it)');
  const missing = ['losetup', 'mount', 'umount', 'blkid', 'mkfs.ext4'].filter((tool) => findProgram(tool) === null);
  if (missing.length > 0) return no(name, `not installed: ${missing.join(', ')}`);
  return { name, allows: true, reason: null };
}

/** Whether a process can have a table of mounts of its own. */
export function ownMountsAbility(): HostAbility {
  const name = 'mounts of its own';
  const { reason } = loopMountAbility();
  if (reason !== null) return no(name, reason);
  if (findProgram('unshare') === null) return no(name, 'not installed: unshare');
  if (spawnSync('unshare', ['--mount', '--propagation', 'private', 'true']).status !== 0) return no(name, 'the system does not allow it');
  return { name, allows: true, reason: null };
}

/** Whether FUSE file systems can be mounted here (with bindfs). */
export function fuseAbility(): HostAbility {
  const name = 'FUSE mounts';
  if (process.platform !== 'linux') return no(name, `FUSE is tested on Linux only; this is ${process.platform}`);
  if (process.getuid?.() !== 0) return no(name, 'mounting needs root');
  if (!existsSync('/dev/fuse')) return no(name, 'there is no /dev/fuse');
  if (findProgram('bindfs') === null) return no(name, 'not installed: bindfs');
  return { name, allows: true, reason: null };
}

/** Whether a Chromium is installed that Playwright can drive. */
export function chromiumAbility(): HostAbility {
  const path = findChromium();
  return path === null
    ? no('Chromium', `none of ${CHROMIUM_NAMES.join(', ')} is installed`)
    : { name: 'Chromium', allows: true, reason: null };
}

/** Path of an installed Chromium, or null. `MOORING_CHROMIUM` names another one. */
export function findChromium(): string | null {
  if (process.env.MOORING_CHROMIUM) return process.env.MOORING_CHROMIUM;
  for (const name of CHROMIUM_NAMES) {
    const path = findProgram(name);
    if (path !== null) return path;
  }
  return null;
}

/** Whether the kernel can mount `fileSystem`, loading its module if it has to. */
export function kernelKnows(fileSystem: string): boolean {
  if (listed(fileSystem)) return true;
  spawnSync('modprobe', ['--quiet', '--', fileSystem]);
  return listed(fileSystem);
}

/** First program of that name in PATH, or null. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const path = `${folder}/${name}`;
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function listed(fileSystem: string): boolean {
  const lines = readFileSync('/proc/filesystems', 'utf8').split('\n');
  return lines.some((line) => line.split('\t').at(-1) === fileSystem);
}

function no(name: string, reason: string): HostAbility {
  return { name, allows: false, reason };
}
