/** @file What the engine's thread asks of the index worker, and what it is told. See `index-worker-client.ts`. */
import type { NativePath } from '#core/fs/native-path.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type { JobProblem } from '#shared/contract/job.ts';
import type { LocationRules, ScanDepth } from '#shared/contract/location.ts';

/** The name of the jobs that scan locations: while there are some, what has vanished waits for what they find. */
export const LOCATION_SCAN = 'location-scan';

/** A location as the worker needs it: where its root is on this computer now, and what of it is left out. */
export interface IndexedRoot {
  /** `locations.id` */
  locationId: number;
  /** Absolute path of the location's root, through no symbolic links. */
  path: NativePath;
  /** Where its volume is mounted. */
  mountPoint: string;
  /** The drive that has to be mounted there, as `DetectedVolume.drive`; null or left out to take the one that is there when the work begins. */
  drive?: string | null;
  rules: LocationRules;
  /** Absolute paths that are never looked into: the data folder, and the folders of libraries. */
  excluded: NativePath[];
}

/** Brings the index of a location, or of a part of it, in line with the disk. */
export interface ScanTask {
  root: IndexedRoot;
  depth: ScanDepth;
  /** The folder to begin at, below the root, as names; empty for all of it. */
  below: NativePath[];
  /** 0: that folder's own entries only; null: all below it. */
  maxDepth: number | null;
  /** From the last checkpoint of an interrupted scan; null to begin. */
  resumeFrom: ScanCheckpoint | null;
  /** A disk with moving parts is read by one thread. */
  walkers: number;
}

/** Ids of the folders that are still to be looked at. Whatever is not below one of them has been committed. */
export interface ScanCheckpoint {
  pending: number[];
  counts: ScanCounts;
}

export interface ScanCounts {
  created: number;
  modified: number;
  moved: number;
  removed: number;
  foldersListed: number;
  entriesSeen: number;
  bytesSeen: number;
  unchanged: number;
  problems: number;
}

/** What the watcher has noticed in one folder. Hints, not facts: the worker looks for itself. */
export interface ChangedFolder {
  path: NativePath;
  /** Null when all of the folder has to be looked at. */
  names: NativePath[] | null;
  /** Also all below it: events have been lost. */
  recursive?: boolean;
  /** With `names` null: its entries are compared only when its own modification time is another than at the last reading. */
  unlessModified?: boolean;
}

/** Changes of all locations of one volume together, so that what moves between them keeps its uuid. */
export interface ChangesTask {
  roots: IndexedRoot[];
  folders: ChangedFolder[];
}

/** Entries that were moved to another volume, both ends of which are parts of locations. */
export interface RelocateTask {
  roots: IndexedRoot[];
  moves: { from: NativePath; to: NativePath }[];
}

/** Takes over what another database knows of a folder. */
export interface AdoptTask {
  /** Of this database; it has no entries yet. */
  locationId: number;
  /** The other database. Nothing is written to it. */
  databasePath: string;
  /** The folder's row there. */
  entryId: number;
}

/** What one commit has changed. Paths are absolute, on this computer. */
export interface IndexChanges {
  locationId: number;
  created: number;
  modified: number;
  removed: number;
  /** Folders whose own entries have changed, at most 1,000 of them. */
  folders: NativePath[];
  hasMoreFolders: boolean;
  moved: number;
  /** The first hundred. */
  moves: { entryId: number; from: NativePath; to: NativePath }[];
}

export interface ScanProgress {
  /** `discovery`: folders are read, and rows brought in line with them. `aggregation`: all is read; what the index as a whole needs is made. */
  phase: 'discovery' | 'aggregation';
  /** Null when it is none in particular. */
  currentPath: NativePath | null;
  counts: ScanCounts;
}

/** What a task tells while it runs. Called in the engine's thread, in order. */
export interface IndexListener {
  onProgress?(progress: ScanProgress): void;
  /** After the commit that it describes; at least once a second or every 20,000 entries. */
  onCheckpoint?(checkpoint: ScanCheckpoint): void;
  onChanges?(changes: IndexChanges): void;
  onProblem?(problem: JobProblem): void;
  /** How many segments of the search index have been made, and how many there will be. */
  onSegments?(done: number, total: number): void;
}

/**
 * The indexer of one library: a thread that writes its `entries`, with threads of its own that read the disk. All tasks of a library share
 * one writer; tasks on one location run one after the other, others take turns.
 */
export interface Indexer {
  /** Starts its threads, for a scan that is about to be asked for. They end when none is. */
  prepare(): void;
  /**
   * Rejects with MooringError `CANCELLED` soon after `signal` aborts (what is committed stays), `VOLUME_OFFLINE` when the root's volume
   * is not what is mounted there any more, `LOCATION_GONE` when the volume is there and the root is not, `NO_SPACE`, `IO_ERROR`.
   */
  scan(task: ScanTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics>;
  applyChanges(task: ChangesTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics>;
  /**
   * Gives entries that were moved to another volume their new places, with their ids. Touches no disk: what is there is to be looked at
   * afterwards, as changes. `moved` of the metrics says how many could be: of the others the folder may have to be looked at before.
   */
  relocate(task: RelocateTask, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics>;
  /** Removes from the index what stricter rules leave out. Touches no disk. */
  prune(root: IndexedRoot, listener: IndexListener, signal: AbortSignal): Promise<IndexMetrics>;
  /** Takes over what another database knows of the folder of a location that has no entries yet. Touches no disk. */
  adopt(task: AdoptTask, signal: AbortSignal): Promise<IndexMetrics>;
  /** Removes all entries of a location. */
  removeEntries(locationId: number): Promise<void>;
  /** Makes what is missing of the search index, and anew what has changed much. Touches no disk. */
  tidySearch(signal: AbortSignal): Promise<void>;
  /** Makes all of the search index anew. Touches no disk. */
  rebuildSearch(onSegments: (done: number, total: number) => void, signal: AbortSignal): Promise<void>;
  /** Ends its threads; resolves when none of them has the database open. Later calls start them anew. */
  release(): Promise<void>;
}
