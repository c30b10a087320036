import type { EventBus } from '../events/event-bus.ts';
import type { Logger } from '../log/logger.ts';
import type { LiveVolume } from './live-volume.ts';
import { compareVolumes, type VolumeChanges } from './volume-changes.ts';
import type { VolumeView } from './volume-view.ts';

/** Tells clients what has happened to volumes, each thing once. */
export class VolumeAnnouncer {
  /** As clients last heard of them, by fingerprint, so that slow drifts of free space add up. */
  #told = new Map<string, LiveVolume>();
  /** Fingerprints that were here in this run. */
  #known = new Set<string>();
  /** Clones that were warned of, as long as they are here. */
  #warned = new Set<string>();
  readonly #events: EventBus;
  readonly #view: VolumeView;
  readonly #log: Logger;

  constructor(events: EventBus, view: VolumeView, log: Logger) {
    this.#events = events;
    this.#view = view;
    this.#log = log;
  }

  /**
   * Compares what clients may see with what they were told last. `unmounted` volumes are given as they were when last
   * seen, taken from `before`.
   */
  compare(shown: readonly LiveVolume[], before: readonly LiveVolume[]): VolumeChanges {
    const changes = compareVolumes(this.#told, shown);
    const changed = new Set([...changes.mounted, ...changes.moved, ...changes.updated]);
    this.#told = new Map(shown.map((live) => [live.fingerprint, changed.has(live) ? live : (this.#told.get(live.fingerprint) ?? live)]));
    const lastSeen = new Map(before.map((live) => [live.fingerprint, live]));
    return { ...changes, unmounted: changes.unmounted.map((live) => lastSeen.get(live.fingerprint) ?? live) };
  }

  /** @param tracked fingerprints that a library tracks: they are not new when they come, and not lost when they go */
  tell({ mounted, unmounted, moved, updated }: VolumeChanges, tracked: ReadonlySet<string>): void {
    for (const volume of this.#view.departed(unmounted)) {
      const { fingerprint } = volume;
      this.#events.publish({ type: 'VolumeMountChanged', fingerprint, isMounted: false, mountPoint: null, mountPoints: [], volume });
      if (!tracked.has(fingerprint)) this.#events.publish({ type: 'VolumeRemoved', fingerprint, volume });
    }
    const isNew = mounted.filter(({ fingerprint }) => !this.#known.has(fingerprint) && !tracked.has(fingerprint));
    for (const volume of this.#view.seen(isNew)) this.#events.publish({ type: 'VolumeAdded', volume });
    for (const volume of this.#view.seen([...mounted, ...moved])) {
      const { fingerprint, mountPoint, mountPoints } = volume;
      this.#events.publish({ type: 'VolumeMountChanged', fingerprint, isMounted: true, mountPoint, mountPoints, volume });
    }
    for (const volume of this.#view.seen(updated)) this.#events.publish({ type: 'VolumeUpdated', volume });
    this.remember(mounted);
  }

  /** From now on these are no news. */
  remember(volumes: readonly LiveVolume[]): void {
    for (const { fingerprint } of volumes) this.#known.add(fingerprint);
  }

  warnOfClones(live: readonly LiveVolume[]): void {
    const clones = live.filter(({ identity }) => identity.confidence === 'doubtful');
    const present = new Set(clones.map(({ fingerprint }) => fingerprint));
    for (const { fingerprint, identity, device, mountPoints } of clones) {
      if (this.#warned.has(fingerprint)) continue;
      const message = `${device ?? mountPoints[0]} has the same identity as another drive: a clone, or the same drive in another reader.`;
      this.#log.warn({ fingerprint, resembles: identity.resembles, device }, message);
      this.#events.publish({ type: 'VolumeError', fingerprint, code: 'VOLUME_CLONE', message });
    }
    this.#warned = present;
  }
}
