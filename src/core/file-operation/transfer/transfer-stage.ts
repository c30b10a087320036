import { toFsError } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { VerifyMode } from '#shared/contract/file.ts';
import type { AttributeCopier } from '../file-copy/attributes.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { RESUMABLE_BYTES } from '../file-copy/copy-item.ts';
import { type FileCopier, isForBatch } from '../file-copy/file-copier.ts';
import { flushEarly, flushFiles } from '../file-copy/flush.ts';
import { type FolderPair, keyOf, linkIdOf, markOf, targetIn } from './folder-pair.ts';
import { HiddenFolder } from './hidden-folder.ts';
import { LinkSets } from './link-sets.ts';
import type { Placing } from './placing.ts';
import type { ResumeRecord } from './resume-record.ts';
import { isPlaceable, newFile, type Placeable, type StagedFile, type StageEntry, type StageItem } from './stage-item.ts';
import { removeTemp, StagedCopies } from './staged-copies.ts';
import type { TransferEnd } from './transfer-end.ts';
import { decodeName, encodeName, type TransferJournal } from './transfer-journal.ts';
import type { TransferState } from './transfer-state.ts';
import type { TransferTally } from './transfer-tally.ts';

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
  copiers(hash: boolean): FileCopier;
}

/** So much is flushed at once, while the next batch is written. */
const BATCH_BYTES = 32 * 1024 * 1024;
const MOST_FILES = 512;
const LEAST_FILES = 16;
/** A batch of many files takes about so long, so that little is done over after a crash. */
const BATCH_MS = 400;
/** So many small files are given to the second thread at a time, while the walk goes on. */
const FILES_BEGUN = 1024;
/** So many files are written before the disk begins with them. */
const FLUSHED_EARLY = 4096;

/**
 * Where files stand under temporary names until they are flushed and verified, and then get their own: each by itself, or all that are in a
 * folder that is new in the target with that folder. Small files are copied and flushed together. Everything is finished in the order in which
 * it was added; behind each batch is a checkpoint.
 */
export class TransferStage {
  readonly #options: TransferStageOptions;
  readonly #copies: StagedCopies;
  readonly #links: LinkSets;
  /** On its way to the disk; what was added before `#filling`. */
  #flushing: Batch | null = null;
  #filling: StageEntry[] = [];
  /** Those of `#filling` that nobody copies yet. */
  #waiting: StagedFile[] = [];
  /** The folder that is filled under a temporary name now. */
  #hidden: HiddenFolder | null = null;
  #fillingFiles = 0;
  #fillingBytes = 0;
  #fillingSinceMs = performance.now();
  /** Files of it that were copied since the last early flush, which may still be under way. */
  #unflushed = 0;
  #isFlushedEarly = false;
  #fillingVerify: VerifyMode | null = null;
  #fillingCursor: TransferState['cursor'] = null;
  /** Folders of which the journal says, behind the last checkpoint, that temporary files may be there. */
  #noted = new Set<number>();
  #mostFiles = MOST_FILES;
  #tempNumber = Date.now() % 1_000_000_000;

  constructor(options: TransferStageOptions) {
    this.#options = options;
    this.#copies = new StagedCopies(options);
    this.#links = new LinkSets(options.resumed.links.values());
  }

  get #isEmpty(): boolean {
    return this.#flushing === null && this.#filling.length === 0 && this.#hidden === null;
  }

  /** @throws an error of this item alone, or one that ends the transfer */
  async add(item: StageItem): Promise<void> {
    if (this.#fillingVerify !== null && this.#fillingVerify !== item.verify) await this.#nextBatch();
    const link = this.#links.further(item.facts);
    // What has several names, or is continued after an interruption, has to be found by its own.
    const needsName = link !== null || linkIdOf(item.facts) !== null || item.facts.size >= RESUMABLE_BYTES;
    if (item.folder.hidden && needsName) await this.settle();
    if (item.folder.isLost) return;
    if (item.folder.hidden) item.placement = 'within';
    this.#fillingVerify = item.verify;
    if (item.facts.isSymbolicLink()) this.#addLink(item);
    else if (link !== null) this.#push({ type: 'hard-link', item, link, temp: this.#tempOf(item) }, 0);
    else await this.#addFile(item);
    await this.turn();
  }

  /** Begins a batch when there is enough for one. @throws what ends the transfer */
  async turn(): Promise<void> {
    if (this.#waiting.length >= FILES_BEGUN) await this.#beginCopying();
    const isFull = this.#fillingFiles >= this.#mostFiles || this.#fillingBytes >= BATCH_BYTES;
    if (this.#hidden ? this.#hidden.isFull : isFull) await this.#nextBatch();
  }

  /**
   * Begins a folder that is new in the target and has no name until all that is added from now on is in it. Others within it belong to it.
   *
   * @param isNumbered it gets the next free number where its name is taken
   */
  hide(parent: FolderPair, isNumbered: boolean): HiddenFolder {
    // Of one that could not be read to its end.
    this.#endHidden();
    this.#note(parent);
    this.#hidden = new HiddenFolder(parent, this.#newTemp(parent), isNumbered);
    return this.#hidden;
  }

  /** Everything that belongs into it was added, unless it has its name already. */
  endHidden(hidden: HiddenFolder): void {
    if (this.#hidden === hidden) this.#endHidden();
  }

  /** To be done when everything that was added before is finished. */
  after(run: () => void): void {
    this.#filling.push({ type: 'then', run });
    this.#fillingFiles++;
  }

  /** The walk has come so far with what was added until now. */
  passed(cursor: TransferState['cursor']): void {
    const { tally, journal } = this.#options;
    if (this.#isEmpty) tally.checkpoint(cursor, journal.length, true);
    else this.#fillingCursor = cursor;
  }

  /** Copies, flushes, verifies and names all that waits. Problems of single files are reported. @throws what ends the transfer */
  async settle(): Promise<void> {
    if (this.#isEmpty) return;
    await this.#nextBatch();
    await this.#finishBatch();
  }

  /** Removes all that is temporary. @param isPaused large files stay, to be continued @returns whether all is gone that should be */
  async discard(isPaused: boolean): Promise<boolean> {
    let isGone = await this.#copies.discardAll(isPaused);
    const entries = [...(this.#flushing?.entries ?? []), ...this.#filling];
    const folders = entries.flatMap((entry) => (entry.type === 'name' ? [entry.hidden] : []));
    for (const hidden of this.#hidden ? [...folders, this.#hidden] : folders) isGone = hidden.discard() && isGone;
    this.#flushing = null;
    this.#filling = [];
    this.#hidden = null;
    return isGone;
  }

  #addLink(item: StageItem): void {
    const temp = this.#tempOf(item);
    this.#copies.copyLink(item, temp);
    this.#push({ type: 'symlink', item, temp }, 0);
  }

  async #addFile(item: StageItem): Promise<void> {
    const bytes = Number(item.facts.size);
    if (bytes >= RESUMABLE_BYTES) return this.#addLarge(item, bytes);
    const file = newFile(item, this.#tempOf(item));
    this.#push(file, bytes);
    if (isForBatch(item.facts)) this.#waiting.push(file);
    else await this.#copies.copy(file);
  }

  /** By itself, so that nothing else waits for it; what is begun of it is noted, and continued after an interruption. */
  async #addLarge(item: StageItem, bytes: number): Promise<void> {
    await this.settle();
    const { journal, resumed, end, tally } = this.#options;
    const source = markOf(item.facts);
    const begun = resumed.partials.get(keyOf(item.folder, item.name));
    resumed.partials.delete(keyOf(item.folder, item.name));
    const continues = begun !== undefined && begun.source.ino === source.ino && begun.source.mtimeNs === source.mtimeNs;
    const temp = begun ? joinPath(item.folder.target, decodeName(begun.temp)) : this.#tempOf(item);
    if (begun && !continues) removeTemp(temp);
    if (!begun) {
      const name = encodeName(temp).slice(encodeName(item.folder.target).length).replace(/^\//, '');
      journal.add({ do: 'partial', in: item.folder.id, from: encodeName(item.name), temp: name, source });
      journal.write();
    }
    tally.current(item.source);
    this.#copies.expectLarge(temp);
    const file = newFile(item, temp);
    this.#push(file, bytes);
    await this.#copies.copy(file, { continues, keepPartial: (error) => end.pauses(error, item.source) });
    await this.settle();
  }

  #push(entry: Placeable, bytes: number): void {
    this.#filling.push(entry);
    this.#fillingFiles++;
    this.#fillingBytes += bytes;
    this.#fillingCursor = entry.item.cursor;
    entry.item.folder.hidden?.addFile(bytes);
  }

  /** Has the second thread copy what waits. While a folder has no name, nothing of it is waited for: it is flushed on the way. */
  async #beginCopying(): Promise<void> {
    const files = this.#waiting.splice(0);
    this.#unflushed += files.length;
    await this.#copies.begin(files);
    if (!this.#hidden || this.#isFlushedEarly || this.#unflushed < FLUSHED_EARLY) return;
    this.#unflushed = 0;
    this.#isFlushedEarly = true;
    void flushEarly(this.#hidden.path).then(() => {
      this.#isFlushedEarly = false;
    });
  }

  /** @returns whether there was one */
  #endHidden(): boolean {
    if (!this.#hidden) return false;
    this.#filling.push({ type: 'name', hidden: this.#hidden });
    this.#fillingFiles++;
    this.#hidden = null;
    return true;
  }

  /** Copies and begins to flush what was added, and finishes what was flushed meanwhile. A folder that is not at its end gets its name now. */
  async #nextBatch(): Promise<void> {
    const isCut = this.#endHidden();
    const entries = this.#filling;
    const cursor = this.#fillingCursor;
    await this.#copies.begin(this.#waiting.splice(0));
    await this.#copies.finish();
    if (this.#fillingFiles >= LEAST_FILES) this.#adaptTo(performance.now() - this.#fillingSinceMs);
    this.#fillingFiles = 0;
    this.#fillingBytes = 0;
    this.#unflushed = 0;
    this.#fillingVerify = null;
    const flushed = flush(entries);
    flushed.catch(() => {
      // Observed when the batch is finished, unless the transfer ends before.
    });
    await this.#finishBatch();
    this.#filling = [];
    this.#fillingSinceMs = performance.now();
    if (entries.length > 0) this.#flushing = { entries, cursor, flushed };
    // What comes next in it goes into a folder that has a name.
    if (isCut) await this.#finishBatch();
  }

  #adaptTo(durationMs: number): void {
    const wanted = Math.round((this.#fillingFiles * BATCH_MS) / Math.max(durationMs, 1));
    this.#mostFiles = Math.min(MOST_FILES, Math.max(LEAST_FILES, wanted));
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
    for (const file of files) await this.#copies.copyAgainAfter(file, failure);
    await this.#copies.verify(files);
    const ready = batch.entries.filter((entry) => entry.type !== 'file' || (entry.copied !== null && entry.error === null));
    const problems: (() => void)[] = [];
    for (const file of files) {
      if (file.error === null) continue;
      // Before the folder that it may be in gets its name.
      this.#copies.discard(file.temp);
      problems.push(() => this.#report(file.item, file.temp, file.error));
    }
    await placing.placeAll(ready, {
      copyInstead: (item, temp) => this.#copies.copyInstead(item, temp),
      onPlaced: (temp) => this.#copies.release(temp),
      onFailed: (item, temp, error) => problems.push(() => this.#report(item, temp, error)),
      onLost: (hidden, error) => problems.push(() => this.#reportLost(hidden, error)),
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
    for (const entry of this.#filling) {
      if (entry.type === 'name') this.#note(entry.hidden.parent);
      else if (isPlaceable(entry)) this.#note(entry.item.folder.hidden?.parent ?? entry.item.folder);
    }
    if (this.#hidden) this.#note(this.#hidden.parent);
  }

  #note({ id }: FolderPair): void {
    if (this.#noted.has(id)) return;
    this.#noted.add(id);
    this.#options.journal.add({ do: 'temps', in: id });
    this.#options.journal.write();
  }

  #report({ source }: StageItem, temp: NativePath, error: unknown): void {
    const { end, tally } = this.#options;
    end.check(error, source);
    this.#copies.discard(temp);
    tally.problem(source, toFsError(error, source));
    tally.itemDone(0);
  }

  #reportLost(hidden: HiddenFolder, error: unknown): void {
    const { end, tally, journal } = this.#options;
    const top = hidden.giveUp(journal);
    if (!top) return;
    end.check(error, top.source);
    hidden.discard();
    tally.problem(top.source, toFsError(error, top.source));
  }

  #reportKept(source: NativePath, error: unknown): void {
    const { end, tally } = this.#options;
    end.check(error, source);
    const failure = toFsError(error, source);
    if (failure.code !== 'PATH_NOT_FOUND') tally.problem(source, failure);
  }

  /** Where the copy is written. */
  #tempOf({ folder, targetName, placement }: StageItem): NativePath {
    if (placement === 'within') return targetIn(folder, targetName);
    this.#note(folder);
    return this.#newTemp(folder);
  }

  #newTemp({ target }: FolderPair): NativePath {
    return joinPath(target, `.mooring-${this.#options.tempId}-${++this.#tempNumber}.part`);
  }
}

/** Has what was copied written to the disk. @throws an error of `node:fs` */
async function flush(entries: readonly StageEntry[]): Promise<void> {
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
