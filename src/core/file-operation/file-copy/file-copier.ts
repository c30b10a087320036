import type { NativePath } from '#core/fs/native-path.ts';
import type { CopyControl } from './copy-control.ts';
import type { CopiedFile, CopyItem, Outcome } from './copy-item.ts';

export interface FileCopierOptions {
  control: CopyControl;
  /** Whether to work out digests. */
  hash: boolean;
  /** Whether small files are copied by a second thread as well: not on a disk with moving parts. */
  parallel: boolean;
  /** Called now and then while a large file is written. @throws what ends the copy (the target has gone) */
  checkTarget(): void;
}

/** A file to be compared with what was read of its source. */
export interface VerifyItem {
  path: NativePath;
  bytes: number;
  digest: string;
}

/**
 * Gets the bytes and attributes of files to temporary names, each in the best way for where it comes from and goes to. For one
 * thread that may wait for the disk; close it to end the thread that it may have started.
 */
export interface FileCopying extends Disposable {
  /**
   * Copies one file of any size. A source that changes while it is read is read once more.
   *
   * @throws MooringError `VERIFICATION_FAILED` when it goes on changing; `CopyStopped`; an error of `node:fs`. What has become of `temp`
   *   then is said at `CopyItem.keepPartial`
   */
  copyToTemp(item: CopyItem): Promise<CopiedFile>;
  /** Copies many files of up to `SMALL_BYTES`; outcomes in their order. @throws CopyStopped: nothing is left of any of them then */
  copyBatch(items: readonly CopyItem[]): Promise<Outcome<CopiedFile>[]>;
  /** Reads flushed files again, past the cache where the platform allows; whether they hold what was read of their sources. @throws CopyStopped */
  verifyBatch(items: readonly VerifyItem[]): Promise<Outcome<boolean>[]>;
  /** Whether verifying has read from the disk itself; null when nothing was read again. */
  readonly readPastCache: boolean | null;
}
