import type { Volume, VolumeStatistics } from '#shared/contract/volume.ts';
import type { LiveVolume } from './live-volume.ts';

/** Sums over volumes. Those that take their space from one pool are counted once. */
export function volumeStatistics(volumes: readonly Volume[], live: readonly LiveVolume[]): VolumeStatistics {
  const mounted = volumes.filter((volume) => volume.isMounted);
  const poolByFingerprint = new Map(live.map(({ fingerprint, spacePool }) => [fingerprint, spacePool ?? fingerprint]));
  const onePerPool = new Map(mounted.map((volume) => [poolByFingerprint.get(volume.fingerprint), volume]));
  return {
    mounted: mounted.length,
    offline: volumes.length - mounted.length,
    tracked: volumes.filter((volume) => volume.tracking !== null).length,
    totalBytes: sum([...onePerPool.values()].map((volume) => volume.totalBytes)),
    availableBytes: sum([...onePerPool.values()].map((volume) => volume.availableBytes)),
    byMountType: countBy(mounted, (volume) => volume.mountType),
    byFileSystem: countBy(mounted, (volume) => volume.fileSystem),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function countBy(volumes: readonly Volume[], keyOf: (volume: Volume) => string): Record<string, number> {
  const groups = Map.groupBy(volumes, keyOf);
  return Object.fromEntries([...groups].map(([key, members]) => [key, members.length]));
}
