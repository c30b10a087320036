import type { LiveVolume } from './live-volume.ts';

/** What happened to volumes between two looks. */
export interface VolumeChanges {
  mounted: LiveVolume[];
  unmounted: LiveVolume[];
  /** Still mounted, but in other places, or plugged in anew: what was open on it is closed. */
  moved: LiveVolume[];
  updated: LiveVolume[];
}

const GIB = 1024 ** 3;

/** Compares by fingerprint. `before` holds each volume as it was last announced. */
export function compareVolumes(before: ReadonlyMap<string, LiveVolume>, after: readonly LiveVolume[]): VolumeChanges {
  const changes: VolumeChanges = { mounted: [], unmounted: [], moved: [], updated: [] };
  const remaining = new Map(before);
  for (const volume of after) {
    const former = remaining.get(volume.fingerprint);
    remaining.delete(volume.fingerprint);
    if (!former) changes.mounted.push(volume);
    else if (!sameList(former.mountPoints, volume.mountPoints) || former.drive !== volume.drive) changes.moved.push(volume);
    else if (isWorthTelling(former, volume)) changes.updated.push(volume);
  }
  changes.unmounted.push(...remaining.values());
  return changes;
}

function isWorthTelling(before: LiveVolume, after: LiveVolume): boolean {
  return (
    before.isReadOnly !== after.isReadOnly ||
    before.unresponsive !== after.unresponsive ||
    before.label !== after.label ||
    before.device !== after.device ||
    before.totalBytes !== after.totalBytes ||
    before.hiddenBecause !== after.hiddenBecause ||
    before.identity.confidence !== after.identity.confidence ||
    before.identity.resembles !== after.identity.resembles ||
    hasMovedALot(before.availableBytes, after.availableBytes, after.totalBytes ?? 0)
  );
}

/** More than 1 % of the volume, or more than 1 GiB. */
function hasMovedALot(before: number | null, after: number | null, totalBytes: number): boolean {
  if (before === null || after === null) return before !== after;
  const change = Math.abs(after - before);
  return change > GIB || change > totalBytes / 100;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
