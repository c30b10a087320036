import { setTimeout as delay } from 'node:timers/promises';
import type { DetectedVolume, VolumeDetector } from '../detector.ts';
import { isNetworkFileSystem } from '../file-system-facts.ts';
import { readImageId } from '../linux/device-identity.ts';
import { type CommandRunner, runCommand } from '../run-command.ts';
import { watchCommand } from '../watch-command.ts';
import { darwinVolumes } from './darwin-volumes.ts';
import { parseDf, type SpaceOfMount } from './parse-df.ts';
import { type DiskInfo, parseApfsRoles, parseDiskInfo, parseImagePaths } from './parse-diskutil.ts';
import { type DarwinMount, parseMount } from './parse-mount.ts';

const MOUNT = '/sbin/mount';
const DF = '/bin/df';
const DISKUTIL = '/usr/sbin/diskutil';
const HDIUTIL = '/usr/bin/hdiutil';
/** diskutil asks a daemon that serves one request after another; more at once gain nothing. */
const DISKUTIL_AT_ONCE = 4;
const DISKUTIL_TIMEOUT_MS = 5000;

export interface DarwinDetectorOptions {
  run?: CommandRunner;
  /** A network mount that does not tell its space for so long is unresponsive. */
  probeTimeoutMs?: () => number;
}

/** macOS: `mount` says what is mounted, `df` how much space there is, `diskutil` what each disk is. */
export function darwinDetector(options: DarwinDetectorOptions = {}): VolumeDetector {
  const { run = runCommand, probeTimeoutMs = () => 2000 } = options;
  // What diskutil says of a disk holds as long as the same things are mounted; space comes from df each time.
  let known: { token: string; disks: DiskFacts } | null = null;

  async function listMounts(): Promise<string> {
    return (await run(MOUNT, [], { timeoutMs: probeTimeoutMs() })).stdout;
  }

  return {
    async detect(): Promise<DetectedVolume[]> {
      const token = await listMounts();
      const mounts = parseMount(token);
      const isCurrent = known?.token === token && known.disks.isComplete;
      const disks = isCurrent && known ? known.disks : readDisks(run, mounts, known?.disks ?? null);
      const [facts, spaceByMountPoint] = await Promise.all([disks, readSpace(run, mounts, probeTimeoutMs())]);
      known = { token, disks: facts };
      return darwinVolumes({ mounts, spaceByMountPoint, ...facts });
    },

    watch: (onChange, onLost, signal) =>
      // Disk Arbitration reports a disk before its mount is in the table; the second look catches it.
      watchCommand({ command: DISKUTIL, args: ['activity'], onChange: () => lookTwice(onChange, signal), onLost, signal }),

    changeToken: listMounts,
  };
}

interface DiskFacts {
  infoByIdentifier: Map<string, DiskInfo>;
  rolesByIdentifier: Map<string, string[]>;
  imageIdByDevice: Map<string, string>;
  /** The mounts that this was read for. */
  mountKeys: ReadonlySet<string>;
  /** False when a tool failed: it is asked again next time. */
  isComplete: boolean;
}

/**
 * @param before what was known until now: where diskutil fails, a disk that is still mounted as it was is still the disk it was,
 *   so that a moment's failure does not make a stranger of a known volume
 */
async function readDisks(run: CommandRunner, mounts: readonly DarwinMount[], before: DiskFacts | null): Promise<DiskFacts> {
  const failed: string[] = [];
  const ask = async (command: string, args: string[]) => {
    try {
      return (await run(command, args, { timeoutMs: DISKUTIL_TIMEOUT_MS })).stdout;
    } catch {
      // One disk that diskutil cannot describe is still mounted: it is shown with what `mount` knows.
      failed.push(args.join(' '));
      return '';
    }
  };
  const infoByIdentifier = new Map<string, DiskInfo>();
  const remembered = (identifier: string) => before?.infoByIdentifier.get(identifier) ?? null;
  const readInfos = (identifiers: Iterable<string>, stillThere: (identifier: string) => boolean) =>
    eachAtOnce([...new Set(identifiers)], DISKUTIL_AT_ONCE, async (identifier) => {
      const output = await ask(DISKUTIL, ['info', '-plist', identifier]);
      const info = output ? parseDiskInfo(output) : stillThere(identifier) ? remembered(identifier) : null;
      if (info) infoByIdentifier.set(identifier, info);
    });
  const onDisks = mounts.filter((mount) => mount.source.startsWith('/dev/'));
  const unchanged = new Set(onDisks.filter((mount) => before?.mountKeys.has(mountKey(mount))).map(identifierOf));
  const [apfs] = await Promise.all([
    ask(DISKUTIL, ['apfs', 'list', '-plist']),
    readInfos(onDisks.map(identifierOf), (identifier) => unchanged.has(identifier)),
  ]);
  await readInfos([...infoByIdentifier.values()].flatMap(wholeDisks), () => true);
  const hasImages = [...infoByIdentifier.values()].some((info) => info.isDiskImage);
  const images = hasImages ? parseImagePaths(await ask(HDIUTIL, ['info', '-plist'])) : new Map<string, string>();
  const imageIdByDevice = new Map<string, string>();
  for (const [device, path] of images) imageIdByDevice.set(device, (await readImageId(path)) ?? path);
  return {
    infoByIdentifier,
    rolesByIdentifier: apfs ? parseApfsRoles(apfs) : (before?.rolesByIdentifier ?? new Map()),
    imageIdByDevice,
    mountKeys: new Set(mounts.map(mountKey)),
    isComplete: failed.length === 0,
  };
}

function identifierOf(mount: DarwinMount): string {
  return mount.source.slice('/dev/'.length);
}

function mountKey(mount: DarwinMount): string {
  return JSON.stringify([mount.source, mount.mountPoint, mount.fileSystemType]);
}

function wholeDisks(info: DiskInfo): string[] {
  const disks = info.physicalStores.map((store) => store.replace(/s\d+$/, ''));
  return disks.length > 0 || !info.wholeDisk ? disks : [info.wholeDisk];
}

/** Local mounts answer from one `df`; each network mount is asked by a process of its own, which can be killed when its server is gone. */
async function readSpace(run: CommandRunner, mounts: readonly DarwinMount[], timeoutMs: number): Promise<Map<string, SpaceOfMount>> {
  const network = mounts.filter((mount) => isNetworkFileSystem(mount.fileSystemType));
  const outputs = await Promise.all(
    [['-klP'], ...network.map((mount) => ['-kP', '--', mount.mountPoint])].map((args) =>
      run(DF, args, { timeoutMs }).then(
        ({ stdout }) => stdout,
        () => '',
      ),
    ),
  );
  return parseDf(outputs.join('\n'));
}

async function eachAtOnce<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

function lookTwice(onChange: () => void, signal: AbortSignal): void {
  onChange();
  delay(700, undefined, { signal, ref: false }).then(onChange, () => undefined);
}
