import { chmodSync, utimesSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { displayName, joinPath, type NativePath, toSdPath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { CopyEnd } from './copy-end.ts';
import type { CopyJournal } from './copy-journal.ts';
import type { CopyReport } from './copy-report.ts';
import type { CopyRunOptions } from './copy-run.ts';
import { CopyVerifier } from './copy-verifier.ts';
import { type FileFacts, factsOf, secondsOf } from './file-facts.ts';
import { FileWriter, LARGE_BYTES, type StagedFile, type StageItem } from './file-writer.ts';
import { flushFiles } from './flush.ts';
import { numberedName } from './free-name.ts';
import { copyLink } from './link-copy.ts';
import { appeared, applyMode, placeNew, placeOver } from './place.ts';

export interface FileStageOptions extends CopyRunOptions {
  journal: CopyJournal;
  report: CopyReport;
  end: CopyEnd;
}

type Pending = { type: 'file'; file: StagedFile } | { type: 'folder'; path: NativePath; facts: FileFacts };

interface Batch {
  pending: Pending[];
  flushed: Promise<void>;
}

/** So much is flushed at once, while the next batch is written. */
const BATCH_FILES = 512;
const BATCH_BYTES = 32 * 1024 * 1024;

/**
 * Where files stand under temporary names until they are flushed and verified, and then get their own. Small files are
 * flushed together; the times of a folder are set when all of its files have their names.
 */
export class FileStage {
  readonly #options: FileStageOptions;
  readonly #writer: FileWriter;
  readonly #verifier = new CopyVerifier();
  /** On its way to the disk; what was added before `#filling`. */
  #flushing: Batch | null = null;
  #filling: Pending[] = [];
  #fillingBytes = 0;

  constructor(options: FileStageOptions) {
    this.#options = options;
    this.#writer = new FileWriter({ ...options, hash: options.request.verify === 'hash' });
  }

  get readPastCache(): boolean | null {
    return this.#verifier.readPastCache;
  }

  /** Copies a file to its temporary name, or a symbolic link to its own. @throws an error of this item alone, or one that ends the copy */
  async add(item: StageItem): Promise<void> {
    const { report, journal, request } = this.#options;
    report.current(item.source);
    if (item.facts.isSymbolicLink()) {
      const path = copyLink(item, journal);
      if (item.isTopLevel && item.placement !== 'over') report.created(toSdPath(path, request.deviceId));
      report.symlinkCopied();
      return;
    }
    const file = await this.#writer.write(item);
    this.#filling.push({ type: 'file', file });
    this.#fillingBytes += file.bytes;
    if (file.bytes >= LARGE_BYTES) await this.settle();
    else if (this.#filling.length >= BATCH_FILES || this.#fillingBytes >= BATCH_BYTES) await this.#nextBatch();
  }

  /** Everything inside has been added: its mode and times are set once it has its name. */
  closeFolder(path: NativePath, facts: FileFacts): void {
    this.#filling.push({ type: 'folder', path, facts });
  }

  /** Flushes, verifies and names all that waits. Problems of single files are reported. @throws what ends the copy */
  async settle(): Promise<void> {
    await this.#nextBatch();
    await this.#finishBatch();
  }

  /** Removes all temporary files. */
  discard(): void {
    for (const pending of [...(this.#flushing?.pending ?? []), ...this.#filling]) {
      if (pending.type === 'file') this.#options.journal.discard(pending.file.temp);
    }
    this.#flushing = null;
    this.#filling = [];
  }

  /** Begins to flush what was added, and finishes what was flushed meanwhile. */
  async #nextBatch(): Promise<void> {
    const pending = this.#filling;
    const flushed = this.#flush(pending);
    flushed.catch(() => {
      // Observed when the batch is finished, unless the copy ends before.
    });
    try {
      await this.#finishBatch();
    } finally {
      this.#flushing = { pending: [...(this.#flushing?.pending ?? []), ...pending], flushed };
      this.#filling = [];
      this.#fillingBytes = 0;
    }
  }

  async #flush(pending: readonly Pending[]): Promise<void> {
    // Large files have been flushed already.
    const small = pending.flatMap((one) => (one.type === 'file' && one.file.bytes < LARGE_BYTES ? [one.file] : []));
    await this.#options.journal.flush();
    for (const files of Map.groupBy(small, ({ folder }) => folder.dev).values()) await flush(files);
  }

  async #finishBatch(): Promise<void> {
    if (!this.#flushing) return;
    const { pending, flushed } = this.#flushing;
    const failure = await this.#failureOf(flushed);
    for (let next = pending[0]; next; next = pending[0]) {
      if (next.type === 'folder') closeFolderNow(next.path, next.facts);
      else await this.#finishOrReport(next.file, failure);
      pending.shift();
    }
    this.#flushing = null;
  }

  /** Why a batch could not be flushed; null when it could. @throws MooringError `CANCELLED` */
  async #failureOf(flushed: Promise<void>): Promise<unknown> {
    return this.#options.cancellation.during(
      flushed.then(
        () => null,
        (error: unknown) => error,
      ),
    );
  }

  async #finishOrReport(file: StagedFile, failure: unknown): Promise<void> {
    const { end, report } = this.#options;
    try {
      await this.#finish(file, failure);
      end.progress();
    } catch (error) {
      end.check(error, file.source);
      report.problem(file.source, toFsError(error, file.source));
    }
  }

  /** A copy that does not compare equal is made once more. Nothing is left of it when it fails. */
  async #finish(file: StagedFile, failure: unknown): Promise<void> {
    const { report, request, cancellation, journal } = this.#options;
    let current = file;
    try {
      if (failure !== null) throw failure;
      cancellation.check();
      if (!this.#isVerified(file)) {
        report.bytes(-file.bytes);
        journal.discard(file.temp);
        current = await this.#writer.write(file);
        if (current.bytes < LARGE_BYTES) await cancellation.during(flush([current]));
        if (!this.#isVerified(current)) throw unverified(file.source);
      }
      this.#place(current);
    } catch (error) {
      journal.discard(current.temp);
      throw error;
    }
    report.fileCopied(current.bytes, request.verify !== 'none');
  }

  #isVerified({ temp, bytes, digest }: StagedFile): boolean {
    const { verify } = this.#options.request;
    if (verify === 'none') return true;
    if (verify === 'size') return factsOf(temp).size === BigInt(bytes);
    return this.#verifier.digestOf(temp, bytes, this.#options.cancellation) === digest;
  }

  #place({ temp, folder, name, placement, isTopLevel }: StagedFile): void {
    const { journal, report, request } = this.#options;
    if (placement === 'over') {
      placeOver(temp, joinPath(folder.path, name));
      return;
    }
    for (let number = 1; ; number++) {
      const target = joinPath(folder.path, number === 1 ? name : numberedName(name, number));
      if (placeNew(temp, target, () => journal.holding(target, temp))) {
        if (isTopLevel) report.created(toSdPath(target, request.deviceId));
        return;
      }
      if (placement === 'new') throw appeared(name);
    }
  }
}

async function flush(files: readonly StagedFile[]): Promise<void> {
  const paths = files.map(({ temp }) => temp);
  if (files[0]) await flushFiles(paths, files[0].folder.path);
}

function unverified(source: NativePath): MooringError {
  const message = `“${displayName(source)}” reads differently from the target than from the source, twice. The copy was removed.`;
  return new MooringError('VERIFICATION_FAILED', message);
}

function closeFolderNow(path: NativePath, facts: FileFacts): void {
  applyMode(() => chmodSync(path, Number(facts.mode) & 0o1777));
  utimesSync(path, secondsOf(facts.atimeNs), secondsOf(facts.mtimeNs));
}
