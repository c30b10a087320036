import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { getDiskInfo } from 'node-disk-info';
import type { DetectedVolume, VolumeDetector } from './detector.ts';
import { fileSystemName, isNetworkFileSystem, isPseudoFileSystem } from './file-system-facts.ts';

/** What `node-disk-info` says of one mount. */
export interface PortableDrive {
  /** The source (`/dev/sda1`, `tmpfs`), on Windows a description in the system's language. */
  filesystem: string;
  mounted: string;
}

export interface SpaceOfPath {
  totalBytes: number;
  availableBytes: number;
}

export interface PortableDetectorOptions {
  list?: () => Promise<readonly PortableDrive[]>;
  /** Null when the path cannot be asked. */
  spaceOf?: (path: string) => Promise<SpaceOfPath | null>;
}

/**
 * The baseline for a system whose own tools are missing or unknown: mount points and space, and no identity that would outlive a
 * reconnection.
 */
export function portableDetector(options: PortableDetectorOptions = {}): VolumeDetector {
  const { list = getDiskInfo, spaceOf = spaceOfPath } = options;

  async function detect(): Promise<DetectedVolume[]> {
    const drives = await list();
    const volumes = new Map<string, DetectedVolume>();
    for (const drive of drives) {
      // A path with spaces comes cut short from this tool: what is no absolute path, or cannot be asked, is left out.
      if (!isAbsolute(drive.mounted) && !/^[a-z]:$/i.test(drive.mounted)) continue;
      const mountPoint = /^[a-z]:$/i.test(drive.mounted) ? `${drive.mounted}\\` : drive.mounted;
      const space = await spaceOf(mountPoint);
      if (space) addMount(volumes, drive.filesystem, mountPoint, space);
    }
    return [...volumes.values()];
  }

  return {
    detect,
    watch: async () => false,
    async changeToken() {
      const drives = await list();
      return createHash('sha256')
        .update(JSON.stringify(drives.map(({ filesystem, mounted }) => [filesystem, mounted])))
        .digest('hex');
    },
  };
}

/** The platform's own detector, and the portable one in its place when it cannot work (a tool is missing or forbidden). */
export function withPortableFallback(
  detector: VolumeDetector,
  onFallback: (error: unknown) => void,
  portable = portableDetector(),
): VolumeDetector {
  let inUse = detector;
  let everWorked = false;
  async function orFallBack<T>(use: (detector: VolumeDetector) => Promise<T>): Promise<T> {
    try {
      const result = await use(inUse);
      everWorked = true;
      return result;
    } catch (error) {
      // What has worked once is not given up for a moment's failure: identities would change under the user's hands.
      if (everWorked || inUse === portable) throw error;
      onFallback(error);
      inUse = portable;
      return use(portable);
    }
  }
  return {
    detect: () => orFallBack((current) => current.detect()),
    watch: (onChange, onLost, signal) => inUse.watch(onChange, onLost, signal),
    changeToken: () => orFallBack((current) => current.changeToken()),
  };
}

function addMount(volumes: Map<string, DetectedVolume>, source: string, mountPoint: string, space: SpaceOfPath): void {
  const isDevice = source.startsWith('/dev/');
  const key = isDevice ? source : `${source} ${mountPoint}`;
  const known = volumes.get(key);
  if (known) {
    known.mountPoints.push(mountPoint);
    known.mountPoints.sort((a, b) => a.length - b.length);
    return;
  }
  const isNetwork = isNetworkFileSystem(source) || /^(\/\/|\\\\|[^/\s]+:\/)/.test(source);
  const isSystem = mountPoint === '/' || /^c:\\$/i.test(mountPoint);
  volumes.set(key, {
    key,
    mountPoints: [mountPoint],
    device: isDevice ? source : null,
    fileSystem: isDevice || /^[a-z]:/i.test(mountPoint) ? 'unknown' : fileSystemName(source),
    label: null,
    mountType: isNetwork ? 'Network' : isSystem || !/^\/(Volumes|media|run\/media|mnt)\//.test(mountPoint) ? 'System' : 'External',
    diskType: isNetwork ? 'Network' : 'Unknown',
    isReadOnly: false,
    isRemovable: false,
    isEjectable: false,
    hiddenBecause: hiddenBecause(source, mountPoint, isSystem, space),
    ...space,
    unresponsive: false,
    hardwareModel: null,
    identity: { fileSystemUuid: null, partitionGuid: null, serial: null, networkAddress: isNetwork ? source : null, imageId: null },
  });
}

function hiddenBecause(source: string, mountPoint: string, isRoot: boolean, space: SpaceOfPath): DetectedVolume['hiddenBecause'] {
  if (isRoot) return null;
  if (isPseudoFileSystem(source) || space.totalBytes === 0) return 'pseudo';
  if (source === 'overlay' || /^\/(snap|var\/lib\/(docker|containers))\//.test(mountPoint)) return 'virtual';
  return /^\/(boot|efi|dev|run\/user|System\/Volumes)(\/|$)/.test(mountPoint) ? 'system' : null;
}

async function spaceOfPath(path: string): Promise<SpaceOfPath | null> {
  try {
    const { blocks, bavail, bsize } = await statfs(path);
    return { totalBytes: blocks * bsize, availableBytes: Math.min(bavail, blocks) * bsize };
  } catch {
    // Gone since it was listed, or not ours to look at.
    return null;
  }
}
