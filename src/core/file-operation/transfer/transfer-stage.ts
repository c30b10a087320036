import { readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { VerifyMode } from '#shared/contract/file.ts';
import type { AttributeCopier } from '../file-copy/attributes.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { type CopiedFile, type CopyItem, RESUMABLE_BYTES } from '../file-copy/copy-item.ts';
import { type FileCopying, isForBatch } from '../file-copy/file-copier.ts';
import { flushFiles } from '../file-copy/flush.ts';
import type { FileFacts } from '../file-facts.ts';
import type { Placement } from './conflict-answers.ts';
import { type FolderPair, keyOf, markOf } from './folder-pair.ts';
import { LinkSets } from './link-sets.ts';
import type { Placing } from './placing.ts';
import type { ResumeRecord } from './resume-record.ts';
import { isVerified, verifyAll } from './stage-verification.ts';
import type { TransferEnd } from './transfer-end.ts';
import { decodeName, encodeName, type TransferJournal } from './transfer-journal.ts';
import type { TransferState } from './transfer-state.ts';
import type { TransferTally } from './transfer-tally.ts';

/** One file or symbolic link on its way. */
export interface StageItem {
  source: NativePath;
  facts: FileFacts;
  folder: FolderPair;
  /** In the source's folder. */
  name: NativePath;
  /** In the target's, unless a free number is asked for. */
  targetName: NativePath;
  placement: Placement;
  /** What has the name, when it was decided to replace it. */
  existing: FileFacts | null;
  /** How its copy is compared with it. */
  verify: VerifyMode;
  /** With it, the walk has come so far. */
  cursor: TransferState['cursor'];
}

/** What is copied to a temporary name, or made there. */
export interface StagedFile {
  type: 'file';
  item: StageItem;
  temp: NativePath;
  /** Null while it waits to be copied, or when that has failed. */
  copied: CopiedFile | null;
  error: unknown;
}

export type StageEntry =
  | StagedFile
  | { type: 'symlink'; item: StageItem; temp: NativePath }
  /** A further name of a file that was, or will be, copied before it. */
  | { type: 'hard-link'; item: StageItem; link: string; temp: NativePath }
  /** To be done when all before it is. */
  | { type: 'then'; run(): void };

interface Batch {
  entries: StageEntry[];
  cursor: TransferState['cursor'];
  flushed: Promise<void>;
}

export interface TransferStageOptions {
  control: CopyControl;
  journal: TransferJournal;
  tempId: string;
  tally: TransferTally;
  end: TransferEnd;
  placing: Placing;
  resumed: ResumeRecord;
  attributes: AttributeCopier;
  /** For files that are verified by `hash`, or not. */
  copying(hash: boolean): FileCopying;
}

/** So much is flushed at once, while the next batch is written. */
const BATCH_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 512;
const LEAST_FILES = 16;
/** A batch of many files takes about so long, so that little is done over after a crash. */
const BATCH_MS = 400;

/**
 * Where files stand under temporary names until they are flushed and verified, and then get their own. Small files are copied and flushed
 * together. Everything is finished in the order in which it was added; behind each batch is a checkpoint.
 */
export class TransferStage {
  readonly #options: TransferStageOptions;
  /** Files that are there under temporary names. */
  readonly #temps = new Set<NativePath>();
  /** Those among them that are worth to be continued. */
  readonly #largeTemps = new Set<NativePath>();
  readonly #links: LinkSets;
  /** On its way to the disk; what was added before `#filling`. */
  #flushing: Batch | null = null;
  #filling: StageEntry[] = [];
  #fillingFiles = 0;
  #fillingBytes = 0;
  #fillingVerify: VerifyMode | null = null;
  #fillingCursor: TransferState['cursor'] = null;
  /** Folders of which the journal says, behind the last checkpoint, that temporary files may be there. */
  #noted = new Set<number>();
  #mostFiles = MOST_FILES;
  #tempNumber = Date.now() % 1_000_000_000;

  constructor(options: TransferStageOptions) {
    this.#options = options;
    this.#links = new LinkSets(options.resumed.links.values());
  }

  get isEmpty(): boolean {
    return this.#flushing === null && this.#filling.length === 0;
  }

  /** @throws an error of this item alone, or one that ends the transfer */
  async add(item: StageItem): Promise<void> {
    if (this.#fillingVerify !== null && this.#fillingVerify !== item.verify) await this.#nextBatch();
    this.#fillingVerify = item.verify;
    const link = this.#links.further(item.facts);
    if (item.facts.isSymbolicLink()) this.#addLink(item);
    else if (link !== null) this.#push({ type: 'hard-link', item, link, temp: this.#tempIn(item) }, 0);
    else await this.#addFile(item);
    await this.turn();
  }

  /** Begins a batch when there is enough for one. @throws what ends the transfer */
  async turn(): Promise<void> {
    if (this.#fillingFiles >= this.#mostFiles || this.#fillingBytes >= BATCH_BYTES) await this.#nextBatch();
  }

  /** To be done when everything that was added before is finished. */
  after(run: () => void): void {
    this.#filling.push({ type: 'then', run });
    this.#fillingFiles++;
  }

  /** The walk has come so far with what was added until now. */
  passed(cursor: TransferState['cursor']): void {
    const { tally, journal } = this.#options;
    if (this.isEmpty) tally.checkpoint(cursor, journal.length, true);
    else this.#fillingCursor = cursor;
  }

  /** Copies, flushes, verifies and names all that waits. Problems of single files are reported. @throws what ends the transfer */
  async settle(): Promise<void> {
    if (this.isEmpty) return;
    await this.#nextBatch();
    await this.#finishBatch();
  }

  /** Removes all temporary files. @param isPaused large ones stay, to be continued @returns whether all are gone that should be */
  discard(isPaused: boolean): boolean {
    let areGone = true;
    for (const temp of this.#temps) if (!isPaused || !this.#largeTemps.has(temp)) areGone = removeTemp(temp) && areGone;
    this.#temps.clear();
    this.#flushing = null;
    this.#filling = [];
    return areGone;
  }

  #addLink(item: StageItem): void {
    const temp = this.#tempIn(item);
    this.#temps.add(temp);
    const { attributes, tally } = this.#options;
    symlinkSync(fromBytes(readlinkSync(item.source, 'buffer')), temp);
    for (const what of attributes.copyToLink(item.source, item.facts, temp)) tally.notKept(what, item.source);
    this.#push({ type: 'symlink', item, temp }, 0);
  }

  async #addFile(item: StageItem): Promise<void> {
    const bytes = Number(item.facts.size);
    if (bytes >= RESUMABLE_BYTES) await this.#addLarge(item, bytes);
    else {
      const file: StagedFile = { type: 'file', item, temp: this.#tempIn(item), copied: null, error: null };
      this.#push(file, bytes);
      if (!isForBatch(item.facts)) await this.#copyOne(file);
    }
  }

  /** By itself, so that nothing else waits for it; what is begun of it is noted, and continued after an interruption. */
  async #addLarge(item: StageItem, bytes: number): Promise<void> {
    await this.settle();
    const { journal, resumed, end, tally } = this.#options;
    const source = markOf(item.facts);
    const begun = resumed.partials.get(keyOf(item.folder, item.name));
    resumed.partials.delete(keyOf(item.folder, item.name));
    const continues = begun !== undefined && begun.source.ino === source.ino && begun.source.mtimeNs === source.mtimeNs;
    const temp = begun ? joinPath(item.folder.target, decodeName(begun.temp)) : this.#tempIn(item);
    if (begun && !continues) removeTemp(temp);
    if (!begun) {
      const name = encodeName(temp).slice(encodeName(item.folder.target).length).replace(/^\//, '');
      journal.add({ do: 'partial', in: item.folder.id, from: encodeName(item.name), temp: name, source });
      journal.write();
    }
    tally.current(item.source);
    this.#largeTemps.add(temp);
    const file: StagedFile = { type: 'file', item, temp, copied: null, error: null };
    this.#push(file, bytes);
    await this.#copyOne(file, { continues, keepPartial: (error) => end.pauses(error, item.source) });
    await this.settle();
  }

  async #copyOne(file: StagedFile, more: Pick<CopyItem, 'continues' | 'keepPartial'> = {}): Promise<void> {
    const { item, temp } = file;
    try {
      file.copied = await this.#copying(item).copyToTemp({ ...toCopyItem(file), ...more });
      file.error = null;
      this.#temps.add(temp);
    } catch (error) {
      file.error = error;
      this.#options.control.check();
      if (more.keepPartial?.(error)) this.#options.end.check(error, item.source);
    }
  }

  #push(entry: Exclude<StageEntry, { type: 'then' }>, bytes: number): void {
    this.#filling.push(entry);
    this.#fillingFiles++;
    this.#fillingBytes += bytes;
    this.#fillingCursor = entry.item.cursor;
  }

  /** Copies and begins to flush what was added, and finishes what was flushed meanwhile. */
  async #nextBatch(): Promise<void> {
    const entries = this.#filling;
    const cursor = this.#fillingCursor;
    const startedMs = performance.now();
    await this.#copySmall(entries);
    if (this.#fillingFiles >= LEAST_FILES) this.#adaptTo(performance.now() - startedMs);
    this.#fillingFiles = 0;
    this.#fillingBytes = 0;
    this.#fillingVerify = null;
    const flushed = this.#flush(entries);
    flushed.catch(() => {
      // Observed when the batch is finished, unless the transfer ends before.
    });
    await this.#finishBatch();
    this.#filling = [];
    if (entries.length > 0) this.#flushing = { entries, cursor, flushed };
  }

  async #copySmall(entries: readonly StageEntry[]): Promise<void> {
    const waiting = entries.filter((entry) => entry.type === 'file' && !entry.copied && entry.error === null) as StagedFile[];
    const [first] = waiting;
    if (!first) return;
    this.#options.tally.current(first.item.source);
    const outcomes = await this.#copying(first.item).copyBatch(waiting.map(toCopyItem));
    outcomes.forEach((outcome, index) => {
      const file = waiting[index];
      if (!file) return;
      if ('value' in outcome) {
        file.copied = outcome.value;
        this.#temps.add(file.temp);
      } else file.error = outcome.error;
    });
  }

  #adaptTo(durationMs: number): void {
    const wanted = Math.round((this.#fillingFiles * BATCH_MS) / Math.max(durationMs, 1));
    this.#mostFiles = Math.min(MOST_FILES, Math.max(LEAST_FILES, wanted));
  }

  async #flush(entries: readonly StageEntry[]): Promise<void> {
    const files = entries.filter((entry) => entry.type === 'file' && entry.copied && !entry.copied.isFlushed) as StagedFile[];
    for (const ofDevice of Map.groupBy(files, ({ item }) => item.folder.dev).values()) {
      const [first] = ofDevice;
      if (first)
        await flushFiles(
          ofDevice.map(({ temp }) => temp),
          first.item.folder.target,
        );
    }
  }

  async #finishBatch(): Promise<void> {
    const batch = this.#flushing;
    if (!batch) return;
    const { control, end, placing, tally, journal } = this.#options;
    const failure = await control.during(
      batch.flushed.then(
        () => null,
        (error: unknown) => error,
      ),
    );
    const files = batch.entries.filter((entry) => entry.type === 'file');
    for (const file of files) await this.#copyAgainAfter(file, failure);
    const verified = await this.#verify(files);
    for (const file of verified.keys()) await this.#copyAgainUnverified(file);
    const ready = batch.entries.filter((entry) => entry.type !== 'file' || (entry.copied !== null && entry.error === null));
    const problems: (() => void)[] = [];
    for (const file of files) if (file.error !== null) problems.push(() => this.#report(file.item, file.temp, file.error));
    await placing.placeAll(ready, {
      copyInstead: (item, temp) => this.#copyInstead(item, temp),
      onPlaced: (temp) => this.#temps.delete(temp),
      onFailed: (item, temp, error) => problems.push(() => this.#report(item, temp, error)),
      onKept: ({ source }, error) => problems.push(() => this.#reportKept(source, error)),
    });
    for (const report of problems) report();
    if (ready.length > 0) end.progress();
    this.#flushing = null;
    if (batch.cursor) tally.checkpoint(batch.cursor, journal.length, false);
    this.#noteAnew();
  }

  /** What the journal says behind a checkpoint has to name all folders in which temporary files are. */
  #noteAnew(): void {
    this.#noted = new Set();
    for (const entry of this.#filling) if (entry.type !== 'then') this.#note(entry.item.folder);
  }

  #note({ id }: FolderPair): void {
    if (this.#noted.has(id)) return;
    this.#noted.add(id);
    this.#options.journal.add({ do: 'temps', in: id });
    this.#options.journal.write();
  }

  /** What a drive's error has spoilt is tried once more. */
  async #copyAgainAfter(file: StagedFile, flushFailure: unknown): Promise<void> {
    const wasSpoilt = flushFailure !== null && file.copied !== null && !file.copied.isFlushed;
    if (!wasSpoilt && errorNumber(file.error) !== 'EIO') return;
    this.#forget(file);
    await this.#copyOne(file);
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

  /** @returns those that are not what was read, with the reason why they could not be compared, or null */
  async #verify(files: readonly StagedFile[]): Promise<Map<StagedFile, unknown>> {
    const copied = files.filter((file) => file.copied !== null && file.error === null);
    const [first] = copied;
    return first ? verifyAll(copied, this.#copying(first.item)) : new Map();
  }

  /** A copy that does not compare equal is made once more. */
  async #copyAgainUnverified(file: StagedFile): Promise<void> {
    this.#forget(file);
    await this.#copyOne(file);
    await this.#flushOne(file);
    if (file.copied && file.error === null) file.error = await isVerified(file, this.#copying(file.item));
  }

  /** Of a further name where no hard links can be: the file is copied for itself. @throws an error of this item, or what ends the transfer */
  async #copyInstead(item: StageItem, temp: NativePath): Promise<StagedFile> {
    const file: StagedFile = { type: 'file', item, temp, copied: null, error: null };
    await this.#copyOne(file);
    await this.#flushOne(file);
    if (file.copied && file.error === null) file.error = await isVerified(file, this.#copying(item));
    if (file.error !== null) throw file.error;
    return file;
  }

  #forget(file: StagedFile): void {
    removeTemp(file.temp);
    this.#temps.delete(file.temp);
    if (file.copied) this.#options.control.count(-file.copied.bytes);
    file.copied = null;
    file.error = null;
  }

  #report({ source }: StageItem, temp: NativePath, error: unknown): void {
    const { end, tally } = this.#options;
    end.check(error, source);
    removeTemp(temp);
    this.#temps.delete(temp);
    tally.problem(source, toFsError(error, source));
    tally.itemDone(0);
  }

  #reportKept(source: NativePath, error: unknown): void {
    const { end, tally } = this.#options;
    end.check(error, source);
    const failure = toFsError(error, source);
    if (failure.code !== 'PATH_NOT_FOUND') tally.problem(source, failure);
  }

  #copying(item: StageItem): FileCopying {
    return this.#options.copying(item.verify === 'hash');
  }

  #tempIn({ folder }: StageItem): NativePath {
    this.#note(folder);
    return joinPath(folder.target, `.mooring-${this.#options.tempId}-${++this.#tempNumber}.part`);
  }
}

function toCopyItem({ item, temp }: StagedFile): CopyItem {
  return { source: item.source, facts: item.facts, temp, targetDev: item.folder.dev };
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
