import type { NativePath } from '#core/fs/native-path.ts';
import type { TransferStrategy } from '#shared/contract/file.ts';
import type { FileFacts } from '../file-facts.ts';

/** How the bytes of one file get to another: one of `TransferStrategy` but `rename`, which copies nothing. */
export type CopyStrategy = Exclude<TransferStrategy, 'rename'>;

/** What the target could not keep of a file; a name of the contract's `TransferResult.notKept`. */
export type NotKept = 'xattr' | 'acl' | 'mode' | 'owner' | 'times' | 'birthtime' | 'hard-link' | 'hole';

/** Tells whether a file is still what it was. */
export interface SourceIdentity {
  dev: bigint;
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
}

/** A file that is to be copied to a temporary name. */
export interface CopyItem {
  source: NativePath;
  /** By `lstat`. Should it be another one by now, or change while it is read, it is read once more. */
  facts: FileFacts;
  /** Where it is written: a name that only this copy uses, in the folder of the target. */
  temp: NativePath;
  /** Of the folder that `temp` is in. With its volume gone its path leads to another file system, where nothing may be written. */
  targetDev: bigint;
  /** `temp` may hold the beginning of this file from an earlier run: it is compared with the source, and continued from where they agree. */
  continues?: boolean;
  /**
   * Asked after an error when at least `RESUMABLE_BYTES` were written: whether `temp` is to stay, to be continued later. Otherwise, and
   * where nobody asks, nothing stays; after a stop, what takes long to be removed may be there a while longer.
   */
  keepPartial?(error: unknown): boolean;
}

/** A file that is whole under its temporary name, with all of its attributes. */
export interface CopiedFile {
  /** Of the source that was read: nothing but that may be removed when it was to be moved. */
  source: SourceIdentity;
  /** Size of the file. */
  bytes: number;
  /** By which the copy is known again: as `lstat` has it, without the size, which is that of the source. */
  made: { ino: bigint; mtimeNs: bigint };
  /** BLAKE3 of what was read, in hexadecimal; null when nobody asked for it. */
  digest: string | null;
  strategy: CopyStrategy;
  notKept: readonly NotKept[];
  /** Whether its bytes are on the disk already: so are those of large files. All others wait for `flushFiles`. */
  isFlushed: boolean;
}

/** A file to be compared with what was read of its source. */
export interface VerifyItem {
  path: NativePath;
  bytes: number;
  digest: string;
}

/** What has become of one of several. */
export type Outcome<T> = { value: T } | { error: unknown };

/** Beginnings of this size are worth keeping. */
export const RESUMABLE_BYTES = 4 * 1024 * 1024;
/** Files up to this size are copied in batches, by two threads, and flushed together. */
export const SMALL_BYTES = 1024 * 1024;
