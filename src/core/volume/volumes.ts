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
import { isUserVisible, type LiveVolume } from './live-volume.ts';
import { MarkerCache } from './marker-cache.ts';
import { resolveLinks, volumeContaining } from './path-volume.ts';
import { RememberedVolumes, type TrackingLibraries } from './remembered-volumes.ts';
import type { TrackingLibrary } from './tracking.ts';
import { VolumeAnnouncer } from './volume-announcer.ts';
import { VolumeMonitor } from './volume-monitor.ts';
import { isPathRef, matchVolume, volumeNotFound } from './volume-ref.ts';
import { volumeStatistics } from './volume-statistics.ts';
import { type TrackableVolumes, VolumeTracker } from './volume-tracker.ts';
import { VolumeView } from './volume-view.ts';

export interface VolumesOptions {
  detector: VolumeDetector;
  libraries: TrackingLibraries;
  config: ConfigStore;
  device: Device;
  events: EventBus;
  log: Logger;
}

/** The volume manager: the only owner of what is mounted now. Everything else asks it, or listens to its events. */
export class Volumes implements TrackableVolumes {
  #live: readonly LiveVolume[] = [];
  #detected: readonly DetectedVolume[] = [];
  #markerIds: ReadonlyMap<string, string> = new Map();
  /** The mount table that `#detected` was made from; null before the first look. */
  #token: string | null = null;
  #order = 0;
  #looking: Promise<void> | null = null;
  #lookAgain: Promise<void> | null = null;
  #problem: string | null = null;
  #isClosed = false;
  #unsubscribe: (() => void)[] = [];
  readonly #options: VolumesOptions;
  readonly #remembered: RememberedVolumes;
  readonly #view: VolumeView;
  readonly #announcer: VolumeAnnouncer;
  readonly #markers: MarkerCache;
  readonly #monitor: VolumeMonitor;
  /** What a user says about volumes: tracking, preferences, answers. */
  readonly tracker: VolumeTracker;

  private constructor(options: VolumesOptions) {
    const { detector, libraries, config, device, events, log } = options;
    const volumeConfig = () => config.current.volumes;
    this.#options = options;
    this.#remembered = new RememberedVolumes(libraries, device.id, log);
    this.#view = new VolumeView({ live: () => this.#live, remembered: this.#remembered, libraries, config: volumeConfig });
    this.#announcer = new VolumeAnnouncer(events, this.#view, log);
    this.#monitor = new VolumeMonitor({
      detector,
      intervals: volumeConfig,
      lastToken: () => this.#token,
      look: () => this.refresh(),
      log,
    });
    this.#markers = new MarkerCache(
      () => volumeConfig().probeTimeoutMs,
      () => this.#monitor.request(),
    );
    this.tracker = new VolumeTracker({
      volumes: this,
      view: this.#view,
      remembered: this.#remembered,
      libraries,
      config,
      events,
      deviceId: device.id,
    });
  }

  /** Looks for the first time, silently, and then follows what happens until `close`. */
  static async start(options: VolumesOptions): Promise<Volumes> {
    const volumes = new Volumes(options);
    await volumes.refresh();
    volumes.#follow();
    return volumes;
  }

  /** Everything that is mounted now, what people do not see included. */
  get live(): readonly LiveVolume[] {
    return this.#live;
  }

  /** Live volumes joined with those that the library (by default the current one) remembers. `all`: also what people do not see. */
  list({ all = false, library }: { all?: boolean; library?: string | undefined } = {}): Volume[] {
    const volumes = this.#view.of(this.#libraryFor(library));
    return all ? volumes : volumes.filter((volume) => volume.isUserVisible || volume.tracking !== null);
  }

  /**
   * @param ref fingerprint (eight digits suffice), tracking uuid, device, name, or a path on the volume
   * @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_AMBIGUOUS`
   */
  find(ref: string, library?: string): Volume {
    const volumes = this.#view.of(this.#libraryFor(library));
    const found = matchVolume(ref, volumes);
    if (found) return found;
    const live = isPathRef(ref) ? volumeContaining(this.#live, toNativePath(ref, this.#options.device.id)) : null;
    return volumeOfPath(ref, live, volumes);
  }

  /** Like `find`, after a look at whether something was mounted meanwhile, and with the symbolic links of a path resolved. */
  async resolve(ref: string, library?: string): Promise<Volume> {
    await this.ensureFresh();
    const volumes = this.#view.of(this.#libraryFor(library));
    if (!isPathRef(ref) || matchVolume(ref, volumes)) return this.find(ref, library);
    const nativePath = await resolveLinks(toNativePath(ref, this.#options.device.id), this.#live);
    // Names of devices are links, too: /dev/disk/by-label/Stick.
    return matchVolume(displayName(nativePath), volumes) ?? volumeOfPath(ref, volumeContaining(this.#live, nativePath), volumes);
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
    return volumeStatistics(this.list({ library }), this.#live);
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

  async readMarkerAgain(key: string): Promise<void> {
    const detected = this.#detected.find((volume) => volume.key === key);
    if (detected) await this.#markers.readAgain(detected);
    await this.refresh();
  }

  /** Says anew which volume is which, from what was detected last and what libraries know now, and tells what has changed. */
  reconsider(): void {
    if (this.#isClosed) return;
    const tracked = this.#remembered.everywhere();
    const before = this.#live;
    this.#live = assignIdentities({
      detected: this.#detected,
      markers: this.#markerIds,
      previous: before,
      tracked,
      nextOrder: () => ++this.#order,
    });
    const trackedFingerprints = new Set(tracked.map(({ fingerprint }) => fingerprint));
    // Clients hear of what people see, and of what a library tracks.
    const shown = this.#live.filter((live) => isUserVisible(live, this.#config) || trackedFingerprints.has(live.fingerprint));
    const changes = this.#announcer.compare(shown, before);
    for (const { fingerprint } of changes.unmounted) this.#view.dismissed.delete(fingerprint);
    if (changes.mounted.length + changes.unmounted.length > 0) this.#remembered.sight([...shown, ...changes.unmounted]);
    else this.#remembered.sightNowAndThen(shown);
    if (before.length === 0) this.#announcer.remember(changes.mounted);
    else this.#announcer.tell(changes, trackedFingerprints);
    this.#announcer.warnOfClones(this.#live);
    this.tracker.trackUnasked(shown);
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#monitor.close();
    if (!this.#isClosed) this.#remembered.sight(this.#live);
    this.#isClosed = true;
    await this.#looking;
  }

  get #config(): Config['volumes'] {
    return this.#options.config.current.volumes;
  }

  #follow(): void {
    const { events } = this.#options;
    this.#monitor.start();
    const libraryEvents = ['LibraryOpened', 'LibraryClosed', 'LibrarySwitched', 'LibraryDeleted'] as const;
    this.#unsubscribe = libraryEvents.map((type) => events.on(type, () => this.reconsider()));
    const onConfig = events.on('ConfigChanged', () => {
      this.#monitor.reschedule();
      this.reconsider();
    });
    // A library that is opened learns at once which of its volumes are here.
    this.#unsubscribe.push(
      onConfig,
      events.on('LibraryOpened', () => this.#remembered.sight(this.#live)),
    );
  }

  async #look(): Promise<void> {
    const { detector, log, events } = this.#options;
    try {
      // Taken before the look: what is mounted during it makes another one.
      const token = await detector.changeToken();
      const detected = await detector.detect();
      const markerIds = await this.#markers.of(detected);
      if (this.#isClosed) return;
      this.#token = token;
      this.#detected = detected;
      this.#markerIds = markerIds;
      this.#problem = null;
      this.reconsider();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error({ err: error }, 'Volumes could not be detected');
      if (this.#problem === null) events.publish({ type: 'VolumeError', fingerprint: null, code: 'DETECTION_FAILED', message });
      this.#problem = `Volumes could not be detected: ${message}`;
    }
  }

  /** The library that a call names, else the current one, if any: volumes can be looked at without a library. */
  #libraryFor(ref: string | undefined): TrackingLibrary | null {
    return ref === undefined ? this.#options.libraries.current : this.#options.libraries.resolve(ref);
  }
}

/** A path on plumbing, such as the device file of a drive that is not mounted, names no volume. */
function volumeOfPath(ref: string, live: LiveVolume | null, volumes: readonly Volume[]): Volume {
  const volume = live?.hiddenBecause === 'pseudo' ? undefined : volumes.find(({ fingerprint }) => fingerprint === live?.fingerprint);
  if (!volume) throw volumeNotFound(ref);
  return volume;
}
