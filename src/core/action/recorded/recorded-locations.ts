import { z } from 'zod';
import type { Addresses } from '#core/entry/entry-address.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { Libraries } from '#core/library/libraries.ts';
import type { Library } from '#core/library/library.ts';
import type { LocationToAdd } from '#core/location/add-location.ts';
import type { LocationChange, LocationRef, Locations } from '#core/location/locations.ts';
import type { ActionResult } from '#shared/contract/action.ts';
import { toMooringError } from '#shared/contract/error.ts';
import { IndexMode, type Location, LocationRules } from '#shared/contract/location.ts';
import { volumeAddress } from '../action-addresses.ts';
import type { Actions } from '../actions.ts';
import { UNDOING } from '../told-undo.ts';
import { FieldsChanged, fieldsChanged, refuseIfChangedSince } from './change-back.ts';

export interface RecordedLocationsOptions {
  actions: Actions;
  locations: Locations;
  libraries: Libraries;
  addresses: Addresses;
}

const Added = z.object({ library: z.string(), location: z.string() });
const Changed = FieldsChanged.extend(Added.shape);
const Removed = z.object({
  library: z.string(),
  path: z.string(),
  name: z.string(),
  mode: IndexMode,
  rules: LocationRules,
  watch: z.boolean(),
});

/** What users do with locations, remembered as actions; and how it is taken back. */
export class RecordedLocations {
  readonly #options: RecordedLocationsOptions;

  constructor(options: RecordedLocationsOptions) {
    this.#options = options;
    const { actions, locations } = options;
    actions.registerUndo('location.add', async (facts) => {
      const { location, library } = Added.parse(facts);
      const { id, name } = await locations.remove({ location, library }).catch(refuseIfGone);
      return { result: { kind: 'location', id, name }, undo: UNDOING };
    });
    actions.registerUndo('location.update', async (facts) => {
      const changed = Changed.parse(facts);
      refuseIfChangedSince(changed, fieldsOf(await locations.get(changed).catch(refuseIfGone)));
      const { location } = await locations.update(changed, changed.before);
      return { result: shown(location), undo: UNDOING };
    });
    actions.registerUndo('location.remove', async (facts) => {
      const { location } = await locations.add({ ...Removed.parse(facts), allowOverlap: true });
      return { result: shown(location), undo: UNDOING };
    });
  }

  async add(input: LocationToAdd & { library?: string | undefined }): ReturnType<Locations['add']> {
    const { actions, locations } = this.#options;
    const added = await locations.add(input);
    const { libraryId, id } = added.location;
    actions.recorded({
      type: 'location.add',
      input: { ...input, path: this.#lasting(input.path) },
      library: this.#libraryOf(added.location),
      result: shown(added.location),
      undo: { facts: { library: libraryId, location: id } },
    });
    return added;
  }

  async update(ref: LocationRef, change: LocationChange): ReturnType<Locations['update']> {
    const { actions, locations } = this.#options;
    const before = await locations.get(ref);
    const updated = await locations.update(ref, change);
    const { location } = updated;
    const changed = fieldsChanged(change, fieldsOf(before), fieldsOf(location));
    if (!changed) return updated;
    actions.recorded({
      type: 'location.update',
      input: { location: before.name, ...change },
      library: this.#libraryOf(location),
      result: shown(location),
      undo: { facts: { library: location.libraryId, location: location.id, ...changed } },
    });
    return updated;
  }

  async remove(ref: LocationRef): ReturnType<Locations['remove']> {
    const { actions, locations } = this.#options;
    const before = await locations.get(ref);
    const removed = await locations.remove(ref);
    const path = this.#lasting(before.path);
    const { libraryId: library, name, mode, rules, watchEnabled: watch } = before;
    actions.recorded({
      type: 'location.remove',
      input: { location: name, path },
      library: this.#libraryOf(before),
      result: shown(before),
      undo: { facts: { library, path, name, mode, rules, watch } },
    });
    return removed;
  }

  #libraryOf({ libraryId }: Location): Library | null {
    return this.#options.libraries.opened.find(({ id }) => id === libraryId) ?? null;
  }

  #lasting(path: string): string {
    return volumeAddress(path, this.#options.addresses);
  }
}

function shown({ id, name }: Location): ActionResult {
  return { kind: 'location', id, name };
}

function fieldsOf({ name, mode, rules, watchEnabled: watch }: Location): LocationChange {
  return { name, mode, rules, watch };
}

function refuseIfGone(thrown: unknown): never {
  const error = toMooringError(thrown);
  if (error.code !== 'LOCATION_NOT_FOUND') throw error;
  throw reasonError('UNDO_REFUSED', 'location-gone-now', {}, { cause: error });
}
