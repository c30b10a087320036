import type { Device } from '#shared/contract/system.ts';
import type { ConfigStore } from '../config/config-store.ts';
import type { Notices } from '../config/notices.ts';
import type { Addresses } from '../entry/entry-address.ts';
import type { EphemeralIndexes } from '../entry/ephemeral/ephemeral-indexes.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { IndexFollow } from '../file-operation/index-follow/index-follow.ts';
import type { NativePath } from '../fs/native-path.ts';
import type { Indexers } from '../indexing/indexers.ts';
import type { Jobs } from '../job/jobs.ts';
import type { Libraries } from '../library/libraries.ts';
import type { RootLogger } from '../log/create-logger.ts';
import type { Volumes } from '../volume/volumes.ts';
import { Watching } from '../watching/watching.ts';
import { FolderChecks } from './folder-checks.ts';
import { IndexChangeEvents } from './index-change-events.ts';
import { IndexFollower } from './index-follower.ts';
import { LocationAnnouncer } from './location-announcer.ts';
import { LocationCatchUp } from './location-catch-up.ts';
import { LocationPlaces } from './location-places.ts';
import { LocationRemovals } from './location-removals.ts';
import { LocationScans } from './location-scans.ts';
import { LocationView } from './location-view.ts';
import { Locations } from './locations.ts';
import type { WatchStates } from './watch-states.ts';
import { WatchableLocations } from './watchable-locations.ts';

export interface LocationPartsOptions {
  device: Device;
  libraries: Libraries;
  volumes: Volumes;
  jobs: Jobs;
  indexers: Indexers;
  addresses: Addresses;
  ephemeral: EphemeralIndexes;
  /** Real folders that are never indexed: the data folder, and those of open libraries. */
  excluded: () => NativePath[];
  events: EventBus;
  config: ConfigStore;
  notices: Notices;
  log: RootLogger;
}

/** Locations with all that belongs to them: scans, watching, and catching up. */
export interface LocationParts {
  locations: Locations;
  checks: FolderChecks;
  places: LocationPlaces;
  /** Is told what our own operations do to files. */
  follow: IndexFollow;
  /** Lets go of all that is on a volume, so that it can be ejected, until what it resolves with is disposed of. */
  releaseVolume(fingerprint: string): Promise<Disposable>;
  /** After the jobs that libraries remember have gone on. */
  start(): void;
  close(): Promise<void>;
}

/** Makes the parts and connects them; decides nothing. */
export function prepareLocations(options: LocationPartsOptions): LocationParts {
  const { device, libraries, volumes, jobs, indexers, addresses, ephemeral, excluded, events } = options;
  const log = options.log.child({ component: 'location' });
  const places = new LocationPlaces({ volumes, excluded });
  const changes = new IndexChangeEvents({ events, deviceId: device.id });
  const scans = new LocationScans({ jobs, indexers, places, volumes, changes, ephemeral });
  // The view asks the watcher, who asks for the locations.
  const watchStates: WatchStates = { stateOf: (libraryId, uuid) => watching.stateOf(libraryId, uuid) };
  const view = new LocationView({ places, scans, volumes, watchStates, deviceId: device.id });
  const announcer = new LocationAnnouncer({ events, libraries, places, view });
  const removals = new LocationRemovals({ indexers, log });
  const watchable = new WatchableLocations({ events, libraries, places, scans, changes, announcer, indexers, log });
  const watching: Watching = new Watching({
    locations: watchable,
    config: options.config,
    notices: options.notices,
    log: options.log.child({ component: 'watching' }),
  });
  const catchUp = new LocationCatchUp({ events, libraries, places, scans, removals, log });
  const checks = new FolderChecks({ libraries, places, scans, indexers, changes, watchStates, events, log });
  const follow = new IndexFollower({ libraries, volumes, places, scans, changes, indexers, ephemeral, log });
  const unsubscribe = [
    libraries.beforeRelease((library) => watching.releaseLibrary(library.id)),
    libraries.afterReturn((library) => watching.returnLibrary(library.id)),
  ];
  const locations = new Locations({
    ...{ libraries, volumes, events, places, scans, removals, view, announcer, addresses, excluded },
    deviceId: device.id,
  });
  return {
    locations,
    checks,
    places,
    follow,
    releaseVolume: async (fingerprint) => {
      const jobsHold = await jobs.releaseVolume(fingerprint);
      await watching.releaseVolume(fingerprint);
      return {
        [Symbol.dispose]: () => {
          jobsHold[Symbol.dispose]();
          watching.returnVolume(fingerprint);
        },
      };
    },
    start: () => catchUp.start(),
    close: async () => {
      for (const end of unsubscribe) end();
      catchUp.close();
      announcer.close();
      checks.close();
      follow.close();
      changes.close();
      await watching.close();
    },
  };
}
