/** @file What the index worker asks of its walkers, and what they answer. Walkers know no database and decide nothing but what rules leave out. */
import type { NativePath } from '#core/fs/native-path.ts';
import type { IndexedRoot } from './index-task.ts';

/** One folder to look at. */
export interface WalkFolder {
  /** `entries.id`, handed back with the answer. */
  folderId: number;
  /** Absolute. */
  path: NativePath;
  /** Null to read all of it; else only these names are looked at. */
  names: NativePath[] | null;
  /** When its modification time is still this one, it is not read (`unchanged`). Null to read it in any case. */
  unlessModified: { ms: number; ns: number } | null;
}

export type WalkRequest = { type: 'root'; root: IndexedRoot } | { type: 'walk'; requestId: number; folders: WalkFolder[] };

/**
 * `listed`: its entries follow; none where nothing below it is to be indexed (an excluded path, a library, another file system). `unchanged`: its modification time is the expected one. `gone`: it, or a folder between it and the
 * root, is not there or no folder any more, while the root is. `failed`: it is there and could not be read; what is known of its entries stays.
 */
export type FolderOutcome = 'listed' | 'unchanged' | 'gone' | 'failed';

export interface WalkedFolder {
  folderId: number;
  outcome: FolderOutcome;
  /** For `failed`: a code of the contract, and what the user is told. */
  error: { code: string; message: string } | null;
  /** Its modification time before it was read; null when it changed so lately that another change might not show in it, and when only `names` were looked at. */
  listedAt: { ms: number; ns: number } | null;
  /** The folder itself, as it was before it was read: reading a folder is also how a change of its own row is noticed. Null when it could not be looked at. */
  self: FolderSelf | null;
  /** How many of the batch's rows are its entries; rows follow in the order of the folders. */
  count: number;
  /**
   * The first folder of the next batch is this one again, with its next entries: a folder of any size crosses in batches of bounded
   * size. What has vanished from it is known when the last of them has come. Then alone `missingNames` is filled.
   */
  hasMore: boolean;
  /** Those of `WalkFolder.names` that are not there, or are left out by rules. */
  missingNames: NativePath[];
}

export interface FolderSelf {
  modifiedMs: number;
  modifiedNs: number;
  /** Null where the file system keeps none. */
  bornMs: number | null;
  /** 0 where there is none that lasts. */
  inode: bigint;
  /** Permission bits; null where there are none. */
  mode: number | null;
}

/**
 * Entries of several folders, in columns: a few large values cross threads faster than many small ones. The arrays are transferred.
 * `walker/walk-batch.ts` writes and `walked-rows.ts` reads them.
 * Entries of one folder come in the order of `entries_listing`: kind, sort key, name, as SQLite compares them (text by code points, bytes
 * after text).
 */
export interface WalkBatch {
  requestId: number;
  folders: WalkedFolder[];
  /** Joined by "/", which no name holds. A name that is not UTF-8 is "\0" followed by its bytes as Latin-1. */
  names: string;
  /** Joined by "/"; empty where it is the name itself, "\0" where it is empty. */
  sortKeys: string;
  /** For each entry `WALK_COLUMNS` numbers, in the order of `COLUMN`. */
  numbers: Float64Array;
  /** File numbers, as signed 64-bit numbers; 0 where there is none that lasts. */
  inodes: BigInt64Array;
  /** Targets of the symlinks among the entries, in their order, as names are written; empty for those that could not be read. */
  linkTargets: string[];
  /** Codes of entries that could not be looked at, by row. */
  problems: [row: number, code: string][];
}

export const WALK_COLUMNS = 6;
/** Places of an entry's numbers. `bornMs` is NaN where the file system keeps no birth time, `mode` where there are no permission bits. */
export const COLUMN = { kind: 0, size: 1, modifiedMs: 2, modifiedNs: 3, bornMs: 4, mode: 5 } as const;

/**
 * A batch is sent after the root was found unchanged, so that what it holds was read from the right volume.
 * `root-lost`: what is mounted at the root's mount point is not what was there, or the root is gone. No batch of this request follows.
 */
export type WalkReply =
  | { type: 'batch'; batch: WalkBatch; isLast: boolean }
  | { type: 'root-lost'; requestId: number; isVolumeThere: boolean };

/** What a walker is started with. */
export interface WalkerData {
  /** One Int32: rows in batches that the writer has not taken yet. A walker adds what it sends, and waits (`Atomics.wait`) before it sends more while it is above `ROWS_AHEAD`. */
  rowsAhead: SharedArrayBuffer;
}

export const ROWS_AHEAD = 50_000;
