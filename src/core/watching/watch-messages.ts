/** @file What the engine's thread asks of a watch worker, and what it is told. See `watch-thread.ts`. */
import type { ChangedFolder, IndexedRoot } from '#core/indexing/index-task.ts';

/** How the worker is started. */
export interface WatchWorkerData {
  /** A folder has to be quiet for so long before its changes are told. */
  debounceMs: number;
}

export type WatchRequest =
  | { type: 'watch'; watchId: number; root: IndexedRoot; databasePath: string }
  | { type: 'unwatch'; watchId: number }
  /** The changes told last have been taken over: the next may come. */
  | { type: 'taken'; watchId: number }
  /** Tell now what has happened until now, also what would be held back. */
  | { type: 'settle'; settleId: number };

export type WatchReply =
  /** All folders of the root are watched. */
  | { type: 'watching'; watchId: number; folderCount: number; elapsedMs: number }
  /** At most one message of this kind per root is under way. */
  | { type: 'changes'; watchId: number; folders: ChangedFolder[] }
  /** The system does not allow as many watches. The root is watched no longer. */
  | { type: 'limited'; watchId: number; limit: WatchLimit }
  /** The root is not there any more, or another folder is in its place. It is watched no longer. */
  | { type: 'lost'; watchId: number }
  | { type: 'unwatched'; watchId: number }
  /** Follows the changes that it was asked for. */
  | { type: 'settled'; settleId: number };

/** Settings of the Linux kernel; `null` elsewhere. */
export type WatchLimit = 'max_user_watches' | 'max_user_instances' | null;
