import { MooringError } from '#shared/contract/error.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { LiveVolume } from './live-volume.ts';
import { writeMarker } from './marker.ts';
import { isWorthTracking } from './prompts.ts';
import type { RememberedVolumes, TrackingLibraries } from './remembered-volumes.ts';
import { answerHardware, deleteTracking, insertTracking, type TrackingLibrary, type TrackingPatch, updateTracking } from './tracking.ts';
import type { VolumeView } from './volume-view.ts';

/** What the tracker needs of `Volumes`. */
export interface TrackableVolumes {
  readonly live: readonly LiveVolume[];
  resolve(ref: string, library?: string): Promise<Volume>;
  findLive(ref: string, library?: string): LiveVolume;
  /** Says anew which volume is which, after what libraries know has changed. */
  reconsider(): void;
  /** Looks for the marker of a volume, just written. */
  readMarkerAgain(key: string): Promise<void>;
}

export interface VolumeTrackerOptions {
  volumes: TrackableVolumes;
  view: VolumeView;
  remembered: RememberedVolumes;
  libraries: TrackingLibraries;
  config: ConfigStore;
  events: EventBus;
  deviceId: string;
}

/** What a user says about volumes: track this one, call it so, do not ask, it is the same drive. */
export class VolumeTracker {
  readonly #options: VolumeTrackerOptions;

  constructor(options: VolumeTrackerOptions) {
    this.#options = options;
  }

  /**
   * @param options.writeMarker the user's consent to a marker file, needed for a volume that has nothing else to be known by
   * @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_OFFLINE`, `VOLUME_ALREADY_TRACKED`, `VOLUME_IDENTITY_WEAK`, `VOLUME_READ_ONLY`
   */
  async track(
    ref: string,
    options: { name?: string | undefined; writeMarker?: boolean | undefined; library?: string | undefined } = {},
  ): Promise<Volume> {
    const { volumes, libraries, deviceId } = this.#options;
    const library = libraries.resolve(options.library);
    const { fingerprint, name, tracking } = await volumes.resolve(ref, options.library);
    if (tracking) {
      throw new MooringError('VOLUME_ALREADY_TRACKED', `This library tracks “${name}” already.`, { details: { uuid: tracking.uuid } });
    }
    const live = volumes.findLive(fingerprint, options.library);
    const known = live.identity.confidence === 'weak' ? await this.#strengthen(live, name, options.writeMarker ?? false) : live;
    insertTracking(library, known, deviceId, options.name?.trim() || null);
    volumes.reconsider();
    return this.#publishTracked(known.fingerprint, library);
  }

  /**
   * Forgets a volume. What is on it, a marker included, is left alone: another library may know the volume by it.
   * @returns the volume as it is now; null when it is not mounted
   * @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_NOT_TRACKED`
   */
  async untrack(ref: string, library?: string): Promise<Volume | null> {
    const { volumes, libraries, events, view } = this.#options;
    const target = libraries.resolve(library);
    const { fingerprint, name } = await volumes.resolve(ref, library);
    if (!deleteTracking(target, fingerprint)) throw notTracked(name);
    events.publish({ type: 'VolumeUntracked', libraryId: target.id, fingerprint });
    volumes.reconsider();
    return view.of(target).find((volume) => volume.fingerprint === fingerprint) ?? null;
  }

  /** Changes the user's preferences for a tracked volume. @throws MooringError `VOLUME_NOT_FOUND`, `VOLUME_NOT_TRACKED` */
  async update(ref: string, patch: TrackingPatch, library?: string): Promise<Volume> {
    const target = this.#options.libraries.resolve(library);
    const { fingerprint, name } = await this.#options.volumes.resolve(ref, library);
    const displayName = patch.displayName?.trim() || undefined;
    if (!updateTracking(target, fingerprint, { ...patch, displayName })) throw notTracked(name);
    return this.#publishUpdated(fingerprint, target);
  }

  /** Puts the open question about a volume aside: until it is mounted again, or for ever. */
  async dismissPrompt(ref: string, forever: boolean): Promise<Volume> {
    const { volumes, view, config, libraries } = this.#options;
    const { fingerprint, prompt } = await volumes.resolve(ref);
    // “Never” lives in the configuration alone, so that taking it back there has the drive asked about at once.
    if (!forever || prompt === 'identity') view.dismissed.add(fingerprint);
    const { neverPrompt } = config.current.volumes;
    if (forever && !neverPrompt.includes(fingerprint)) await config.update({ volumes: { neverPrompt: [...neverPrompt, fingerprint] } });
    return this.#publishUpdated(fingerprint, libraries.current);
  }

  /**
   * The answer to “is this the same drive?”. When it is, its hardware is accepted and it becomes the tracked volume; when
   * it is not, it is a volume of its own from now on.
   * @throws MooringError `CONFLICT` when there is nothing to answer, or when both drives are here
   */
  async resolveIdentity(ref: string, isSame: boolean, library?: string): Promise<Volume> {
    const { volumes, libraries } = this.#options;
    const target = libraries.resolve(library);
    const live = volumes.findLive((await volumes.resolve(ref, library)).fingerprint, library);
    const { confidence, resembles } = live.identity;
    if (confidence !== 'doubtful' || resembles === null || live.hardwareId === null) {
      throw new MooringError('CONFLICT', 'There is no doubt about which volume this is.');
    }
    if (isSame && volumes.live.some(({ fingerprint }) => fingerprint === resembles)) {
      throw new MooringError('CONFLICT', 'The drive that it resembles is plugged in as well, so they are two drives.', {
        details: { resembles },
      });
    }
    answerHardware(target, resembles, live.hardwareId, isSame);
    volumes.reconsider();
    const now = volumes.live.find(({ key }) => key === live.key) ?? live;
    return this.#publishUpdated(now.fingerprint, target);
  }

  /** `autoTrack: external`: tracks those that would otherwise be asked about. */
  trackUnasked(shown: readonly LiveVolume[]): void {
    const { config, libraries, remembered, deviceId } = this.#options;
    const library = libraries.current;
    const { autoTrack, neverPrompt } = config.current.volumes;
    if (autoTrack !== 'external' || !library) return;
    const tracked = new Set(remembered.in(library).map(({ fingerprint }) => fingerprint));
    for (const live of shown) {
      const { fingerprint } = live;
      if (tracked.has(fingerprint) || neverPrompt.includes(fingerprint) || live.identity.confidence !== 'strong') continue;
      if (!isWorthTracking(live, config.current.volumes)) continue;
      insertTracking(library, live, deviceId, null);
      this.#publishTracked(fingerprint, library);
    }
  }

  /** Gives a volume with a weak identity a marker, with the user's consent, and returns it under its new fingerprint. */
  async #strengthen(live: LiveVolume, name: string, mayWrite: boolean): Promise<LiveVolume> {
    const { volumes, config } = this.#options;
    const why = `“${name}” has no identity of its own by which it could be recognised again`;
    if (live.isReadOnly) throw new MooringError('VOLUME_READ_ONLY', `${why}, and is read-only, so that no marker can be written on it.`);
    if (!mayWrite) {
      throw new MooringError('VOLUME_IDENTITY_WEAK', `${why}. Allow Mooring to write a small marker file on it (writeMarker).`, {
        details: { fingerprint: live.fingerprint, source: live.identity.source },
      });
    }
    if (live.unresponsive) throw new MooringError('VOLUME_UNRESPONSIVE', `“${name}” does not answer. Try again when it does.`);
    await writeMarker(live, config.current.volumes.probeTimeoutMs);
    await volumes.readMarkerAgain(live.key);
    const marked = volumes.live.find(({ key }) => key === live.key);
    if (marked?.identity.source !== 'marker') throw new MooringError('IO_ERROR', `The marker on “${name}” could not be read back.`);
    return marked;
  }

  #publishTracked(fingerprint: string, library: TrackingLibrary): Volume {
    const volume = this.#options.view.one(fingerprint, library);
    this.#options.events.publish({ type: 'VolumeTracked', libraryId: library.id, volume });
    return volume;
  }

  #publishUpdated(fingerprint: string, library: TrackingLibrary | null): Volume {
    const volume = this.#options.view.one(fingerprint, library);
    this.#options.events.publish({ type: 'VolumeUpdated', volume, ...(library ? { libraryId: library.id } : {}) });
    return volume;
  }
}

function notTracked(name: string): MooringError {
  return new MooringError('VOLUME_NOT_TRACKED', `This library does not track “${name}”.`);
}
