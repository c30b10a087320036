import { existsSync, lstatSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MooringError } from '#shared/contract/error.ts';
import { findProgram } from '../../fs/find-program.ts';
import { CommandError, type CommandRunner } from '../run-command.ts';
import { processesUsing } from './busy-processes.ts';
import { driveOf, everyMountPoint } from './drive.ts';
import { busyError, type MountableDevice, type NamedVolume, type VolumePlatform } from './volume-platform.ts';

/** Folders in it are made by `mount`, and removed when what is mounted there is unmounted. */
export const OWN_MOUNT_FOLDER = '/media/mooring';
/** Flushing what was written to a slow stick happens while it is unmounted. */
const UNMOUNT_TIMEOUT_MS = 120_000;
/** A file indexer or a look at the free space passes within moments: what is busy then is tried again. */
const BUSY_RETRIES_MS = [100, 200, 400];

/** Linux: udisks where it runs, since it knows what the user may do; else umount, losetup and mount. */
export function linuxPlatform(run: CommandRunner): VolumePlatform {
  return {
    async unmount(volume) {
      for (const mountPoint of everyMountPoint(volume)) {
        await unmountPatiently(run, volume, mountPoint);
        if (path.dirname(mountPoint) === OWN_MOUNT_FOLDER) await removeOwnFolder(mountPoint);
      }
    },

    async release(volume) {
      const name = driveOf(volume, 'linux');
      if (name === null) return { released: 'unmounted' };
      const drive = `/dev/${name}`;
      if (name.startsWith('loop')) return { released: (await detachLoop(run, drive)) ? 'detached' : 'unmounted' };
      if (hasUdisks() && (await succeeds(run('udisksctl', ['power-off', '--no-user-interaction', '-b', drive], { timeoutMs: 30_000 })))) {
        return { released: 'powered-off' };
      }
      if (/^sr\d+$/.test(name) && findProgram('eject') && (await succeeds(run('eject', ['--', drive], { timeoutMs: 30_000 })))) {
        return { released: 'ejected' };
      }
      return { released: 'unmounted' };
    },

    async mount(device) {
      if (hasUdisks()) {
        const mounted = await mountWithUdisks(run, device);
        if (mounted) return mounted;
      }
      if (process.getuid?.() !== 0) {
        throw new MooringError(
          'NOT_SUPPORTED',
          `Mooring may not mount “${device.label}” by itself. Install udisks2, or mount it with “sudo mount ${device.device} FOLDER”.`,
          { details: { device: device.device } },
        );
      }
      return mountAsRoot(run, device);
    },
  };
}

async function unmountPatiently(run: CommandRunner, volume: NamedVolume, mountPoint: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await unmountOnce(run, volume, mountPoint);
    } catch (error) {
      if (!isBusy(error)) throw toUnmountError(volume, error);
      const pauseMs = BUSY_RETRIES_MS[attempt];
      if (pauseMs === undefined) throw busyError(volume, await processesUsing(everyMountPoint(volume)));
      await delay(pauseMs);
    }
  }
}

async function unmountOnce(run: CommandRunner, volume: NamedVolume, mountPoint: string): Promise<void> {
  const options = { timeoutMs: UNMOUNT_TIMEOUT_MS };
  if (volume.device && hasUdisks() && !path.basename(volume.device).startsWith('loop')) {
    try {
      await run('udisksctl', ['unmount', '--no-user-interaction', '-b', volume.device], options);
      return;
    } catch (error) {
      // Not one that udisks manages (or udisks is installed and not running): umount may still.
      if (isBusy(error)) throw error;
    }
  }
  try {
    await umount(run, mountPoint);
  } catch (error) {
    if (error instanceof CommandError && /not mounted|no mount point/.test(error.stderr)) return;
    const helper = isForbidden(error) ? (findProgram('fusermount3') ?? findProgram('fusermount')) : null;
    if (!helper) throw error;
    await run(helper, ['-u', '--', mountPoint], options);
  }
}

/** Without `-c`, umount looks at the mount point first, and hangs on a mount that is dead: just what people want to be rid of. */
async function umount(run: CommandRunner, mountPoint: string): Promise<void> {
  const options = { timeoutMs: UNMOUNT_TIMEOUT_MS };
  try {
    await run('umount', ['-c', '--', mountPoint], options);
  } catch (error) {
    const isUnknownOption = error instanceof CommandError && /(unrecognized|invalid|unknown) option/.test(error.stderr);
    if (!isUnknownOption) throw error;
    await run('umount', [mountPoint], options);
  }
}

/** While another program looks at the device, say a prober of file systems, the kernel only marks it, and lets it go when that is done. */
async function detachLoop(run: CommandRunner, device: string): Promise<boolean> {
  try {
    await run('losetup', ['-d', device]);
    for (const retryMs of BUSY_RETRIES_MS) {
      if (!isAttached(device)) return true;
      await delay(retryMs);
    }
    return !isAttached(device);
  } catch (error) {
    // With `mount -o loop` the kernel has detached it already.
    if (error instanceof CommandError && /No such device/.test(error.stderr)) return true;
    if (error instanceof CommandError) return false;
    throw error;
  }
}

function isAttached(device: string): boolean {
  return existsSync(`/sys/block/${path.basename(device)}/loop`);
}

async function mountWithUdisks(run: CommandRunner, { device }: MountableDevice): Promise<string | null> {
  try {
    const { stdout } = await run('udisksctl', ['mount', '--no-user-interaction', '-b', device], { timeoutMs: 30_000 });
    return /^Mounted .+? at (\/.+?)\.?\s*$/s.exec(stdout)?.[1] ?? null;
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

async function mountAsRoot(run: CommandRunner, { device, label }: MountableDevice): Promise<string> {
  const folder = await makeOwnFolder(label);
  try {
    await run('mount', ['-o', 'nosuid,nodev', '--', device, folder], { timeoutMs: 30_000 });
    return folder;
  } catch (error) {
    await removeOwnFolder(folder);
    const reason = error instanceof CommandError ? error.stderr.trim() : '';
    throw new MooringError('IO_ERROR', `“${label}” could not be mounted. ${reason || 'Check the drive with the tools of your system.'}`, {
      cause: error,
    });
  }
}

/** A new folder, named after the volume; a name from a disk is never taken as it is. */
async function makeOwnFolder(label: string): Promise<string> {
  await mkdir(OWN_MOUNT_FOLDER, { recursive: true });
  const name =
    label
      .replace(/[\p{C}/\\]+/gu, ' ')
      .replace(/^[\s.]+/, '')
      .trim()
      .slice(0, 60) || 'volume';
  for (let number = 1; ; number++) {
    const folder = path.join(OWN_MOUNT_FOLDER, number === 1 ? name : `${name} ${number}`);
    try {
      await mkdir(folder, { mode: 0o755 });
      return folder;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || number > 1000) throw error;
    }
  }
}

async function removeOwnFolder(folder: string): Promise<void> {
  await rmdir(folder).catch(() => {
    // Something else is mounted there, or somebody has put something in it: not ours to remove.
  });
}

function toUnmountError(volume: NamedVolume, error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  if (isForbidden(error)) {
    return new MooringError(
      'PERMISSION_DENIED',
      `You may not unmount “${volume.name}”. Ask an administrator, or unmount it as the user who mounted it.`,
      { cause: error },
    );
  }
  if (error.failure === 'timed-out') {
    return new MooringError(
      'VOLUME_UNRESPONSIVE',
      `“${volume.name}” did not let itself be unmounted in time. It may still be writing; try again later.`,
      { cause: error },
    );
  }
  return new MooringError('IO_ERROR', `“${volume.name}” could not be unmounted. ${error.stderr.trim()}`.trim(), { cause: error });
}

function isBusy(error: unknown): boolean {
  return error instanceof CommandError && /target is busy|device is busy|Device or resource busy|DeviceBusy/i.test(error.stderr);
}

function isForbidden(error: unknown): boolean {
  return error instanceof CommandError && /must be superuser|permission denied|not permitted|NotAuthorized/i.test(error.stderr);
}

function hasUdisks(): boolean {
  return findProgram('udisksctl') !== null && isSocket('/run/dbus/system_bus_socket');
}

function isSocket(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSocket() === true;
}

async function succeeds(command: Promise<unknown>): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}
