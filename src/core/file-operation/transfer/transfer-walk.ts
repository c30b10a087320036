import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, joinPath, type NativePath, parentOf, samePath, toBytes } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { VerifyMode } from '#shared/contract/file.ts';
import type { AttributeCopier } from '../file-copy/attributes.ts';
import type { CopyControl } from '../file-copy/copy-control.ts';
import { type FileFacts, factsIfExists, factsOf, isSameFile } from '../file-facts.ts';
import { type ConflictAnswers, type Placement, placementFor } from './conflict-answers.ts';
import type { Destination } from './destination.ts';
import { FinishedBefore } from './finished-before.ts';
import { type FolderPair, keyOf, memoryOf, NameClaims, type PlacedFiles, sourceIn, targetIn } from './folder-pair.ts';
import { freeName } from './placing.ts';
import { removeSource } from './remove-source.ts';
import type { ResumeRecord } from './resume-record.ts';
import { hasSameBytes } from './same-bytes.ts';
import type { RenameOutcome, SameVolumeMove } from './same-volume-move.ts';
import { refusalOf } from './target-rules.ts';
import type { TransferEnd } from './transfer-end.ts';
import { encodeName, type FolderLine, type TransferJournal } from './transfer-journal.ts';
import type { TransferRequest } from './transfer-messages.ts';
import type { TransferStage } from './transfer-stage.ts';
import type { TransferState } from './transfer-state.ts';
import type { TransferTally } from './transfer-tally.ts';
import { verifyModeFor } from './verify-mode.ts';

/** Something to be copied or moved into a destination, which has been checked. */
export interface WalkItem {
  source: NativePath;
  destination: Destination;
  /** The name that it gets there; null for its own. */
  as: NativePath | null;
}

export interface TransferWalkOptions {
  request: TransferRequest;
  items: readonly WalkItem[];
  control: CopyControl;
  journal: TransferJournal;
  tally: TransferTally;
  end: TransferEnd;
  stage: TransferStage;
  answers: ConflictAnswers;
  placed: PlacedFiles;
  /** First copies of sources with several names, by the source's identity. */
  links: Map<string, NativePath>;
  resumed: ResumeRecord;
  attributes: AttributeCopier;
  moving: SameVolumeMove;
  tempId: string;
}

/** Where an entry is, and what it is. */
interface Visited {
  folder: FolderPair;
  name: NativePath;
  source: NativePath;
  facts: FileFacts;
  /** In the target, as far as its file system can hold it. */
  targetName: NativePath;
}

/**
 * Goes through what is to be copied or moved, depth first, each folder's names sorted by their bytes, so that a place in this order tells what
 * is done and what is not. Decides what becomes of each entry; files are handed to the stage.
 */
export class TransferWalk {
  readonly #options: TransferWalkOptions;
  readonly #roots = new Map<string, FolderPair>();
  /** What an earlier run has noted of them; null until it is asked for. */
  #rootLines: Map<string, FolderLine> | null = null;
  readonly #finished: FinishedBefore;
  #nextFolder: number;
  #item = 0;
  /** Names of the folders that lead to where the walk is. */
  #trail: string[] = [];

  constructor(options: TransferWalkOptions) {
    this.#options = options;
    this.#nextFolder = options.resumed.lastFolder + 1;
    this.#finished = new FinishedBefore(options);
  }

  /** @throws what ends the transfer */
  async run(): Promise<void> {
    const { items, stage, tally } = this.#options;
    this.#finished.prepare();
    const from = tally.state.cursor;
    for (let index = from?.item ?? 0; index < items.length; index++) {
      this.#item = index;
      const rest = index === from?.item ? from.names : [];
      if (rest.length !== 1) await this.#walkItem(index, rest.slice(1));
    }
    await stage.settle();
    this.#finished.dropUnused();
    this.leave();
  }

  /** Notes how the folders that hold the items are left. */
  leave(): void {
    for (const root of this.#roots.values()) this.#leave(root);
  }

  async #walkItem(index: number, rest: readonly string[]): Promise<void> {
    const item = this.#options.items[index];
    if (!item) return;
    const name = baseName(item.source);
    try {
      await this.#visitOrReport(this.#rootOf(index, item), name, rest);
    } catch (error) {
      this.#options.end.check(error, item.source);
      throw error;
    }
  }

  /** The pair of folders that holds an item on both sides: one for all that come from the same folder. */
  #rootOf(index: number, { source, destination }: WalkItem): FolderPair {
    const parent = parentOf(source);
    const key = rootKey(parent, destination.path);
    const known = this.#roots.get(key);
    if (known) return known;
    const line = this.#rootLine(key);
    const sourceMemory = line?.source ?? memoryOf(factsOf(parent));
    const targetMemory = line?.target ?? memoryOf(destination.facts);
    const id = line?.id ?? this.#nextFolder++;
    const pair: FolderPair = {
      ...{ id, parent: null, item: index, source: parent, target: destination.path, dev: destination.facts.dev, made: false },
      ...{ sourceMemory, targetMemory, crosses: false, claims: this.#claimsOf(id) },
    };
    if (!line) this.#options.journal.add(lineOf(pair, '', ''));
    this.#roots.set(key, pair);
    return pair;
  }

  /** Of an earlier run, whichever item it was begun for. */
  #rootLine(key: string): FolderLine | null {
    const { items, resumed } = this.#options;
    if (!this.#rootLines) {
      this.#rootLines = new Map();
      for (const line of resumed.folders.values()) {
        const item = line.in === null ? items[line.item] : undefined;
        if (item) this.#rootLines.set(rootKey(parentOf(item.source), item.destination.path), line);
      }
    }
    return this.#rootLines.get(key) ?? null;
  }

  async #visitOrReport(folder: FolderPair, name: NativePath, rest: readonly string[]): Promise<void> {
    const { control, end, stage, tally } = this.#options;
    control.check();
    const source = sourceIn(folder, name);
    const depth = this.#trail.length;
    try {
      await this.#visit(folder, name, source, rest);
    } catch (error) {
      end.check(error, source);
      this.#trail.length = depth;
      stage.after(() => tally.problem(source, toFsError(error, source)));
      stage.after(() => tally.itemDone(0));
    }
    stage.passed(this.#cursorAt(name));
    await stage.turn();
  }

  async #visit(folder: FolderPair, name: NativePath, source: NativePath, rest: readonly string[]): Promise<void> {
    const dead = this.#options.request.mounts.find(({ mountPoint, unresponsive }) => unresponsive && samePath(source, mountPoint));
    if (dead) throw new MooringError('VOLUME_UNRESPONSIVE', `The volume at “${dead.mountPoint}” does not answer.`);
    if (this.#finished.isGone(folder, name)) return;
    const facts = onceMore(() => factsOf(source));
    const targetName = this.#fit(folder, this.#wantedName(folder, name), facts);
    const visited = { folder, name, source, facts, targetName };
    if (facts.isDirectory()) await this.#visitFolder(visited, rest);
    else await this.#visitFile(visited);
  }

  #wantedName(folder: FolderPair, name: NativePath): NativePath {
    return (folder.parent === null ? this.#options.items[this.#item]?.as : null) ?? name;
  }

  /** @throws MooringError `NOT_SUPPORTED` where it cannot be put there */
  #fit(folder: FolderPair, name: NativePath, facts: FileFacts): NativePath {
    const { request, items } = this.#options;
    const refusal = refusalOf(name, facts, items[folder.item]?.destination.mount?.capabilities ?? null);
    if (!refusal) return name;
    if (request.unfitNames === 'rename' && refusal.proposedName !== null) return refusal.proposedName;
    throw new MooringError(refusal.code, refusal.message);
  }

  async #visitFile(visited: Visited): Promise<void> {
    const { stage, tally } = this.#options;
    const { folder, name, source, facts, targetName } = visited;
    if (await this.#finished.conclude(visited)) return;
    const existing = factsIfExists(targetIn(folder, targetName));
    let placement: Placement = 'new';
    if (existing) {
      if (await this.#leaveIdentical(visited, existing)) return;
      const decided = this.#placementOver(visited, existing);
      if (decided === null) {
        stage.after(() => {
          tally.state.result.skipped++;
          tally.itemDone(Number(facts.size));
        });
        return;
      }
      placement = decided;
    }
    if (await this.#renameIfPossible(visited, placement)) return;
    const [cursor, verify] = [this.#cursorAt(name), this.#verifyMode(folder, facts)];
    await stage.add({ source, facts, folder, name, targetName, placement, existing, verify, cursor });
  }

  #placementOver({ source, facts, folder, targetName }: Visited, existing: FileFacts): Placement | null {
    const { answers, placed, items } = this.#options;
    const granularityNs = items[folder.item]?.destination.mount?.capabilities.timestampGranularityNs ?? 0;
    return placementFor(answers, placed, { source, facts, existing, folder, name: targetName }, granularityNs);
  }

  /** Where the target holds the same bytes already, and the user does not want them twice. */
  async #leaveIdentical({ folder, name, source, facts, targetName }: Visited, existing: FileFacts): Promise<boolean> {
    const { request, control, stage, tally, journal } = this.#options;
    const mayBe = request.skipIdentical && facts.isFile() && existing.isFile() && facts.size === existing.size;
    if (!mayBe || isSameFile(facts, existing) || !hasSameBytes(source, targetIn(folder, targetName), control)) return false;
    if (request.kind === 'move') {
      await stage.settle();
      await this.#finished.makeDurable(targetIn(folder, targetName));
      journal.add({ do: 'identical', in: folder.id, from: encodeName(name), to: encodeName(targetName) });
      journal.write();
      removeSource(source, facts);
      tally.changed(folder.source, name);
    }
    stage.after(() => {
      tally.state.result.identical++;
      tally.itemDone(Number(facts.size));
    });
    return true;
  }

  /** Moves within the volume. False where it has to be copied. @throws an error of this entry */
  async #renameIfPossible({ folder, name, source, facts, targetName }: Visited, placement: Placement): Promise<boolean> {
    const { request, stage, moving, tally, placed, answers } = this.#options;
    if (request.kind !== 'move' || folder.crosses || facts.dev !== folder.dev) return false;
    await stage.settle();
    let outcome: RenameOutcome = 'taken';
    let target = targetName;
    for (let attempt = 0; outcome === 'taken'; attempt++) {
      if (attempt > 0 && placement !== 'numbered') throw this.#appeared(source);
      if (placement === 'numbered') target = freeName(folder, targetName);
      outcome = moving.rename({ folder, name, facts, targetName: target, over: placement === 'over' });
    }
    if (outcome === 'crosses') {
      folder.crosses = true;
      return false;
    }
    folder.claims.add(target);
    if (answers.mayReplace && !facts.isDirectory()) placed.add(facts.dev, facts.ino);
    tally.moved(facts.isFile() ? Number(facts.size) : 0);
    tally.changed(folder.source, name);
    tally.changed(folder.target, target);
    if (folder.parent === null && placement !== 'over') tally.created(targetIn(folder, target));
    return true;
  }

  #appeared(source: NativePath): MooringError {
    const message = `Something has got the name of “${displayName(source)}” in the target meanwhile, and was left alone.`;
    return new MooringError('PATH_ALREADY_EXISTS', message);
  }

  async #visitFolder(visited: Visited, rest: readonly string[]): Promise<void> {
    const { folder, name, source, facts } = visited;
    this.#refuseIntoItself(source, facts);
    const pair = this.#continued(visited) ?? (await this.#openFolder(visited));
    if (!pair) return;
    this.#trail.push(encodeName(name));
    const names = onceMore(() => [...namesIn(source)])
      .map(toBytes)
      .sort(Buffer.compare);
    const [next, ...further] = rest;
    for (const bytes of names) {
      const encoded = bytes.toString('latin1');
      const order = next === undefined ? 1 : Buffer.compare(bytes, Buffer.from(next, 'latin1'));
      if (order < 0 || (order === 0 && further.length === 0)) continue;
      await this.#visitOrReport(pair, fromLatin1(encoded), order === 0 ? further : []);
    }
    this.#trail.pop();
    this.#options.stage.after(() => this.#close(pair, folder, name, facts));
  }

  #refuseIntoItself(source: NativePath, facts: FileFacts): void {
    const { items, request } = this.#options;
    const isDestination = items.some(({ destination }) => isSameFile(facts, destination.facts));
    if (!isDestination) return;
    const done = request.kind === 'move' ? 'moved' : 'copied';
    throw new MooringError('COPY_INTO_ITSELF', `“${displayName(source)}” cannot be ${done} into itself. Choose another destination.`);
  }

  /** What an earlier run has begun of this folder; null when it has not. */
  #continued({ folder, name, source }: Visited): FolderPair | null {
    const line = this.#options.resumed.folders.get(keyOf(folder, name));
    if (!line) return null;
    const target = joinPath(folder.target, fromLatin1(line.to));
    const pair = this.#pairOf(folder, source, target, line);
    const there = factsIfExists(target);
    if (there?.isDirectory()) return { ...pair, dev: there.dev };
    if (!line.made) return null;
    this.#make(pair);
    return pair;
  }

  #pairOf(folder: FolderPair, source: NativePath, target: NativePath, line: FolderLine): FolderPair {
    return {
      ...{ id: line.id, parent: folder, item: folder.item, source, target, dev: folder.dev, made: line.made },
      ...{ sourceMemory: line.source, targetMemory: line.target, crosses: folder.crosses, claims: this.#claimsOf(line.id) },
    };
  }

  /** Null when all of it is done, or left as it was. */
  async #openFolder(visited: Visited): Promise<FolderPair | null> {
    const { folder, name, source, facts, targetName } = visited;
    const existing = factsIfExists(targetIn(folder, targetName));
    const isMerged = existing?.isDirectory() === true && !isSameFile(existing, facts);
    if (!isMerged && (await this.#finished.concludeFolder(visited))) return null;
    let placement: Placement = 'new';
    if (existing && !isMerged) {
      const decided = this.#placementBesides(source, facts, existing);
      if (decided === null) return null;
      placement = decided;
    }
    if (!isMerged && (await this.#renameIfPossible(visited, placement))) return null;
    const to = placement === 'numbered' ? freeName(folder, targetName) : targetName;
    const line: FolderLine = {
      ...{ do: 'folder', id: this.#nextFolder++, in: folder.id, item: folder.item, from: encodeName(name), to: encodeName(to) },
      ...{ made: !isMerged, source: memoryOf(facts), target: isMerged && existing ? memoryOf(existing) : null },
    };
    const pair = this.#pairOf(folder, source, targetIn(folder, to), line);
    if (isMerged && existing) pair.dev = existing.dev;
    this.#options.journal.add(line);
    if (!isMerged) this.#make(pair);
    return pair;
  }

  /** What the answer says where a folder cannot merge with what has its name; null to leave it out. @throws MooringError */
  #placementBesides(source: NativePath, facts: FileFacts, existing: FileFacts): Placement | null {
    const { answers, stage, tally } = this.#options;
    const answer = answers.of(source);
    if (answer === 'rename') return 'numbered';
    if (answer === 'skip') {
      stage.after(() => {
        tally.state.result.skipped++;
      });
      return null;
    }
    const code = isSameFile(existing, facts) ? 'SAME_FILE' : 'CONFLICT';
    throw new MooringError(code, `Something else stands where the folder “${displayName(source)}” should go.`);
  }

  #make(pair: FolderPair): void {
    const { journal, tally, end } = this.#options;
    journal.write();
    try {
      // Closed to others until its own mode is set, after its content.
      mkdirSync(pair.target, { mode: 0o700 });
    } catch (error) {
      throw toFsError(error, pair.target);
    }
    const made = factsOf(pair.target);
    if (made.dev !== pair.dev) {
      rmdirSync(pair.target);
      end.targetGone();
    }
    journal.add({ do: 'made', id: pair.id, ino: String(made.ino) });
    tally.state.result.foldersCreated++;
    const parent = pair.parent;
    if (parent) {
      parent.claims.add(baseName(pair.target));
      tally.changed(parent.target, baseName(pair.target));
      if (parent.parent === null) tally.created(pair.target);
    }
  }

  /** Everything in it is done. */
  #close(pair: FolderPair, folder: FolderPair, name: NativePath, facts: FileFacts): void {
    const { attributes, tally, end, request } = this.#options;
    try {
      if (pair.made) {
        const { mode, atimeNs, mtimeNs } = pair.sourceMemory;
        const first = withTimes(facts, mode, BigInt(atimeNs), BigInt(mtimeNs));
        for (const what of attributes.copyToFolder(pair.source, first, pair.target)) tally.notKept(what, pair.source);
      }
      if (request.kind === 'move') this.#removeEmptied(pair, folder, name);
      this.#leave(pair);
    } catch (error) {
      end.check(error, pair.source);
      tally.problem(pair.source, toFsError(error, pair.source));
    }
  }

  /** What was left out, or has appeared meanwhile, keeps its folder. */
  #removeEmptied(pair: FolderPair, folder: FolderPair, name: NativePath): void {
    const { journal, tally } = this.#options;
    if (readdirSync(pair.source).length > 0) return;
    journal.add({ do: 'emptied', id: pair.id });
    journal.write();
    try {
      rmdirSync(pair.source);
    } catch (error) {
      if (errorNumber(error) === 'ENOTEMPTY' || errorNumber(error) === 'EEXIST') return;
      throw error;
    }
    tally.changed(folder.source, name);
    if (pair.made) tally.movedAcross(pair.source, pair.target);
  }

  /** Notes how a folder that was there before is left, so that undoing can tell whether anything else was done in it since. */
  #leave(pair: FolderPair): void {
    const [source, target] = [factsIfReachable(pair.source), factsIfReachable(pair.target)];
    this.#options.journal.add({
      ...{ do: 'left', id: pair.id },
      source: source && String(source.mtimeNs),
      target: target && String(target.mtimeNs),
    });
  }

  #cursorAt(name: NativePath): TransferState['cursor'] {
    return { item: this.#item, names: [...this.#trail, encodeName(name)] };
  }

  #verifyMode(folder: FolderPair, facts: FileFacts): VerifyMode {
    const { request, items } = this.#options;
    return verifyModeFor(request, items[folder.item]?.destination ?? null, facts.dev !== folder.dev);
  }

  #claimsOf(id: number): NameClaims {
    const claims = new NameClaims();
    for (const name of this.#finished.namesPlacedIn(id)) claims.add(name);
    return claims;
  }
}

function factsIfReachable(path: NativePath): FileFacts | null {
  try {
    return factsIfExists(path);
  } catch {
    // Its drive has a fault, or is gone.
    return null;
  }
}

function rootKey(parent: NativePath, destination: NativePath): string {
  return `${encodeName(parent)}\0${encodeName(destination)}`;
}

function lineOf({ id, item, sourceMemory, targetMemory }: FolderPair, from: string, to: string): FolderLine {
  return { do: 'folder', id, in: null, item, from, to, made: false, source: sourceMemory, target: targetMemory };
}

/** What a drive's error has spoilt is tried once more. */
function onceMore<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (errorNumber(error) !== 'EIO') throw error;
    return look();
  }
}

function fromLatin1(name: string): NativePath {
  const bytes = Buffer.from(name, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : bytes;
}

/** The facts of a folder as it was first seen: taking things out of it has changed its times since. */
function withTimes(facts: FileFacts, mode: number, atimeNs: bigint, mtimeNs: bigint): FileFacts {
  const type = facts.mode & ~0o7777n;
  return Object.assign(Object.create(Object.getPrototypeOf(facts)), facts, { mode: type | BigInt(mode), atimeNs, mtimeNs });
}
