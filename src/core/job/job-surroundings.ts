import type { Library } from '#core/library/library.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';

/** What jobs ask of `Libraries`. */
export interface JobLibraries {
  readonly opened: readonly Library[];
  readonly current: Library | null;
  resolve(ref?: string): Library;
  beforeRelease(listener: (library: Library) => Promise<void>): () => void;
  afterReturn(listener: (library: Library) => void): () => void;
}

/** What jobs ask of the volume manager. */
export interface JobVolumes {
  readonly live: readonly Pick<LiveVolume, 'fingerprint' | 'diskType' | 'device' | 'spacePool' | 'availableBytes'>[];
  refresh(): Promise<void>;
}
