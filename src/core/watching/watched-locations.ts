import type { IndexChanges, IndexedRoot, Indexer } from '#core/indexing/index-task.ts';

/** A location that is to be watched now, and what of it the watcher needs to know. */
export interface WatchedLocation {
  uuid: string;
  libraryId: string;
  /** Of the library's database: the folders to watch are read from it, in the watcher's own thread. */
  databasePath: string;
  volumeFingerprint: string;
  root: IndexedRoot;
  /** Its system reports nothing of what others change: it is looked at every now and then. */
  isNetwork: boolean;
  /** As in `ScanTask`. */
  walkers: number;
  /** A scan has got to its end at least once. Watches are set from then on, since the list of folders comes from the index. */
  isScanned: boolean;
  /** A scan of it is under way: changes wait until it has ended. */
  isScanning: boolean;
}

/** What the watcher asks of those who know the locations, and tells them. */
export interface WatchedLocations {
  /** All locations of open libraries that are online, watched and not paused. */
  list(): WatchedLocation[];
  /** Calls back whenever an answer of `list` may be another one; a call too many is harmless. @returns ends it */
  onChange(listener: () => void): () => void;
  /** Of a library that `list` names. */
  indexer(libraryId: string): Indexer;
  /** What the index has taken over from a watched location. */
  onIndexChanges(libraryId: string, changes: IndexChanges): void;
  /**
   * From now on changes are reported. What has changed until now has to be found by a scan (`catch-up`) that begins after this call; one that
   * waits in the queue will do, one that is under way will not.
   */
  catchUp(libraryId: string, uuid: string): void;
  /** `Watching.stateOf` of it has another answer. */
  onWatchState(libraryId: string, uuid: string): void;
}
