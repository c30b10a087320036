import type { Config } from '#shared/contract/config.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { type LiveVolume, liveToVolume, trackedToVolume } from './live-volume.ts';
import { promptFor } from './prompts.ts';
import type { RememberedVolumes, TrackingLibraries } from './remembered-volumes.ts';
import type { TrackedVolume, TrackingLibrary } from './tracking.ts';
import { volumeNotFound } from './volume-ref.ts';

export interface VolumeViewOptions {
  live: () => readonly LiveVolume[];
  remembered: RememberedVolumes;
  libraries: TrackingLibraries;
  config: () => Config['volumes'];
}

/** Volumes as clients see them: what is mounted, joined with what one library remembers, and the questions that are open. */
export class VolumeView {
  /** “Not now”, by fingerprint, until the volume is mounted again. */
  readonly dismissed = new Set<string>();
  readonly #options: VolumeViewOptions;

  constructor(options: VolumeViewOptions) {
    this.#options = options;
  }

  /** Everything, hidden or not, in the order of importance. */
  of(library: TrackingLibrary | null): Volume[] {
    const live = this.#options.live();
    const rows = this.#options.remembered.in(library);
    const mounted = new Set(live.map(({ fingerprint }) => fingerprint));
    const offline = rows.filter(({ fingerprint }) => !mounted.has(fingerprint));
    return [...this.#mounted(live, rows, library), ...offline.map(trackedToVolume)].toSorted(byImportance);
  }

  /** @throws MooringError `VOLUME_NOT_FOUND` */
  one(fingerprint: string, library: TrackingLibrary | null): Volume {
    const volume = this.of(library).find((item) => item.fingerprint === fingerprint);
    if (!volume) throw volumeNotFound(fingerprint);
    return volume;
  }

  /** These volumes, mounted now, as the current library sees them. */
  seen(volumes: readonly LiveVolume[]): Volume[] {
    const { current } = this.#options.libraries;
    return volumes.length === 0 ? [] : this.#mounted(volumes, this.#options.remembered.in(current), current);
  }

  /** The same when they have just gone. */
  departed(volumes: readonly LiveVolume[]): Volume[] {
    const rows = new Map(this.#options.remembered.in(this.#options.libraries.current).map((row) => [row.fingerprint, row]));
    return this.seen(volumes).map((volume) => {
      const row = rows.get(volume.fingerprint);
      if (row) return trackedToVolume(row);
      return { ...volume, status: 'offline', isMounted: false, mountPoint: null, mountPoints: [], prompt: null };
    });
  }

  #mounted(volumes: readonly LiveVolume[], rows: readonly TrackedVolume[], library: TrackingLibrary | null): Volume[] {
    const config = this.#options.config();
    const rowsByFingerprint = new Map(rows.map((row) => [row.fingerprint, row]));
    const context = {
      config,
      trackedFingerprints: library === null ? null : new Set(rowsByFingerprint.keys()),
      liveFingerprints: new Set(this.#options.live().map(({ fingerprint }) => fingerprint)),
      dismissed: this.dismissed,
    };
    return volumes.map((live) =>
      liveToVolume(live, { config, tracked: rowsByFingerprint.get(live.fingerprint) ?? null, prompt: promptFor(live, context) }),
    );
  }
}

const TYPE_ORDER = ['System', 'External', 'Image', 'Network'];

function byImportance(a: Volume, b: Volume): number {
  const byType = TYPE_ORDER.indexOf(a.mountType) - TYPE_ORDER.indexOf(b.mountType);
  return byType || a.name.localeCompare(b.name) || (a.fingerprint < b.fingerprint ? -1 : 1);
}
