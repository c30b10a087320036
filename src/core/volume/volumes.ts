import type { Config } from '#shared/contract/config.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Device } from '#shared/contract/system.ts';
import type { Volume, VolumeStatistics } from '#shared/contract/volume.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { EventBus } from '../events/event-bus.ts';
import { displayName, type NativePath, toNativePath } from '../fs/native-path.ts';
import type { Logger } from '../log/logger.ts';
import type { DetectedVolume, VolumeDetector } from './detector.ts';
import { assignIdentities } from './identity.ts';
import { type LiveVolume, liveToVolume, trackedToVolume } from './live-volume.ts';
import { writeMarker } from './marker.ts';
import { MarkerCache } from './marker-cache.ts';
import { resolveLinks, volumeContaining } from './path-volume.ts';
import { isWorthTracking, promptFor } from './prompts.ts';
import {
  answerHardware,
  deleteTracking,
  insertTracking,
  recordSightings,
  type TrackedVolume,
  type TrackingLibrary,
  type TrackingPatch,
  trackedVolumes,
  updateTracking,
} from './tracking.ts';
import { announced, compareVolumes } from './volume-changes.ts';
import { VolumeMonitor } from './volume-monitor.ts';
import { isPathRef, matchVolume, volumeNotFound } from './volume-ref.ts';

export interface VolumesOptions {
  detector: VolumeDetector;
  libraries: {
    readonly opened: readonly TrackingLibrary[];
    readonly current: TrackingLibrary | null;
    resolve(ref?: string): TrackingLibrary;
  };
  config: ConfigStore;
  device: Device;
  events: EventBus;
  log: Logger;
}

/** What is remembered of mounted, tracked volumes is written at most this often while nothing happens to them. */
const SIGHTING_INTERVAL_MS = 60_000;

/**
 * The volume manager: the only owner of what is mounted now. Everything else asks it, or listens to its events.
 */
export class Volumes {
  #live: readonly LiveVolume[] = [];
  #detected: readonly DetectedVolume[] = [];
  #markerIds: ReadonlyMap<string, string> = new Map();
  /** As clients last heard of them, by fingerprint. */
  #announced = new Map<string, LiveVolume>();
  /** Fingerprints that clients have heard of in this run. */
  #known = new Set<string>();
  /** “Not now”, until the volume is mounted again. */
  #dismissed = new Set<string>();
  /** Clones that were warned of, as long as they are here. */
  #warned = new Set<string>();
  #token: string | null = null;
  #order = 0;
  #looking: Promise<void> | null = null;
  #lookAgain: Promise<void> | null = null;
  #sightedAt = 0;
  #problem: string | null = null;
  #isClosed = false;
  #unsubscribe: (() => void)[] = [];
  readonly #options: VolumesOptions;
  readonly #markers: MarkerCache;
  readonly #monitor: VolumeMonitor;

  private constructor(options: VolumesOptions) {
    this.#options = options;
    this.#markers = new MarkerCache(
      () => this.#config.probeTimeoutMs,
      () => this.#monitor.request(),
    );
    this.#monitor = new VolumeMonitor({
      detector: options.detector,
      intervals: () => this.#config,
      lastToken: () => this.#token,
      look: () => this.refresh(),
      log: options.log,
    });
  }

  /** Looks for the first time, silently, and then follows what happens until `close`. */
  static async start(options: VolumesOptions): Promise<Volumes> {
    const volumes = new Volumes(options);
    await volumes.refresh();
    volumes.#monitor.start();
    const { events } = options;
    volumes.#unsubscribe = [
      events.on('ConfigChanged', () => {
        volumes.#monitor.reschedule();
        volumes.#assign();
      }),
      ...(['LibraryOpened', 'LibraryClosed', 'LibrarySwitched', 'LibraryDeleted'] as const).map((type) =>
        events.on(type, () => volumes.#assign()),
      ),
    ];
    return volumes;
  }

  /** Everything that is mounted now, what people do not see included. */
  get live(): readonly LiveVolume[] {
    return this.#live;
  }

  /** Live volumes joined with those that the library (by default the current one) remembers. `all`: also what people do not see. */
  list({ all = false, library }: { all?: boolean; library?: string | undefined } = {}): Volume[] {
    const volumes = this.#join(this.#libraryFor(library));
    const shown = all ? volumes : volumes.filter((volume) => volume.isUserVisible || volume.tracking !== null);
    return shown.toSorted(byImportance);
  }

  /**
   * @param ref fingerprint (eight digits suffice), tracking uuid, device, name, or a path on the volume
   * @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_AMBIGUOUS`
   */
  find(ref: string, library?: string): Volume {
    const volumes = this.#join(this.#libraryFor(library));
    const found = matchVolume(ref, volumes);
    if (found) return found;
    if (!isPathRef(ref)) throw volumeNotFound(ref);
    const live = volumeContaining(this.#live, toNativePath(ref, this.#options.device.id));
    const volume = volumes.find(({ fingerprint }) => fingerprint === live?.fingerprint);
    if (!volume) throw volumeNotFound(ref);
    return volume;
  }

  /** Like `find`, after a look at whether something was mounted meanwhile, and with the symbolic links of a path resolved. */
  async resolve(ref: string, library?: string): Promise<Volume> {
    await this.ensureFresh();
    if (!isPathRef(ref) || matchVolume(ref, this.#join(this.#libraryFor(library)))) return this.find(ref, library);
    const live = await this.forPath(toNativePath(ref, this.#options.device.id));
    return this.find(live.fingerprint, library);
  }

  /** @throws MooringError as `find`; `VOLUME_OFFLINE` when it is not mounted */
  findLive(ref: string, library?: string): LiveVolume {
    const { fingerprint, name } = this.find(ref, library);
    const live = this.#live.find((volume) => volume.fingerprint === fingerprint);
    if (!live)
      throw new MooringError('VOLUME_OFFLINE', `“${name}” is not plugged in. Connect it, then try again.`, { details: { fingerprint } });
    return live;
  }

  /** The volume on which a path lies, or would lie if it existed. Right also for what was mounted a moment ago. */
  async forPath(nativePath: NativePath): Promise<LiveVolume> {
    await this.ensureFresh();
    const volume = volumeContaining(this.#live, await resolveLinks(nativePath, this.#live));
    if (!volume) throw new MooringError('VOLUME_NOT_FOUND', `“${displayName(nativePath)}” lies on no volume that is mounted.`);
    return volume;
  }

  async same(a: NativePath, b: NativePath): Promise<boolean> {
    return (await this.forPath(a)).fingerprint === (await this.forPath(b)).fingerprint;
  }

  /** Mounted volumes that have so much free space and can be written, the one with most first. */
  withSpace(bytes: number): Volume[] {
    const fits = (volume: Volume) => volume.isMounted && !volume.isReadOnly && !volume.unresponsive && volume.availableBytes >= bytes;
    return this.list()
      .filter(fits)
      .toSorted((a, b) => b.availableBytes - a.availableBytes);
  }

  statistics(library?: string): VolumeStatistics {
    const volumes = this.list({ library });
    const mounted = volumes.filter((volume) => volume.isMounted);
    // Volumes of one pool (an APFS container) all tell the size of the pool: it counts once.
    const poolOf = new Map(this.#live.map((live) => [live.fingerprint, live.spacePool ?? live.fingerprint]));
    const pools = [...new Map(mounted.map((volume) => [poolOf.get(volume.fingerprint), volume])).values()];
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    return {
      mounted: mounted.length,
      offline: volumes.length - mounted.length,
      tracked: volumes.filter((volume) => volume.tracking !== null).length,
      totalBytes: sum(pools.map((volume) => volume.totalBytes)),
      availableBytes: sum(pools.map((volume) => volume.availableBytes)),
      byMountType: countBy(mounted, (volume) => volume.mountType),
      byFileSystem: countBy(mounted, (volume) => volume.fileSystem),
    };
  }

  health(): { status: 'ok' | 'degraded' | 'failed'; message: string | null } {
    if (this.#problem !== null) return { status: 'failed', message: this.#problem };
    if (this.#monitor.mode !== 'polling') return { status: 'ok', message: null };
    return { status: 'degraded', message: 'The system does not report volume changes by itself; Mooring looks every few seconds.' };
  }

  /** Looks again. Calls that come while one look is under way share the next. */
  refresh(): Promise<void> {
    if (!this.#looking) {
      this.#looking = this.#look().finally(() => {
        this.#looking = null;
      });
      return this.#looking;
    }
    this.#lookAgain ??= this.#looking.then(() => {
      this.#lookAgain = null;
      return this.refresh();
    });
    return this.#lookAgain;
  }

  /** Looks again if something was mounted or unmounted since the last look. */
  async ensureFresh(): Promise<void> {
    if ((await this.#options.detector.changeToken()) !== this.#token) await this.refresh();
  }

  /**
   * @param writeMarker the user's consent to a marker file, needed for a volume that has nothing else to be known by
   * @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_OFFLINE`, `VOLUME_ALREADY_TRACKED`, `VOLUME_IDENTITY_WEAK`, `VOLUME_READ_ONLY`
   */
  async track(
    ref: string,
    options: { name?: string | undefined; writeMarker?: boolean; library?: string | undefined } = {},
  ): Promise<Volume> {
    const library = this.#options.libraries.resolve(options.library);
    const volume = await this.resolve(ref, options.library);
    if (volume.tracking) {
      throw new MooringError('VOLUME_ALREADY_TRACKED', `This library tracks “${volume.name}” already.`, {
        details: { uuid: volume.tracking.uuid },
      });
    }
    let live = this.findLive(volume.fingerprint, options.library);
    if (live.identity.confidence === 'weak') live = await this.#strengthen(live, volume.name, options.writeMarker ?? false);
    insertTracking(library, live, this.#options.device.id, options.name?.trim() || null);
    this.#assign();
    return this.#publishTracked(live.fingerprint, library);
  }

  /**
   * Forgets a volume. What is on it, a marker included, is left alone: another library may know the volume by it.
   * @returns the volume as it is now; null when it is not mounted
   */
  async untrack(ref: string, library?: string): Promise<Volume | null> {
    const target = this.#options.libraries.resolve(library);
    const { fingerprint, name } = await this.resolve(ref, library);
    if (!deleteTracking(target, fingerprint)) throw notTracked(name);
    this.#options.events.publish({ type: 'VolumeUntracked', libraryId: target.id, fingerprint });
    this.#assign();
    return this.#join(target).find((volume) => volume.fingerprint === fingerprint) ?? null;
  }

  /** Changes the user's preferences for a tracked volume. @throws MooringError `VOLUME_NOT_TRACKED` */
  async update(ref: string, patch: TrackingPatch, library?: string): Promise<Volume> {
    const target = this.#options.libraries.resolve(library);
    const { fingerprint, name } = await this.resolve(ref, library);
    const displayNamePatch = patch.displayName === undefined ? {} : { displayName: patch.displayName.trim() || undefined };
    if (!updateTracking(target, fingerprint, { ...patch, ...displayNamePatch })) throw notTracked(name);
    return this.#publishUpdated(fingerprint, target);
  }

  /** Puts the open question about a volume aside: until it is mounted again, or for ever. */
  async dismissPrompt(ref: string, forever: boolean): Promise<Volume> {
    const { fingerprint } = await this.resolve(ref);
    this.#dismissed.add(fingerprint);
    const { neverPrompt } = this.#config;
    if (forever && !neverPrompt.includes(fingerprint)) {
      await this.#options.config.update({ volumes: { neverPrompt: [...neverPrompt, fingerprint] } });
    }
    return this.#publishUpdated(fingerprint, this.#options.libraries.current);
  }

  /**
   * The answer to “is this the same drive?”. When it is, its hardware is accepted and it becomes the tracked volume; when
   * it is not, it is a volume of its own from now on.
   * @throws MooringError `CONFLICT` when there is nothing to answer
   */
  async resolveIdentity(ref: string, isSame: boolean, library?: string): Promise<Volume> {
    const target = this.#options.libraries.resolve(library);
    const live = this.findLive((await this.resolve(ref, library)).fingerprint, library);
    const { confidence, resembles } = live.identity;
    if (confidence !== 'doubtful' || resembles === null || live.hardwareId === null) {
      throw new MooringError('CONFLICT', 'There is no doubt about which volume this is.');
    }
    if (isSame && this.#live.some((volume) => volume.fingerprint === resembles)) {
      throw new MooringError('CONFLICT', 'The drive that it resembles is plugged in as well, so they are two drives.', {
        details: { resembles },
      });
    }
    answerHardware(target, resembles, live.hardwareId, isSame);
    this.#assign();
    const now = this.#live.find((volume) => volume.key === live.key) ?? live;
    return this.#publishUpdated(now.fingerprint, target);
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#monitor.close();
    this.#sight(this.#live);
    this.#isClosed = true;
    await this.#looking;
  }

  get #config(): Config['volumes'] {
    return this.#options.config.current.volumes;
  }

  async #look(): Promise<void> {
    const { detector, log, events } = this.#options;
    try {
      // Taken before the look: what is mounted during it makes another one.
      const token = await detector.changeToken();
      const detected = await detector.detect();
      const markerIds = await this.#markers.of(detected);
      if (this.#isClosed) return;
      const isFirst = this.#token === null;
      this.#token = token;
      this.#detected = detected;
      this.#markerIds = markerIds;
      this.#problem = null;
      this.#assign(isFirst);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error({ err: error }, 'Volumes could not be detected');
      if (this.#problem === null) events.publish({ type: 'VolumeError', fingerprint: null, code: 'DETECTION_FAILED', message });
      this.#problem = `Volumes could not be detected: ${message}`;
    }
  }

  /** Says which volume is which, from what was detected last, and tells what has changed. */
  #assign(isSilent = false): void {
    if (this.#isClosed) return;
    const tracked = this.#trackedEverywhere();
    const before = this.#live;
    this.#live = assignIdentities({
      detected: this.#detected,
      markers: this.#markerIds,
      previous: before,
      tracked,
      nextOrder: () => ++this.#order,
    });
    const trackedFingerprints = new Set(tracked.map((row) => row.fingerprint));
    const shown = announced(this.#live, this.#config, trackedFingerprints);
    this.#publishChanges(shown, before, trackedFingerprints, isSilent);
    this.#warnOfClones();
  }

  #publishChanges(shown: readonly LiveVolume[], before: readonly LiveVolume[], tracked: ReadonlySet<string>, isSilent: boolean): void {
    const { events } = this.#options;
    const changes = compareVolumes(this.#announced, shown);
    // Each as it was when last told, so that slow drifts of free space add up.
    const changed = new Set([...changes.mounted, ...changes.moved, ...changes.updated]);
    this.#announced = new Map(
      shown.map((live) => [live.fingerprint, changed.has(live) ? live : (this.#announced.get(live.fingerprint) ?? live)]),
    );
    for (const live of changes.unmounted) this.#dismissed.delete(live.fingerprint);
    const gone = changes.unmounted.map((live) => before.find(({ fingerprint }) => fingerprint === live.fingerprint) ?? live);
    if (isSilent || changes.mounted.length + gone.length > 0 || Date.now() - this.#sightedAt > SIGHTING_INTERVAL_MS)
      this.#sight([...shown, ...gone]);
    const isNew = changes.mounted.filter((live) => !this.#known.has(live.fingerprint) && !tracked.has(live.fingerprint));
    for (const live of changes.mounted) this.#known.add(live.fingerprint);
    if (!isSilent) {
      for (const live of gone) {
        this.#publishMountChanged(live, false);
        if (!tracked.has(live.fingerprint))
          events.publish({ type: 'VolumeRemoved', fingerprint: live.fingerprint, volume: this.#departed(live) });
      }
      for (const live of isNew) events.publish({ type: 'VolumeAdded', volume: this.#seen(live) });
      for (const live of [...changes.mounted, ...changes.moved]) this.#publishMountChanged(live, true);
      for (const live of changes.updated) events.publish({ type: 'VolumeUpdated', volume: this.#seen(live) });
    }
    for (const live of this.#config.autoTrack === 'external' ? shown : []) this.#trackUnasked(live);
  }

  #publishMountChanged(live: LiveVolume, isMounted: boolean): void {
    const mountPoints = isMounted ? live.mountPoints : [];
    const volume = isMounted ? this.#seen(live) : this.#departed(live);
    const { fingerprint } = live;
    this.#options.events.publish({
      type: 'VolumeMountChanged',
      fingerprint,
      isMounted,
      mountPoint: mountPoints[0] ?? null,
      mountPoints,
      volume,
    });
  }

  #warnOfClones(): void {
    const { events, log } = this.#options;
    const clones = this.#live.filter((live) => live.identity.confidence === 'doubtful' && live.identity.resembles !== null);
    const present = new Set(clones.map((live) => live.fingerprint));
    for (const fingerprint of this.#warned) if (!present.has(fingerprint)) this.#warned.delete(fingerprint);
    for (const live of clones) {
      if (this.#warned.has(live.fingerprint)) continue;
      this.#warned.add(live.fingerprint);
      const message = `${live.device ?? live.mountPoints[0]} has the same identity as another drive: a clone, or the same drive in another reader.`;
      log.warn({ fingerprint: live.fingerprint, resembles: live.identity.resembles, device: live.device }, message);
      events.publish({ type: 'VolumeError', fingerprint: live.fingerprint, code: 'VOLUME_CLONE', message });
    }
  }

  /** `autoTrack: external`. */
  #trackUnasked(live: LiveVolume): void {
    const library = this.#options.libraries.current;
    if (!library || live.identity.confidence !== 'strong' || !isWorthTracking(live, this.#config)) return;
    if (this.#config.neverPrompt.includes(live.fingerprint) || this.#trackedIn(library).some((row) => row.fingerprint === live.fingerprint))
      return;
    insertTracking(library, live, this.#options.device.id, null);
    this.#publishTracked(live.fingerprint, library);
  }

  /** Gives a volume with a weak identity a marker, with the user's consent, and returns it under its new fingerprint. */
  async #strengthen(live: LiveVolume, name: string, mayWrite: boolean): Promise<LiveVolume> {
    if (live.isReadOnly) {
      throw new MooringError(
        'VOLUME_READ_ONLY',
        `“${name}” cannot be recognised again: it has no identity of its own, and is read-only, so that no marker can be written on it.`,
      );
    }
    if (!mayWrite) {
      throw new MooringError(
        'VOLUME_IDENTITY_WEAK',
        `“${name}” has no identity of its own by which it could be recognised again. Allow Mooring to write a small marker file on it (writeMarker).`,
        {
          details: { fingerprint: live.fingerprint, source: live.identity.source },
        },
      );
    }
    if (live.unresponsive) throw new MooringError('VOLUME_UNRESPONSIVE', `“${name}” does not answer. Try again when it does.`);
    await writeMarker(live, this.#config.probeTimeoutMs);
    this.#markers.forget(live.key);
    await this.refresh();
    const marked = this.#live.find((volume) => volume.key === live.key);
    if (marked?.identity.source !== 'marker') throw new MooringError('IO_ERROR', `The marker on “${name}” could not be read back.`);
    return marked;
  }

  #publishTracked(fingerprint: string, library: TrackingLibrary): Volume {
    const volume = this.#inLibrary(fingerprint, library);
    this.#options.events.publish({ type: 'VolumeTracked', libraryId: library.id, volume });
    return volume;
  }

  #publishUpdated(fingerprint: string, library: TrackingLibrary | null): Volume {
    const volume = this.#inLibrary(fingerprint, library);
    this.#options.events.publish({ type: 'VolumeUpdated', volume, ...(library ? { libraryId: library.id } : {}) });
    return volume;
  }

  #inLibrary(fingerprint: string, library: TrackingLibrary | null): Volume {
    const volume = this.#join(library).find((item) => item.fingerprint === fingerprint);
    if (!volume) throw volumeNotFound(fingerprint);
    return volume;
  }

  /** A mounted volume as the current library sees it. */
  #seen(live: LiveVolume): Volume {
    return this.#toVolume(live, this.#trackedIn(this.#options.libraries.current));
  }

  /** The same when it has just gone. */
  #departed(live: LiveVolume): Volume {
    const rows = this.#trackedIn(this.#options.libraries.current);
    const row = rows.find(({ fingerprint }) => fingerprint === live.fingerprint);
    if (row) return trackedToVolume(row);
    return { ...this.#toVolume(live, rows), status: 'offline', isMounted: false, mountPoint: null, mountPoints: [], prompt: null };
  }

  #join(library: TrackingLibrary | null): Volume[] {
    const rows = this.#trackedIn(library);
    const mounted = new Set(this.#live.map(({ fingerprint }) => fingerprint));
    const offline = rows.filter(({ fingerprint }) => !mounted.has(fingerprint));
    return [...this.#live.map((live) => this.#toVolume(live, rows, library !== null)), ...offline.map(trackedToVolume)];
  }

  #toVolume(live: LiveVolume, rows: readonly TrackedVolume[], hasLibrary = this.#options.libraries.current !== null): Volume {
    const tracked = rows.find(({ fingerprint }) => fingerprint === live.fingerprint) ?? null;
    const prompt = promptFor(live, {
      config: this.#config,
      trackedFingerprints: hasLibrary ? new Set(rows.map(({ fingerprint }) => fingerprint)) : null,
      liveFingerprints: new Set(this.#live.map(({ fingerprint }) => fingerprint)),
      dismissed: this.#dismissed,
    });
    return liveToVolume(live, { config: this.#config, tracked, prompt });
  }

  /** The library that a call names, else the current one, if any: volumes can be looked at without a library. */
  #libraryFor(ref: string | undefined): TrackingLibrary | null {
    return ref === undefined ? this.#options.libraries.current : this.#options.libraries.resolve(ref);
  }

  #trackedEverywhere(): TrackedVolume[] {
    return this.#options.libraries.opened.flatMap((library) => this.#trackedIn(library));
  }

  /** A library may lie on a drive that was just pulled out: then it remembers nothing. */
  #trackedIn(library: TrackingLibrary | null): TrackedVolume[] {
    if (!library) return [];
    try {
      return trackedVolumes(library);
    } catch (error) {
      this.#options.log.warn({ err: error, library: library.id }, 'The tracked volumes of a library could not be read');
      return [];
    }
  }

  /** Writes down in every open library that these volumes were here. */
  #sight(seen: readonly LiveVolume[]): void {
    this.#sightedAt = Date.now();
    for (const library of this.#options.libraries.opened) {
      try {
        recordSightings(library, seen, this.#options.device.id);
      } catch (error) {
        this.#options.log.warn({ err: error, library: library.id }, 'A library could not be told which volumes are here');
      }
    }
  }
}

const TYPE_ORDER = ['System', 'External', 'Image', 'Network'];

function byImportance(a: Volume, b: Volume): number {
  return (
    TYPE_ORDER.indexOf(a.mountType) - TYPE_ORDER.indexOf(b.mountType) ||
    a.name.localeCompare(b.name) ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}

function countBy(volumes: readonly Volume[], keyOf: (volume: Volume) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const volume of volumes) counts[keyOf(volume)] = (counts[keyOf(volume)] ?? 0) + 1;
  return counts;
}

function notTracked(name: string): MooringError {
  return new MooringError('VOLUME_NOT_TRACKED', `This library does not track “${name}”.`);
}
