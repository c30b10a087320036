import { linkSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { CopiedFile } from '../file-copy/copy-item.ts';
import { flushFiles } from '../file-copy/flush.ts';
import { NO_HARD_LINKS, placeNew, placeOver } from '../file-copy/place.ts';
import { type FileFacts, factsIfExists, factsOf } from '../file-facts.ts';
import { type ConflictAnswers, isOfThisTransfer, placementFor } from './conflict-answers.ts';
import { type FolderPair, linkIdOf, markOf, type PlacedFiles, targetIn } from './folder-pair.ts';
import { freeName } from './free-target-name.ts';
import type { HiddenFolder } from './hidden-folder.ts';
import { removeSource } from './remove-source.ts';
import { isPlaceable, type Placeable, type StagedFile, type StageEntry, type StageItem } from './stage-item.ts';
import { removeTemp } from './staged-copies.ts';
import { encodeName, type FileMark, type PlaceLine, type TransferJournal } from './transfer-journal.ts';
import type { TransferKind } from './transfer-messages.ts';
import type { TransferTally } from './transfer-tally.ts';

export interface PlacingOptions {
  kind: TransferKind;
  journal: TransferJournal;
  tally: TransferTally;
  answers: ConflictAnswers;
  /** Files that this transfer has placed, where it may replace others. */
  placed: PlacedFiles;
  /** First copies of sources with several names, by the source's identity. */
  links: Map<string, NativePath>;
  granularityNs(folder: FolderPair): number;
}

export interface PlacingListener {
  copyInstead(item: StageItem, temp: NativePath): Promise<StagedFile>;
  onPlaced(temp: NativePath): void;
  onFailed(item: StageItem, temp: NativePath, error: unknown): void;
  /** A folder that is new could not get its name: nothing of what is in it is placed. */
  onLost(hidden: HiddenFolder, error: unknown): void;
  /** It is placed, and its source could not be removed. */
  onKept(item: StageItem, error: unknown): void;
}

/** What a placed entry still needs: its source removed (in a move), and to be counted. */
interface Placed {
  entry: Placeable;
  target: NativePath;
}

/**
 * Gives finished files their names. What is about to be done stands in the journal before; nothing that has a name is replaced but what was
 * decided about; and of a move a source goes only when its copy, and its name, are on the disk.
 */
export class Placing {
  readonly #options: PlacingOptions;

  constructor(options: PlacingOptions) {
    this.#options = options;
  }

  /** In their order. @throws what ends the transfer */
  async placeAll(entries: readonly StageEntry[], listener: PlacingListener): Promise<void> {
    const { journal, kind } = this.#options;
    for (const entry of entries) if (entry.type === 'name') entry.hidden.announce(journal);
    const announced = entries.filter((entry) => entry.type === 'then' || entry.type === 'name' || this.#isAnnounced(entry, listener));
    if (entries.some(({ type }) => type !== 'then')) await journal.flush();
    const named = announced.flatMap((entry) => (entry.type === 'name' ? this.#nameFolder(entry.hidden, listener) : []));
    const placed = new Map<StageEntry, Placed>();
    for (const entry of announced) {
      const done = isPlaceable(entry) ? await this.#placeOrReport(entry, listener) : null;
      if (done) placed.set(entry, done);
    }
    if (kind === 'move') await flushNames([...placed.values()], named);
    for (const entry of entries) {
      const done = placed.get(entry);
      if (entry.type === 'then') entry.run();
      else if (done) this.#conclude(done, listener);
    }
  }

  #isAnnounced(entry: Placeable, listener: PlacingListener): boolean {
    try {
      if (entry.type !== 'hard-link') this.#announce(entry, null);
      return true;
    } catch (error) {
      listener.onFailed(entry.item, entry.temp, error);
      return false;
    }
  }

  /** @returns the folders that have their names now */
  #nameFolder(hidden: HiddenFolder, listener: PlacingListener): readonly FolderPair[] {
    const { journal, tally } = this.#options;
    try {
      const named = hidden.name(journal);
      for (const { parent, target } of named) {
        tally.state.result.foldersCreated++;
        if (!parent) continue;
        parent.claims.add(baseName(target));
        tally.changed(parent.target, baseName(target));
        if (parent.parent === null) tally.created(target);
      }
      return named;
    } catch (error) {
      listener.onLost(hidden, error);
      return [];
    }
  }

  async #placeOrReport(entry: Placeable, listener: PlacingListener): Promise<Placed | null> {
    try {
      return await this.#place(entry, listener);
    } catch (error) {
      this.#notPlaced(entry.item);
      listener.onFailed(entry.item, entry.temp, error);
      return null;
    }
  }

  #notPlaced({ folder, name }: StageItem): void {
    this.#options.journal.add({ do: 'failed', in: folder.id, from: encodeName(name) });
  }

  /** Says in the journal what is about to get which name. */
  #announce(entry: StagedFile | Extract<StageEntry, { type: 'symlink' }>, name: NativePath | null): void {
    const { item, temp } = entry;
    const to = name ?? this.#firstName(item);
    const copied = entry.type === 'file' ? entry.copied : null;
    this.#options.journal.add({
      ...lineOf(item, copied ? markOfCopy(copied) : markOf(factsOf(temp)), to, item.placement === 'over'),
      kind: entry.type,
      link: linkIdOf(item.facts),
      digest: copied?.digest ?? null,
      verified: entry.type === 'file' && item.verify !== 'none',
      strategy: copied?.strategy ?? 'stream',
    });
  }

  #firstName(item: StageItem): NativePath {
    if (item.placement !== 'numbered') return item.targetName;
    return freeName(item.folder, item.targetName);
  }

  /** Null when it was decided to leave out what it would have replaced. @throws an error of this item */
  async #place(entry: Placeable, listener: PlacingListener): Promise<Placed | null> {
    if (entry.type === 'hard-link') return this.#placeHardLink(entry, listener);
    if (entry.item.placement === 'within') return this.#placedWithin(entry, listener);
    const target = this.#settleName(entry.item, entry.temp, (name) => this.#announce(entry, name));
    return target === null ? null : this.#placed(entry, target, listener);
  }

  /** Null when its folder could not get its name. */
  #placedWithin(entry: Placeable, listener: PlacingListener): Placed | null {
    const { folder, targetName } = entry.item;
    if (!folder.isLost && folder.hidden === null) return this.#placed(entry, targetIn(folder, targetName), listener);
    this.#notPlaced(entry.item);
    return null;
  }

  /** Gives the file its name. @returns where it is; null when it was decided to leave it out @throws an error of this item */
  #settleName(item: StageItem, temp: NativePath, announce: (name: NativePath) => void): NativePath | null {
    const { journal } = this.#options;
    const { folder } = item;
    const isNumbered = item.placement === 'numbered';
    let name = isNumbered ? freeName(folder, item.targetName) : item.targetName;
    let placement = item.placement;
    for (let attempt = 0; ; attempt++) {
      const target = targetIn(folder, name);
      if (attempt > 0 || isNumbered) {
        this.#notPlaced(item);
        announce(name);
        journal.write();
      }
      const hold = () => {
        const hold = { from: encodeName(item.name), to: encodeName(name), temp: encodeName(baseName(temp)), atMs: Date.now() };
        journal.add({ do: 'hold', in: folder.id, ...hold });
        journal.write();
      };
      if (placement === 'over') {
        if (this.#replace(item, temp, target)) return target;
        placement = 'new';
        continue;
      }
      if (placeNew(temp, target, hold)) return target;
      if (isNumbered) {
        name = freeName(folder, item.targetName);
        continue;
      }
      const decided = this.#decideAnew(item, target, name);
      if (decided === null) {
        removeTemp(temp);
        return null;
      }
      placement = decided.placement;
      name = decided.name;
    }
  }

  /** False when there is nothing to replace any more. @throws MooringError when something else stands there than was decided about */
  #replace(item: StageItem, temp: NativePath, target: NativePath): boolean {
    const now = factsIfExists(target);
    if (!now) return false;
    const { existing, folder, targetName, source } = item;
    const shown = displayName(source);
    if (isOfThisTransfer(this.#options.placed, { existing: now, folder, name: targetName })) {
      throw reasonError('CONFLICT', 'name-taken-by-another', { path: shown });
    }
    if (now.isDirectory() || !isSame(now, existing)) {
      throw reasonError('PATH_ALREADY_EXISTS', 'replaced-changed-meanwhile', { path: shown });
    }
    placeOver(temp, target);
    return true;
  }

  #decideAnew(item: StageItem, target: NativePath, name: NativePath): { placement: 'new' | 'over'; name: NativePath } | null {
    const { answers, placed, tally, granularityNs } = this.#options;
    const existing = factsIfExists(target);
    if (!existing) return { placement: 'new', name };
    const { source, facts, folder } = item;
    const placement = placementFor(answers, placed, { source, facts, existing, folder, name }, granularityNs(folder));
    if (placement === null) {
      tally.state.result.skipped++;
      return null;
    }
    if (placement === 'numbered') return { placement: 'new', name: freeName(folder, item.targetName) };
    item.existing = existing;
    return { placement: 'over', name };
  }

  async #placeHardLink(entry: Extract<StageEntry, { type: 'hard-link' }>, listener: PlacingListener): Promise<Placed | null> {
    const { links, journal, tally } = this.#options;
    const { item, link, temp } = entry;
    const first = links.get(link);
    const firstFacts = first === undefined ? null : factsIfExists(first);
    if (first === undefined || !firstFacts || !(await this.#linkTemp(first, temp, item))) {
      if (firstFacts) tally.notKept('hard-link', item.source);
      const file = await listener.copyInstead(item, temp);
      this.#announce(file, null);
      journal.write();
      return this.#place(file, listener);
    }
    const announce = (name: NativePath) => journal.add({ ...linkLineOf(item, firstFacts, name), link });
    announce(this.#firstName(item));
    journal.write();
    const target = this.#settleName(item, temp, announce);
    // Renaming a file over another name of itself does nothing.
    removeTemp(temp);
    return target === null ? null : this.#placed(entry, target, listener);
  }

  /** False where there are no hard links. @throws an error of `node:fs` */
  async #linkTemp(first: NativePath, temp: NativePath, item: StageItem): Promise<boolean> {
    try {
      linkSync(first, temp);
      return true;
    } catch (error) {
      const number = errorNumber(error) ?? '';
      if (NO_HARD_LINKS.has(number) || number === 'EXDEV') return false;
      throw toFsError(error, item.source);
    }
  }

  #placed(entry: Placeable, target: NativePath, listener: PlacingListener): Placed {
    const { placed, links, answers } = this.#options;
    const { item } = entry;
    listener.onPlaced(entry.temp);
    item.folder.claims.add(baseName(target));
    if (answers.mayReplace) placed.add(item.folder.dev, factsOf(target).ino);
    const link = linkIdOf(item.facts);
    if (entry.type === 'file' && link !== null && !links.has(link)) links.set(link, target);
    return { entry, target };
  }

  #conclude({ entry, target }: Placed, listener: PlacingListener): void {
    const { kind, tally } = this.#options;
    const { item } = entry;
    const { folder, source } = item;
    tally.changed(folder.target, baseName(target));
    if (folder.parent === null && item.placement !== 'over') tally.created(target);
    if (entry.type === 'file' && entry.copied) tally.fileCopied(entry.copied, source, item.verify !== 'none');
    else {
      if (entry.type === 'symlink') tally.state.result.symlinksCopied++;
      else tally.state.result.hardLinks++;
      tally.itemDone(0);
    }
    if (kind !== 'move') return;
    try {
      removeSource(source, entry.type === 'file' && entry.copied ? entry.copied.source : item.facts);
      tally.changed(folder.source, item.name);
      tally.movedAcross(source, target);
    } catch (error) {
      listener.onKept(item, error);
    }
  }
}

function lineOf(item: StageItem, mark: FileMark, to: NativePath, over: boolean) {
  const source = markOf(item.facts);
  return { do: 'place' as const, in: item.folder.id, from: encodeName(item.name), to: encodeName(to), mark, source, over };
}

function linkLineOf(item: StageItem, facts: FileFacts, to: NativePath): Omit<PlaceLine, 'link'> {
  const line = lineOf(item, markOf(facts), to, item.placement === 'over');
  return { ...line, kind: 'hard-link', digest: null, verified: false, strategy: 'stream' };
}

/** Numbers of files do not last on some FUSE mounts, so size and time suffice as well. */
function isSame(now: FileFacts, decided: FileFacts | null): boolean {
  if (!decided) return false;
  return (now.dev === decided.dev && now.ino === decided.ino) || (now.size === decided.size && now.mtimeNs === decided.mtimeNs);
}

/** @param named folders that are new, the uppermost of which have their names in others */
async function flushNames(placed: readonly Placed[], named: readonly FolderPair[]): Promise<void> {
  const above = named.flatMap(({ parent }) => (parent ? [parent] : []));
  const folders = [...new Set([...placed.map(({ entry }) => entry.item.folder), ...above])];
  for (const ofDevice of Map.groupBy(folders, ({ dev }) => dev).values()) {
    const [first] = ofDevice;
    if (first)
      await flushFiles(
        ofDevice.map(({ target }) => target),
        first.target,
      );
  }
}

function markOfCopy({ bytes, made }: CopiedFile): FileMark {
  return { ino: String(made.ino), size: bytes, mtimeNs: String(made.mtimeNs) };
}
