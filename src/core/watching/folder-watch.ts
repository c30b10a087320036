import type { IndexedRoot } from '#core/indexing/index-task.ts';
import type { ChangeCollector } from './change-collector.ts';
import type { OverflowGuard } from './overflow-guard.ts';
import type { WatchLimit } from './watch-messages.ts';

/**
 * One root under watch, by whatever means the system has. Lives in a watch worker. `start`, `settle` and `verify` are called one after
 * the other, never at once. They, and `checkRoot`, throw `WatchLimitError`, and `RootLostError` when the root is not there (any more).
 */
export interface FolderWatch {
  /** What has changed. To be taken right after `settle`. */
  readonly changes: ChangeCollector;
  readonly folderCount: number;
  /** Watches all below the root. What changes from then on is reported. */
  start(): Promise<void>;
  /** Follows what has happened to folders. Afterwards every folder that `changes` leads to is under watch. */
  settle(): Promise<void>;
  /** Events have been lost: looks at all folders again. */
  verify(): Promise<void>;
  /** Looks whether the root is still there: of a folder above it that is moved no watch tells. */
  checkRoot(): void;
  /** Resolves when the system has all watches back. Twice is harmless. */
  close(): Promise<void>;
}

export interface FolderWatchOptions {
  root: IndexedRoot;
  databasePath: string;
  /** How long names that look temporary are held back. */
  holdMs: number;
  guard: OverflowGuard;
  /** There is something to be taken, after `settle`. */
  onEvent(): void;
}

/** The system does not allow as many watches. */
export class WatchLimitError extends Error {
  readonly limit: WatchLimit;

  constructor(limit: WatchLimit, cause: unknown) {
    super('The system does not allow as many watches.', { cause });
    this.name = 'WatchLimitError';
    this.limit = limit;
  }
}

/** The root of what was watched is gone, or something else is in its place. */
export class RootLostError extends Error {
  constructor() {
    super('The folder that is watched is gone.');
    this.name = 'RootLostError';
  }
}
