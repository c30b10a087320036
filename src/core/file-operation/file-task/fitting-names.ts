import { isWithin, type NativePath } from '#core/fs/native-path.ts';
import { capabilitiesOf } from '#core/volume/capabilities.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import { refusalOfName } from '../transfer/target-rules.ts';

/** A place where a volume is mounted, and what names it holds. */
export interface NamingMount {
  mountPoint: string;
  capabilities: VolumeCapabilities;
}

/** Longest path first. */
export function namingMounts(live: readonly Pick<LiveVolume, 'mountPoints' | 'fileSystem' | 'isReadOnly'>[]): NamingMount[] {
  return live
    .flatMap((volume) => volume.mountPoints.map((mountPoint) => ({ mountPoint, capabilities: capabilitiesOf(volume) })))
    .sort((a, b) => b.mountPoint.length - a.mountPoint.length);
}

/** @throws MooringError `NOT_SUPPORTED` for a name that the volume cannot hold */
export function refuseUnfitName(folder: NativePath, name: NativePath, mounts: readonly NamingMount[]): void {
  const mount = mounts.find(({ mountPoint }) => isWithin(folder, mountPoint));
  const refusal = mount && refusalOfName(name, mount.capabilities, 'Choose another name.');
  if (!refusal) return;
  const { code, message, reason } = refusal.error;
  throw new MooringError(code, message, { details: { proposedName: refusal.proposedName, reason } });
}

/** The name that an error of `refuseUnfitName` proposes; null when it is another error, or proposes none. */
export function proposedIn({ details }: MooringError): string | null {
  if (typeof details !== 'object' || details === null || !('proposedName' in details)) return null;
  return typeof details.proposedName === 'string' ? details.proposedName : null;
}
