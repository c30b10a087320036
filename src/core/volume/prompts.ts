import type { Config } from '#shared/contract/config.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { isUserVisible, type LiveVolume } from './live-volume.ts';

export interface PromptContext {
  config: Config['volumes'];
  /** Fingerprints that the library tracks; null while no library is open. */
  trackedFingerprints: ReadonlySet<string> | null;
  liveFingerprints: ReadonlySet<string>;
  /** Fingerprints for which the user said “not now”. */
  dismissed: ReadonlySet<string>;
}

/**
 * The question about a mounted volume that is open in a library: whether it is the tracked drive that it resembles, or
 * whether to track it.
 */
export function promptFor(live: LiveVolume, context: PromptContext): Volume['prompt'] {
  const { config, trackedFingerprints, liveFingerprints, dismissed } = context;
  if (trackedFingerprints === null || dismissed.has(live.fingerprint) || trackedFingerprints.has(live.fingerprint)) return null;
  const { confidence, resembles } = live.identity;
  // When the drive that it resembles is plugged in as well, it cannot be that drive: there is nothing to ask.
  if (confidence === 'doubtful' && resembles !== null && trackedFingerprints.has(resembles) && !liveFingerprints.has(resembles)) {
    return 'identity';
  }
  if (!config.prompt || config.neverPrompt.includes(live.fingerprint)) return null;
  return isWorthTracking(live, config) ? 'track' : null;
}

/** External drives and images that can be recognised again without writing to them. */
export function isWorthTracking(live: LiveVolume, config: Config['volumes']): boolean {
  const isExternal = live.mountType === 'External' || live.mountType === 'Image';
  return isExternal && live.identity.confidence !== 'weak' && isUserVisible(live, config);
}
