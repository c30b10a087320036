import type { WatchState } from '#shared/contract/location.ts';

/** What the watcher tells of itself. It publishes `LocationUpdated` through `LocationAnnouncer` when an answer changes. */
export interface WatchStates {
  /** Of a location that is online, watched and not paused. */
  stateOf(libraryId: string, locationUuid: string): WatchState;
}
