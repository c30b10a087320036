import { MooringError } from '#shared/contract/error.ts';
import type { LiveVolume } from '../live-volume.ts';
import { type CommandRunner, runCommand } from '../run-command.ts';
import type { BusyProcess } from './busy-processes.ts';
import { darwinPlatform } from './darwin-platform.ts';
import { linuxPlatform } from './linux-platform.ts';
import { win32Platform } from './win32-platform.ts';

/** A volume that is to be unmounted or ejected, and how people know it. */
export interface NamedVolume extends LiveVolume {
  name: string;
}

/** A device that is plugged in and not mounted. */
export interface MountableDevice {
  device: string;
  /** For the name of its mount point. */
  label: string;
}

/** How one operating system mounts and unmounts. Nothing here ever forces: what is busy stays mounted and is reported as `VOLUME_BUSY`. */
export interface VolumePlatform {
  /** Unmounts it everywhere. @throws MooringError `VOLUME_BUSY`, `PERMISSION_DENIED`, `NOT_SUPPORTED`, `IO_ERROR` */
  unmount(volume: NamedVolume): Promise<void>;
  /** Lets the drive go after all of its volumes were unmounted by `unmount`. @returns what was done, for the record */
  release(volume: NamedVolume): Promise<Record<string, unknown>>;
  /** @returns where it is mounted now. @throws MooringError `NOT_SUPPORTED`, `PERMISSION_DENIED`, `IO_ERROR` */
  mount(device: MountableDevice): Promise<string>;
}

export function volumePlatform(platform: NodeJS.Platform = process.platform, run: CommandRunner = runCommand): VolumePlatform {
  if (platform === 'linux') return linuxPlatform(run);
  if (platform === 'darwin') return darwinPlatform(run);
  if (platform === 'win32') return win32Platform(run);
  const refuse = async () => {
    throw new MooringError('NOT_SUPPORTED', `Mooring cannot mount or unmount on this system (${platform}). Use the system's own tools.`);
  };
  return { unmount: refuse, release: refuse, mount: refuse };
}

/** @param processes those that the platform can name; empty when it cannot */
export function busyError(volume: NamedVolume, processes: readonly BusyProcess[], more: Record<string, unknown> = {}): MooringError {
  const names = [...new Set(processes.map(({ pid, name }) => `${name} (${pid})`))];
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  const culprit = shown ? `It is used by ${shown}.` : 'A program is using it.';
  return new MooringError('VOLUME_BUSY', `“${volume.name}” is in use. ${culprit} Close what is open on it, then try again.`, {
    details: { processes, ...more },
  });
}
