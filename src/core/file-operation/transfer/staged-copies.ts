import { readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { fromBytes, type NativePath } from '#core/fs/native-path.ts';
import type { AttributeCopier } from '../file-copy/attributes.ts';
import { type CopyControl, CopyStopped } from '../file-copy/copy-control.ts';
import type { CopyItem } from '../file-copy/copy-item.ts';
import type { BegunBatch, FileCopier } from '../file-copy/file-copier.ts';
import { flushFiles } from '../file-copy/flush.ts';
import { discardSoon } from '../file-copy/temp-file.ts';
import { newFile, type StagedFile, type StageItem, toCopyItem } from './stage-item.ts';
import { compareCopies, errorOfCopy } from './stage-verification.ts';
import type { TransferEnd } from './transfer-end.ts';
import type { TransferTally } from './transfer-tally.ts';

export interface StagedCopiesOptions {
  control: CopyControl;
  tally: TransferTally;
  end: TransferEnd;
  attributes: AttributeCopier;
  /** For files that are verified by `hash`, or not. */
  copiers(hash: boolean): FileCopier;
}

/** Gets files to their temporary places, makes copies anew that have failed or do not compare equal, and knows what has to be removed again. */
export class StagedCopies {
  readonly #options: StagedCopiesOptions;
  /** Files that are there. */
  readonly #temps = new Set<NativePath>();
  /** Those among them that are worth to be continued. */
  readonly #largeTemps = new Set<NativePath>();
  /** Copied by the second thread alone, as long as nobody waits for them. */
  #begun: { files: readonly StagedFile[]; batch: BegunBatch } | null = null;

  constructor(options: StagedCopiesOptions) {
    this.#options = options;
  }

  /** Of a file that is kept when it is interrupted. */
  expectLarge(temp: NativePath): void {
    this.#largeTemps.add(temp);
  }

  /** It has its name, and belongs to the user. */
  release(temp: NativePath): void {
    this.#temps.delete(temp);
  }

  copyLink({ source, facts }: StageItem, temp: NativePath): void {
    const { attributes, tally } = this.#options;
    this.#temps.add(temp);
    symlinkSync(fromBytes(readlinkSync(source, 'buffer')), temp);
    for (const what of attributes.copyToLink(source, facts, temp)) tally.notKept(what, source);
  }

  /** What goes wrong is noted with the file. @throws CopyStopped, and what ends the transfer for a file that is kept */
  async copy(file: StagedFile, more: Pick<CopyItem, 'continues' | 'keepPartial'> = {}): Promise<void> {
    const { item, temp } = file;
    try {
      file.copied = await this.#copierFor(item).copyToTemp({ ...toCopyItem(file), ...more });
      file.error = null;
      this.#temps.add(temp);
    } catch (error) {
      file.error = error;
      // It may take a while to be removed.
      if (error instanceof CopyStopped) this.#temps.add(temp);
      this.#options.control.check();
      if (more.keepPartial?.(error)) this.#options.end.check(error, item.source);
    }
  }

  /** Begins to copy files that are for batches, and all of one way to verify, when those before are done. @throws CopyStopped */
  async begin(files: readonly StagedFile[]): Promise<void> {
    await this.finish();
    const [first] = files;
    if (!first) return;
    this.#options.tally.current(first.item.source);
    this.#begun = { files, batch: this.#copierFor(first.item).beginBatch(files.map(toCopyItem)) };
  }

  /** Copies what was begun, to its end. @throws CopyStopped */
  async finish(): Promise<void> {
    if (!this.#begun) return;
    const { files, batch } = this.#begun;
    this.#begun = null;
    const outcomes = await batch.finish();
    outcomes.forEach((outcome, index) => {
      const file = files[index];
      if (!file) return;
      if ('value' in outcome) {
        file.copied = outcome.value;
        this.#temps.add(file.temp);
      } else file.error = outcome.error;
    });
  }

  /** What a drive's error has spoilt is tried once more. @param flushFailure of the flush of all files; null when that went well */
  async copyAgainAfter(file: StagedFile, flushFailure: unknown): Promise<void> {
    const wasSpoilt = flushFailure !== null && file.copied !== null && !file.copied.isFlushed;
    if (wasSpoilt || errorNumber(file.error) === 'EIO') await this.#copyAnew(file);
  }

  /** Compares the copies; those that are not equal are made once more. */
  async verify(files: readonly StagedFile[]): Promise<void> {
    const copied = files.filter((file) => file.copied !== null && file.error === null);
    const [first] = copied;
    if (!first) return;
    const outcomes = await compareCopies(copied, this.#copierFor(first.item));
    for (const [index, file] of copied.entries()) {
      const outcome = outcomes[index];
      if (outcome && 'value' in outcome && outcome.value) continue;
      await this.#copyAnew(file);
      await this.#verifyOne(file);
    }
  }

  /** Of a further name where no hard links can be: the file is copied for itself. @throws an error of this item, or what ends the transfer */
  async copyInstead(item: StageItem, temp: NativePath): Promise<StagedFile> {
    const file = newFile(item, temp);
    await this.copy(file);
    await this.#flushOne(file);
    await this.#verifyOne(file);
    if (file.error !== null) throw file.error;
    return file;
  }

  discard(temp: NativePath): void {
    removeTemp(temp);
    this.#temps.delete(temp);
  }

  /** Removes all that is there. @param isPaused large files stay, to be continued @returns whether all are gone that should be */
  async discardAll(isPaused: boolean): Promise<boolean> {
    try {
      await this.finish();
    } catch {
      // It was stopped: nothing is left of it. What is left otherwise is named in the journal.
    }
    let areGone = true;
    for (const temp of this.#temps) {
      const isLarge = this.#largeTemps.has(temp);
      if (!isPaused || !isLarge) areGone = (isLarge ? await discardSoon(temp) : removeTemp(temp)) && areGone;
    }
    this.#temps.clear();
    return areGone;
  }

  async #copyAnew(file: StagedFile): Promise<void> {
    this.discard(file.temp);
    if (file.copied) this.#options.control.count(-file.copied.bytes);
    file.copied = null;
    file.error = null;
    await this.copy(file);
    await this.#flushOne(file);
  }

  async #flushOne(file: StagedFile): Promise<void> {
    if (!file.copied || file.copied.isFlushed) return;
    try {
      await this.#options.control.during(flushFiles([file.temp], file.item.folder.target));
    } catch (error) {
      this.#options.control.check();
      file.error = error;
    }
  }

  async #verifyOne(file: StagedFile): Promise<void> {
    if (file.copied && file.error === null) file.error = await errorOfCopy(file, this.#copierFor(file.item));
  }

  #copierFor({ verify }: StageItem): FileCopier {
    return this.#options.copiers(verify === 'hash');
  }
}

/** @returns false when it is there and cannot be removed (its volume is out of reach) */
export function removeTemp(temp: NativePath): boolean {
  try {
    unlinkSync(temp);
    return true;
  } catch (error) {
    return errorNumber(error) === 'ENOENT';
  }
}
