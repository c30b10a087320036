import { type BigIntStats, closeSync, constants, fchmodSync, fstatSync, futimesSync, openSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Cancellation } from './cancellation.ts';
import { DataCopier } from './copy-data.ts';
import type { CopyEnd } from './copy-end.ts';
import type { CopyJournal } from './copy-journal.ts';
import type { CopyReport } from './copy-report.ts';
import type { Placement, TargetFolder } from './copy-run.ts';
import { type FileFacts, secondsOf } from './file-facts.ts';
import { flushFd } from './flush.ts';
import { applyMode } from './place.ts';

/** One file or symbolic link on its way. */
export interface StageItem {
  source: NativePath;
  facts: FileFacts;
  folder: TargetFolder;
  name: NativePath;
  placement: Placement;
  /** Whether it lies in the destination itself. */
  isTopLevel: boolean;
}

/** A file that is whole under its temporary name. */
export interface StagedFile extends StageItem {
  temp: NativePath;
  bytes: number;
  /** BLAKE3 of what was read; null when nobody asked for it. */
  digest: string | null;
}

export interface FileWriterOptions {
  /** Whether to work out digests. */
  hash: boolean;
  journal: CopyJournal;
  cancellation: Cancellation;
  report: CopyReport;
  end: CopyEnd;
}

/** Files from this size on are flushed by themselves; smaller ones wait for each other. */
export const LARGE_BYTES = 4 * 1024 * 1024;
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Copies single files to temporary names. */
export class FileWriter {
  readonly #options: FileWriterOptions;
  readonly #copier = new DataCopier();

  constructor(options: FileWriterOptions) {
    this.#options = options;
  }

  /**
   * A source that changes while it is read is read once more. Nothing is left of the copy after an error.
   *
   * @throws MooringError `VERIFICATION_FAILED` when it goes on changing, `CANCELLED`; an error of `node:fs`
   */
  async write(item: StageItem): Promise<StagedFile> {
    const staged = (await this.#writeOnce(item)) ?? (await this.#writeOnce(item));
    if (staged) return staged;
    const name = displayName(item.source);
    throw new MooringError('VERIFICATION_FAILED', `“${name}” changes while it is copied. Copy it again when nothing writes to it.`);
  }

  /** Null when the source was not the same before and after: nothing is left of the copy then. */
  async #writeOnce(item: StageItem): Promise<StagedFile | null> {
    const sourceFd = openSync(item.source, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const before = fstatSync(sourceFd, { bigint: true });
      if (!before.isFile()) throw new MooringError('NOT_SUPPORTED', 'It is not a file any more.');
      return await this.#writeTemp(item, before, sourceFd);
    } finally {
      closeSync(sourceFd);
    }
  }

  async #writeTemp(item: StageItem, before: BigIntStats, sourceFd: number): Promise<StagedFile | null> {
    const { journal, report } = this.#options;
    const temp = journal.tempIn(item.folder.path);
    const targetFd = openTemp(temp, item.folder.path);
    let copied = 0;
    let isWhole = false;
    try {
      const onBytes = (count: number) => {
        copied += count;
        report.bytes(count);
      };
      const { bytes, digest } = await this.#fill(item, before, sourceFd, targetFd, onBytes);
      isWhole = isUnchanged(before, fstatSync(sourceFd, { bigint: true })) && BigInt(bytes) === before.size;
      return isWhole ? { ...item, temp, bytes, digest } : null;
    } finally {
      closeSync(targetFd);
      if (!isWhole) {
        journal.discard(temp);
        report.bytes(-copied);
      }
    }
  }

  async #fill(item: StageItem, facts: BigIntStats, sourceFd: number, targetFd: number, onBytes: (count: number) => void) {
    const { cancellation, end, hash } = this.#options;
    // With its volume gone, the path leads to another file system: nothing may be written there.
    if (fstatSync(targetFd, { bigint: true }).dev !== item.folder.dev) throw end.targetGone();
    const onFlush = () => end.checkTarget();
    const sizeBytes = Number(facts.size);
    const written = await this.#copier.copy({ sourceFd, sizeBytes, targetFd, hash, cancellation, onBytes, onFlush });
    applyMode(() => fchmodSync(targetFd, Number(facts.mode) & 0o777));
    futimesSync(targetFd, secondsOf(facts.atimeNs), secondsOf(facts.mtimeNs));
    if (written.bytes >= LARGE_BYTES) await cancellation.during(flushFd(targetFd));
    return written;
  }
}

/** @throws MooringError that names the folder, where the cause lies */
function openTemp(temp: NativePath, folder: NativePath): number {
  try {
    return openSync(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw toFsError(error, folder);
  }
}

function isUnchanged(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs;
}
