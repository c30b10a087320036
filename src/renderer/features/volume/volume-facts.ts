import type { Volume } from '../../../shared/contract/volume.ts';

export type VolumeGroup = 'internal' | 'external' | 'network' | 'offline';
const ORDER: readonly VolumeGroup[] = ['internal', 'external', 'network', 'offline'];

/** Which part of the sidebar a volume stands in. A volume that is not there now is offline, whatever it was. */
export function groupOf(volume: Volume): VolumeGroup {
  if (!volume.isMounted) return 'offline';
  if (volume.mountType === 'Network') return 'network';
  return volume.mountType === 'System' ? 'internal' : 'external';
}

/** Groups that have volumes, in order; favourites first in each, then by name as people sort. */
export function groupVolumes(volumes: readonly Volume[], locale: string): { group: VolumeGroup; volumes: Volume[] }[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const rank = (volume: Volume) => (volume.tracking?.isFavorite ? 0 : 1);
  return ORDER.map((group) => ({
    group,
    volumes: volumes
      .filter((volume) => groupOf(volume) === group)
      .sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name) || a.fingerprint.localeCompare(b.fingerprint)),
  })).filter(({ volumes: members }) => members.length > 0);
}

/** Whether it looks like another volume: a clone, or the same drive on other hardware. */
export function isDoubtful(volume: Volume): boolean {
  return volume.isMounted && volume.identity.confidence === 'doubtful' && volume.identity.resembles !== null;
}

/** How full it is, 0 to 1. */
export function usedFraction(volume: Pick<Volume, 'totalBytes' | 'availableBytes'>): number {
  return volume.totalBytes === 0 ? 0 : 1 - volume.availableBytes / volume.totalBytes;
}

/** Nearly full is a warning; full is bad; what is not there now, or cannot fill up, is neither. */
export function capacityTone(volume: Volume): 'accent' | 'warn' | 'bad' | 'muted' {
  if (!volume.isMounted) return 'muted';
  const used = usedFraction(volume);
  if (volume.isReadOnly || used < 0.9) return 'accent';
  return used < 0.97 ? 'warn' : 'bad';
}
