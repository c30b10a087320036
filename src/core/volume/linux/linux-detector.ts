import { readFileSync } from 'node:fs';
import { findProgram } from '#core/fs/find-program.ts';
import { displayName } from '#core/fs/native-path.ts';
import type { DetectedVolume, VolumeDetector } from '../detector.ts';
import { fileSystemName } from '../file-system-facts.ts';
import type { CommandRunner } from '../run-command.ts';
import { watchCommand } from '../watch-command.ts';
import { Blkid } from './blkid.ts';
import { type BlockDevice, readBlockDevice, readBtrfsMembers } from './block-device.ts';
import { isNetwork, isSystemPartition, isUserSpace, isWhereUsersPlugIn } from './classify-mount.ts';
import { type DeviceIdentity, readDeviceIdentity, readImageId } from './device-identity.ts';
import { foldMounts, type MountedFileSystem } from './fold-mounts.ts';
import { blockDeviceOf, driveOf, mountingOf } from './mounted-drive.ts';
import { type Mount, parseMountinfo, reachableMounts } from './mountinfo.ts';
import { SpaceProbe } from './space-probe.ts';

const MOUNTINFO = '/proc/self/mountinfo';
const MOST_ATTEMPTS = 3;
/** Mounts that come closer together than this are one change; the first is told at once. */
const WATCH_QUIET_MS = 25;

export interface LinuxDetectorOptions {
  probeTimeoutMs: () => number;
  run?: CommandRunner;
}

/** What was read of a device; holds as long as the same mounting shows the same media. */
interface KnownDevice {
  signature: string;
  /** See `DetectedVolume.drive`. */
  drive: string | null;
  block: BlockDevice | null;
  identity: DeviceIdentity | null;
  imageId: string | null;
}

/**
 * Volumes of Linux: `/proc/self/mountinfo` says what is mounted, sysfs what it lies on, statfs how large it is. A tool is
 * run only for a device that was not there before (`blkid`) and for what may hang (`stat -f`).
 */
export class LinuxDetector implements VolumeDetector {
  #devices = new Map<string, KnownDevice>();
  #onChange: (() => void) | null = null;
  readonly #blkid: Blkid;
  readonly #space: SpaceProbe;

  constructor({ probeTimeoutMs, run }: LinuxDetectorOptions) {
    this.#blkid = new Blkid(run);
    this.#space = new SpaceProbe(probeTimeoutMs, () => this.#onChange?.());
  }

  /**
   * A mount that leaves during the look makes way for the folder below it, whose size then looks like its own: the look is
   * repeated until nothing changes under it, or for so long as makes sense.
   */
  async detect(): Promise<DetectedVolume[]> {
    for (let attempt = 1; ; attempt++) {
      const mountinfo = readFileSync(MOUNTINFO);
      const volumes = await this.#look(mountinfo);
      if (attempt === MOST_ATTEMPTS || readFileSync(MOUNTINFO).equals(mountinfo)) return volumes;
    }
  }

  async watch(onChange: () => void, onLost: (reason: string) => void, signal: AbortSignal): Promise<boolean> {
    this.#onChange = onChange;
    const stop = () => {
      if (this.#onChange === onChange) this.#onChange = null;
    };
    signal.addEventListener('abort', stop, { once: true });
    if (findProgram('findmnt') === null) return false;
    const command = ['findmnt', '--poll', '--noheadings', '--pairs', '--output', 'ACTION,TARGET,SOURCE,FSTYPE,MAJ:MIN,UUID'];
    // The kernel ends findmnt together with the thread that started it, also when that is killed.
    if (findProgram('setpriv') !== null) command.unshift('setpriv', '--pdeathsig', 'KILL', '--');
    const [program = '', ...args] = command;
    return watchCommand({ command: program, args, onChange, onLost, signal, quietMs: WATCH_QUIET_MS });
  }

  /**
   * The mount table itself, and which drives are behind it, mounted when: another one in the place of one that was pulled out, or the same one,
   * formatted anew, may leave the table as it was.
   */
  async changeToken(): Promise<string> {
    const mountinfo = readFileSync(MOUNTINFO);
    const mounts = new Map(parseMountinfo(mountinfo).map((mount) => [mount.deviceNumber, mount]));
    const onDrives = [...mounts.values()].filter(({ deviceNumber, type }) => !deviceNumber.startsWith('0:') || type === 'btrfs');
    const drives = onDrives.map((mount) => `${driveOf(blockDeviceOf(mount)) ?? ''} ${mountingOf(mount)}`);
    return [mountinfo.toString('latin1'), ...drives].join('\n');
  }

  async #look(mountinfo: Buffer): Promise<DetectedVolume[]> {
    const fileSystems = foldMounts(reachableMounts(parseMountinfo(mountinfo)), readBtrfsMembers());
    const keys = new Set(fileSystems.map(({ key }) => key));
    for (const key of this.#devices.keys()) if (!keys.has(key)) this.#devices.delete(key);
    this.#space.keepOnly(new Set(fileSystems.map(({ mounts: [best] }) => spaceId(best))));
    return Promise.all(fileSystems.map((fileSystem) => this.#describe(fileSystem)));
  }

  async #describe(fileSystem: MountedFileSystem): Promise<DetectedVolume> {
    const [best] = fileSystem.mounts;
    const [device, space] = await Promise.all([
      this.#deviceOf(fileSystem),
      fileSystem.hiddenBecause === 'pseudo'
        ? { totalBytes: 0, availableBytes: 0, unresponsive: false }
        : this.#space.ask({ id: spaceId(best), path: best.mountPoint, mayHang: isNetwork(best) || isUserSpace(best) }),
    ]);
    return toDetectedVolume(fileSystem, device, space);
  }

  async #deviceOf({ key, mounts: [best], hiddenBecause }: MountedFileSystem): Promise<KnownDevice> {
    const deviceNumber = blockDeviceOf(best);
    // Read before the identity: should the drive be swapped in between, the two do not fit, and nothing is taken from it.
    const drive = driveOf(deviceNumber);
    const signature = `${best.id} ${best.source} ${deviceNumber} ${drive} ${mountingOf(best)}`;
    const known = this.#devices.get(key);
    if (known?.signature === signature) return known;
    const block = deviceNumber === null ? null : readBlockDevice(deviceNumber);
    const isOfInterest = block !== null && deviceNumber !== null && hiddenBecause !== 'pseudo';
    const [identity, imageId] = await Promise.all([
      isOfInterest ? readDeviceIdentity(deviceNumber, block, this.#blkid) : null,
      block?.backingFile ? readImageId(block.backingFile) : null,
    ]);
    const device: KnownDevice = { signature, drive, block, identity, imageId };
    this.#devices.set(key, device);
    return device;
  }
}

type SpaceFacts = Pick<DetectedVolume, 'totalBytes' | 'availableBytes' | 'unresponsive'>;

function toDetectedVolume(
  fileSystem: MountedFileSystem,
  { drive, block, identity, imageId }: KnownDevice,
  space: SpaceFacts,
): DetectedVolume {
  const { mounts, key } = fileSystem;
  const [best] = mounts;
  const mountPoints = [...new Set(mounts.map((mount) => displayName(mount.mountPoint)))];
  const mountType = mountTypeOf(fileSystem, block);
  const isRemovable = block !== null && (block.isRemovable || block.isHotplug || block.kind === 'loop');
  const label = identity?.label ?? null;
  const isSystem = isSystemPartition({ typeGuid: identity?.partitionTypeGuid ?? null, label, isRemovable });
  const hiddenBecause = fileSystem.hiddenBecause ?? (isSystem ? 'system' : null);
  return {
    key,
    mountPoints,
    hiddenMountPoints: fileSystem.hiddenMounts.map((mount) => displayName(mount.mountPoint)),
    device: deviceName(best, block),
    drive,
    fileSystem: fileSystemName(best.type, identity?.type ?? null),
    label,
    mountType,
    diskType: diskTypeOf(best, block),
    isReadOnly: best.isReadOnly,
    isRemovable,
    isEjectable: mountType !== 'System' && (hiddenBecause === null || hiddenBecause === 'virtual'),
    hiddenBecause,
    totalBytes: space.totalBytes,
    availableBytes: space.availableBytes,
    unresponsive: space.unresponsive,
    mayHang: isNetwork(best) || isUserSpace(best),
    deviceBytes: block?.sizeBytes ?? null,
    hardwareModel: block?.model ?? identity?.model ?? null,
    identity: {
      fileSystemUuid: identity?.fileSystemUuid ?? null,
      partitionGuid: identity?.partitionGuid ?? null,
      serial: block?.serial ?? identity?.serial ?? null,
      networkAddress: isNetwork(best) ? best.source : null,
      imageId,
    },
  };
}

function mountTypeOf({ mounts }: MountedFileSystem, block: BlockDevice | null): DetectedVolume['mountType'] {
  const [best] = mounts;
  if (best.mountPoint === '/') return 'System';
  if (isNetwork(best)) return 'Network';
  if (block === null) return isUserSpace(best) ? 'External' : 'System';
  if (block.kind === 'loop') return 'Image';
  const isPluggedIn = block.isRemovable || block.isHotplug || mounts.some((mount) => isWhereUsersPlugIn(displayName(mount.mountPoint)));
  return isPluggedIn ? 'External' : 'System';
}

function diskTypeOf(mount: Mount, block: BlockDevice | null): DetectedVolume['diskType'] {
  if (isNetwork(mount)) return 'Network';
  if (block === null) return isUserSpace(mount) ? 'Virtual' : 'Unknown';
  if (block.kind !== 'disk') return 'Virtual';
  // Sticks and cards call themselves rotational; a disk in an enclosure does not call itself removable.
  return block.isRotational && !block.isRemovable ? 'HDD' : 'SSD';
}

function deviceName(mount: Mount, block: BlockDevice | null): string | null {
  if (block === null) return mount.source === '' ? null : mount.source;
  // Some kernels name the root device `/dev/root`, which does not exist.
  return mount.source.startsWith('/dev/') && mount.source !== '/dev/root' ? mount.source : block.name;
}

function spaceId(mount: Mount): string {
  return `${mount.id} ${displayName(mount.mountPoint)} ${mount.source}`;
}
