import { readdirSync, readFileSync } from 'node:fs';
import type { DetectedVolume } from '../detector.ts';
import { fileSystemName } from '../file-system-facts.ts';
import { assignIdentities } from '../identity.ts';
import { Blkid } from '../linux/blkid.ts';
import { readBlockDevice } from '../linux/block-device.ts';
import { readDeviceIdentity, readImageId } from '../linux/device-identity.ts';
import type { LiveVolume } from '../live-volume.ts';
import type { CommandRunner } from '../run-command.ts';

/** A file system on a device that is plugged in and not mounted. */
export interface UnmountedVolume {
  fingerprint: string;
  device: string;
  label: string | null;
  fileSystem: string;
}

/** What cannot be mounted as it is: parts of something else, swap, encrypted content. */
const NOT_MOUNTABLE = /^(swap|crypto_LUKS|LVM2_member|linux_raid_member|zfs_member|BitLocker|swsuspend)$/;

/** Linux: every block device with a file system that is mounted nowhere, with the fingerprint that it would have. */
export async function unmountedVolumes(run: CommandRunner, live: readonly LiveVolume[]): Promise<UnmountedVolume[]> {
  const mounted = new Set([...live.map((volume) => volume.key), ...mountedDeviceNumbers()]);
  const mountedDevices = new Set(live.map((volume) => volume.device));
  const numbers = blockDeviceNumbers().filter((number) => !mounted.has(number));
  const blkid = new Blkid(run);
  const detected: DetectedVolume[] = [];
  for (const number of numbers) {
    const block = readBlockDevice(number);
    if (!block || block.kind === 'memory' || !block.sizeBytes || mountedDevices.has(block.name)) continue;
    const found = await readDeviceIdentity(number, block, blkid);
    if (!found.type || NOT_MOUNTABLE.test(found.type)) continue;
    const imageId = block.backingFile === null ? null : await readImageId(block.backingFile);
    detected.push({
      key: number,
      mountPoints: [],
      device: block.name,
      fileSystem: fileSystemName(found.type),
      label: found.label,
      mountType: 'External',
      diskType: 'Unknown',
      isReadOnly: false,
      isRemovable: false,
      isEjectable: false,
      hiddenBecause: null,
      totalBytes: block.sizeBytes,
      availableBytes: null,
      unresponsive: false,
      deviceBytes: block.sizeBytes,
      hardwareModel: block.model ?? found.model,
      identity: {
        fileSystemUuid: found.fileSystemUuid,
        partitionGuid: found.partitionGuid,
        serial: block.serial ?? found.serial,
        networkAddress: null,
        imageId,
      },
    });
  }
  const identified = assignIdentities({ detected, markers: new Map(), previous: [], tracked: [], nextOrder: () => 0 });
  return identified.map(({ ownFingerprint, device, label, fileSystem }) => ({
    fingerprint: ownFingerprint,
    device: device ?? '',
    label,
    fileSystem,
  }));
}

function blockDeviceNumbers(): string[] {
  return readdirSync('/sys/dev/block');
}

function mountedDeviceNumbers(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[2] ?? '');
}
