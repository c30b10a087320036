import { z } from 'zod';
import { reasonError } from '#core/fs/reason-error.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Locations } from '#core/location/locations.ts';
import type { TrackingPatch } from '#core/volume/tracking.ts';
import type { Volumes } from '#core/volume/volumes.ts';
import type { ActionResult } from '#shared/contract/action.ts';
import { toMooringError } from '#shared/contract/error.ts';
import { reason } from '#shared/contract/reason.ts';
import type { Volume } from '#shared/contract/volume.ts';
import type { Actions } from '../actions.ts';
import { UNDOING } from '../told-undo.ts';
import { FieldsChanged, fieldsChanged, refuseIfChangedSince } from './change-back.ts';

export interface RecordedVolumesOptions {
  actions: Actions;
  volumes: Volumes;
  locations: Locations;
  libraries: Libraries;
}

/** The library may be left out: then it is the current one. */
interface InLibrary {
  library?: string | undefined;
}

const Tracked = z.object({ library: z.string(), volume: z.string() });
const Changed = FieldsChanged.extend(Tracked.shape);
const Untracked = Tracked.extend({
  displayName: z.string(),
  isFavorite: z.boolean(),
  color: z.string().nullable(),
  icon: z.string().nullable(),
});
const Patch = z.object({
  displayName: z.string().optional(),
  isFavorite: z.boolean().optional(),
  color: z.string().nullable().optional(),
  icon: z.string().nullable().optional(),
});

/** What users say about volumes, remembered as actions; and how it is taken back. */
export class RecordedVolumes {
  readonly #options: RecordedVolumesOptions;

  constructor(options: RecordedVolumesOptions) {
    this.#options = options;
    const { actions, volumes } = options;
    actions.registerUndo('volume.track', async (facts) => {
      const { volume: ref, library } = Tracked.parse(facts);
      const volume = await volumes.resolve(ref, library);
      await volumes.tracker.untrack(ref, library).catch(refuseIfNotTracked);
      return { result: shown(volume), undo: UNDOING };
    });
    actions.registerUndo('volume.untrack', async (facts) => {
      const { volume: ref, library, displayName: name, ...looks } = Untracked.parse(facts);
      await volumes.tracker.track(ref, { name, library });
      const volume = await volumes.tracker.update(ref, looks, library);
      return { result: shown(volume), undo: UNDOING };
    });
    actions.registerUndo('volume.update', async (facts) => {
      const changed = Changed.parse(facts);
      const { volume: ref, library, before } = changed;
      const { tracking } = await volumes.resolve(ref, library);
      refuseIfChangedSince(changed, tracking ?? {});
      const volume = await volumes.tracker.update(ref, Patch.parse(before), library).catch(refuseIfNotTracked);
      return { result: shown(volume), undo: UNDOING };
    });
  }

  async track(ref: string, options: InLibrary & { name?: string | undefined; writeMarker?: boolean | undefined }): Promise<Volume> {
    const { actions, volumes, libraries } = this.#options;
    const library = libraries.resolve(options.library);
    const volume = await volumes.tracker.track(ref, options);
    actions.recorded({
      type: 'volume.track',
      input: { volume: volume.name, ...options },
      library,
      result: shown(volume),
      undo: { facts: { library: library.id, volume: volume.fingerprint } },
    });
    return volume;
  }

  /** @param locations what becomes of the indexed locations on it */
  async untrack(ref: string, locations: 'keep' | 'remove', { library: libraryRef }: InLibrary): Promise<Volume | null> {
    const { actions, volumes, libraries, locations: located } = this.#options;
    const library = libraries.resolve(libraryRef);
    const before = await volumes.resolve(ref, libraryRef);
    const { fingerprint, tracking } = before;
    const volume = await volumes.tracker.untrack(fingerprint, libraryRef);
    if (locations === 'remove') await located.removeAllOn(fingerprint, libraryRef);
    const { displayName, isFavorite, color, icon } = tracking ?? { displayName: before.name, isFavorite: false, color: null, icon: null };
    actions.recorded({
      type: 'volume.untrack',
      input: { volume: before.name, locations },
      library,
      result: shown(before),
      undo:
        locations === 'remove'
          ? { reason: reason('locations-forgotten', {}) }
          : { facts: { library: library.id, volume: fingerprint, displayName, isFavorite, color, icon } },
    });
    return volume;
  }

  async update(ref: string, patch: TrackingPatch, { library: libraryRef }: InLibrary): Promise<Volume> {
    const { actions, volumes, libraries } = this.#options;
    const library = libraries.resolve(libraryRef);
    const { fingerprint, tracking } = await volumes.resolve(ref, libraryRef);
    const volume = await volumes.tracker.update(fingerprint, patch, libraryRef);
    const changed = fieldsChanged(patch, tracking ?? {}, volume.tracking ?? {});
    if (!changed) return volume;
    actions.recorded({
      type: 'volume.update',
      input: { volume: tracking?.displayName ?? volume.name, ...patch },
      library,
      result: shown(volume),
      undo: { facts: { library: library.id, volume: fingerprint, ...changed } },
    });
    return volume;
  }
}

function shown({ fingerprint, name }: Volume): ActionResult {
  return { kind: 'volume', fingerprint, name };
}

function refuseIfNotTracked(thrown: unknown): never {
  const error = toMooringError(thrown);
  if (error.code !== 'VOLUME_NOT_TRACKED') throw error;
  throw reasonError('UNDO_REFUSED', 'not-tracked-now', {}, { cause: error });
}
