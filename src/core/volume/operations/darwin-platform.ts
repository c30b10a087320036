import { MooringError } from '#shared/contract/error.ts';
import { CommandError, type CommandRunner } from '../run-command.ts';
import type { BusyProcess } from './busy-processes.ts';
import { everyMountPoint } from './drive.ts';
import { busyError, type NamedVolume, type VolumePlatform } from './volume-platform.ts';

const DISKUTIL = '/usr/sbin/diskutil';
const UNMOUNT_TIMEOUT_MS = 120_000;

/** macOS: diskutil, which asks the Finder and every other program whether they agree. */
export function darwinPlatform(run: CommandRunner): VolumePlatform {
  const ask = async (volume: NamedVolume, args: string[]) => {
    try {
      await run(DISKUTIL, args, { timeoutMs: UNMOUNT_TIMEOUT_MS });
    } catch (error) {
      throw toError(volume, error);
    }
  };
  return {
    async unmount(volume) {
      for (const args of unmountArguments(volume)) await ask(volume, args);
    },
    async release(volume) {
      if (!volume.device) return { released: 'unmounted' };
      await ask(volume, ['eject', volume.device]);
      return { released: 'ejected' };
    },
    async mount({ device, label }) {
      try {
        await run(DISKUTIL, ['mount', device], { timeoutMs: 60_000 });
        const { stdout } = await run(DISKUTIL, ['info', device]);
        return /^\s*Mount Point:\s+(\/.*)$/m.exec(stdout)?.[1] ?? device;
      } catch (error) {
        throw new MooringError('IO_ERROR', `“${label}” could not be mounted. Open Disk Utility to see what is wrong with it.`, {
          cause: error,
        });
      }
    },
  };
}

/** A device is unmounted by its node, a share by where it is mounted. */
export function unmountArguments(volume: Pick<NamedVolume, 'device' | 'mountPoints' | 'hiddenMountPoints'>): string[][] {
  return volume.device ? [['unmount', volume.device]] : everyMountPoint(volume).map((mountPoint) => ['unmount', mountPoint]);
}

/** `dissented by PID 4711 (/Applications/Preview.app/Contents/MacOS/Preview)`, as diskutil names who is in the way. */
export function parseDissenters(output: string): BusyProcess[] {
  return [...output.matchAll(/dissented by PID (\d+) \((.+?)\)\s*$/gm)].map(([, pid = '', program = '']) => ({
    pid: Number(pid),
    name: program.split('/').at(-1) ?? program,
  }));
}

function toError(volume: NamedVolume, error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  const output = `${error.stdout}\n${error.stderr}`;
  const dissenters = parseDissenters(output);
  if (dissenters.length > 0 || /in use|couldn't be unmounted|could not be unmounted|busy/i.test(output))
    return busyError(volume, dissenters);
  if (/not currently mounted|was already unmounted/i.test(output)) {
    return new MooringError('VOLUME_OFFLINE', `“${volume.name}” is not mounted any more.`, { cause: error });
  }
  return new MooringError('IO_ERROR', `“${volume.name}” could not be unmounted. ${output.trim()}`, { cause: error });
}
