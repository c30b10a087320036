import { v7 as newUuid } from 'uuid';
import { MooringError } from '#shared/contract/error.ts';
import { type IndexMode, LocationRules, type LocationRulesPatch } from '#shared/contract/location.ts';
import type { Addresses } from '../entry/entry-address.ts';
import { baseName, displayName, type NativePath } from '../fs/native-path.ts';
import { applyRulesPatch } from '../indexing/rules/rules-change.ts';
import type { Library } from '../library/library.ts';
import { fileSystemFacts } from '../volume/file-system-facts.ts';
import type { Volumes } from '../volume/volumes.ts';
import { insertLocation, type LocationRow, locationRows } from './location-rows.ts';
import { type Candidate, refuseOverlaps } from './overlaps.ts';
import { type NewPlace, placeToAdd } from './place-to-add.ts';

export interface LocationToAdd {
  path: string;
  name?: string | undefined;
  mode: IndexMode;
  rules: LocationRulesPatch;
  watch: boolean;
  allowOverlap: boolean;
}

export interface AddLocationOptions {
  volumes: Volumes;
  addresses: Addresses;
  deviceId: string;
  /** Real folders in which no location may lie. */
  excluded: () => NativePath[];
}

/**
 * Checks that a folder can be a location, tracks its volume when the library does not yet, and writes the location down.
 *
 * @throws MooringError as `placeToAdd`, `refuseOverlaps` and `VolumeTracker.track` do
 */
export async function addLocation(library: Library, wanted: LocationToAdd, options: AddLocationOptions): Promise<LocationRow> {
  const { volumes, addresses, deviceId } = options;
  const rules = applyRulesPatch(LocationRules.parse({}), wanted.rules);
  const place = await placeToAdd(addresses.toNativePath(wanted.path), options);
  const candidate: Candidate = {
    volumeFingerprint: place.live.fingerprint,
    path: place.pathInVolume,
    caseSensitive: fileSystemFacts(place.live.fileSystem).caseSensitive,
  };
  // Before its volume is tracked: a location that is refused changes nothing.
  refuseOverlaps(candidate, locationRows(library), wanted.allowOverlap);
  const volume = await tracked(library, place, volumes);
  return insertLocation(
    library,
    {
      uuid: newUuid(),
      deviceId,
      volumeFingerprint: volume.fingerprint,
      path: place.pathInVolume,
      name: wanted.name ?? (displayName(baseName(place.pathInVolume)) || volume.name),
      indexMode: wanted.mode,
      rules,
      watchEnabled: wanted.watch,
      createdAt: new Date().toISOString(),
    },
    // Another call may have added it while the volume was being tracked.
    (rows) => refuseOverlaps({ ...candidate, volumeFingerprint: volume.fingerprint }, rows, wanted.allowOverlap),
  );
}

async function tracked(library: Library, { live }: NewPlace, volumes: Volumes): Promise<{ fingerprint: string; name: string }> {
  const volume = volumes.find(live.fingerprint, library.id);
  if (volume.tracking) return volume;
  try {
    return await volumes.tracker.track(live.fingerprint, { library: library.id });
  } catch (error) {
    // Another call was faster.
    if (error instanceof MooringError && error.code === 'VOLUME_ALREADY_TRACKED') return volume;
    throw error;
  }
}
