import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { baseName, joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { type FileFacts, factsIfExists, factsOf, isSameFile } from '../file-facts.ts';
import type { Placement } from './conflict-answers.ts';
import type { FinishedBefore } from './finished-before.ts';
import { type FolderPair, keyOf, memoryOf, NameClaims, type Visited } from './folder-pair.ts';
import { freeName } from './free-target-name.ts';
import { renameIfPossible } from './rename-within.ts';
import type { TakenNames } from './taken-names.ts';
import { decodeName, encodeName, type FolderLine } from './transfer-journal.ts';
import type { TransferParts, WalkItem } from './transfer-parts.ts';

/** The folders of a transfer, on both sides: found, merged or made in the target, and closed when everything is in them. */
export class TransferFolders {
  readonly #parts: TransferParts;
  readonly #finished: FinishedBefore;
  readonly #taken: TakenNames;
  readonly #roots = new Map<string, FolderPair>();
  /** What an earlier run has noted of them; null until it is asked for. */
  #rootLines: Map<string, FolderLine> | null = null;
  #nextId: number;

  constructor(parts: TransferParts, finished: FinishedBefore, taken: TakenNames) {
    this.#parts = parts;
    this.#finished = finished;
    this.#taken = taken;
    this.#nextId = parts.resumed.lastFolder + 1;
  }

  /** The pair of folders that holds an item on both sides: one for all that come from the same folder. */
  rootOf(index: number, { source, destination }: WalkItem): FolderPair {
    const parent = parentOf(source);
    const key = rootKey(parent, destination.path);
    const known = this.#roots.get(key);
    if (known) return known;
    const line = this.#rootLine(key);
    const sourceMemory = line?.source ?? memoryOf(factsOf(parent));
    const targetMemory = line?.target ?? memoryOf(destination.facts);
    const id = line?.id ?? this.#nextId++;
    const pair: FolderPair = {
      ...{ id, parent: null, item: index, source: parent, target: destination.path, dev: destination.facts.dev, made: false },
      ...{ sourceMemory, targetMemory, crosses: false, claims: this.#claimsOf(id), hidden: null, isLost: false },
    };
    if (!line) this.#parts.journal.add(lineOf(pair));
    this.#roots.set(key, pair);
    return pair;
  }

  /** Continued, merged with what is there, or made. Null when all of it is done, or left as it was. @throws an error of this folder */
  async open(visited: Visited): Promise<FolderPair | null> {
    return this.#continued(visited) ?? (await this.#begin(visited));
  }

  /** Everything that belongs into it was handed to the stage. */
  close(pair: FolderPair, { folder, name, facts }: Visited): void {
    const { stage } = this.#parts;
    if (pair.hidden && pair.hidden !== folder.hidden) stage.endHidden(pair.hidden);
    stage.after(() => this.#finish(pair, folder, name, facts));
  }

  /** Notes how the folders that hold the items are left. */
  leave(): void {
    for (const root of this.#roots.values()) this.#leave(root);
  }

  /** Of an earlier run, whichever item it was begun for. */
  #rootLine(key: string): FolderLine | null {
    const { items, resumed } = this.#parts;
    if (!this.#rootLines) {
      this.#rootLines = new Map();
      for (const line of resumed.folders.values()) {
        const item = line.in === null ? items[line.item] : undefined;
        if (item) this.#rootLines.set(rootKey(parentOf(item.source), item.destination.path), line);
      }
    }
    return this.#rootLines.get(key) ?? null;
  }

  /** What an earlier run has begun of this folder; null when it has not. */
  #continued({ folder, name, source }: Visited): FolderPair | null {
    const { resumed } = this.#parts;
    const line = resumed.isEmpty ? undefined : resumed.folders.get(keyOf(folder, name));
    if (!line) return null;
    const pair = this.#pairOf(folder, source, line);
    const there = factsIfExists(pair.target);
    if (there?.isDirectory()) return { ...pair, dev: there.dev };
    if (!line.made) return null;
    this.#make(pair);
    return pair;
  }

  #pairOf(folder: FolderPair, source: NativePath, line: FolderLine): FolderPair {
    return {
      ...{ id: line.id, parent: folder, item: folder.item, source, target: joinPath(folder.target, decodeName(line.to)) },
      ...{ dev: folder.dev, made: line.made, sourceMemory: line.source, targetMemory: line.target, crosses: folder.crosses },
      ...{ claims: this.#claimsOf(line.id), hidden: folder.hidden, isLost: false },
    };
  }

  async #begin(visited: Visited): Promise<FolderPair | null> {
    const { folder, name, source, facts, targetName } = visited;
    const existing = await this.#taken.existing(visited);
    const isMerged = existing?.isDirectory() === true && !isSameFile(existing, facts);
    if (!isMerged && (await this.#finished.concludeFolder(visited))) return null;
    let placement: Placement = 'new';
    if (existing && !isMerged) {
      const decided = this.#taken.placementOfFolder(visited, existing);
      if (decided === null) return null;
      placement = decided;
    }
    if (!isMerged && (await renameIfPossible(this.#parts, visited, placement))) return null;
    const to = placement === 'numbered' ? freeName(folder, targetName) : targetName;
    const line: FolderLine = {
      ...{ do: 'folder', id: this.#nextId++, in: folder.id, item: folder.item, from: encodeName(name), to: encodeName(to) },
      ...{ made: !isMerged, source: memoryOf(facts), target: isMerged && existing ? memoryOf(existing) : null },
    };
    const pair = this.#pairOf(folder, source, line);
    if (!isMerged || !existing) return this.#makeHidden(pair, line, placement);
    pair.dev = existing.dev;
    this.#parts.journal.add(line);
    return pair;
  }

  /** It gets its name when everything is in it, or as much as may be lost in a crash. */
  #makeHidden(pair: FolderPair, line: FolderLine, placement: Placement): FolderPair {
    const { stage } = this.#parts;
    const { parent } = pair;
    if (!parent) throw new Error('A folder is made in another');
    const hidden = parent.hidden ?? stage.hide(parent, placement === 'numbered');
    if (!parent.hidden) pair.target = hidden.path;
    pair.hidden = hidden;
    hidden.addFolder(pair, line, this.#makeAt(pair));
    parent.claims.add(decodeName(line.to));
    return pair;
  }

  /** Under its name, since the journal says so. */
  #make(pair: FolderPair): void {
    const { journal, tally } = this.#parts;
    journal.write();
    journal.add({ do: 'made', id: pair.id, ino: String(this.#makeAt(pair)) });
    tally.state.result.foldersCreated++;
    const parent = pair.parent;
    if (!parent) return;
    parent.claims.add(baseName(pair.target));
    tally.changed(parent.target, baseName(pair.target));
    if (parent.parent === null) tally.created(pair.target);
  }

  /** @returns its number @throws MooringError `VOLUME_OFFLINE`; an error of this folder */
  #makeAt({ target, dev }: FolderPair): bigint {
    try {
      // Closed to others until its own mode is set, after its content.
      mkdirSync(target, { mode: 0o700 });
    } catch (error) {
      throw toFsError(error, target);
    }
    const made = factsOf(target);
    if (made.dev === dev) return made.ino;
    rmdirSync(target);
    return this.#parts.end.targetGone();
  }

  #finish(pair: FolderPair, folder: FolderPair, name: NativePath, facts: FileFacts): void {
    const { attributes, tally, end, request } = this.#parts;
    if (pair.isLost) return;
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
    const { journal, tally } = this.#parts;
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
    this.#parts.journal.add({
      ...{ do: 'left', id: pair.id },
      source: source && String(source.mtimeNs),
      target: target && String(target.mtimeNs),
    });
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

/** Of what holds an item: it has no names in the journal. */
function lineOf({ id, item, sourceMemory, targetMemory }: FolderPair): FolderLine {
  return { do: 'folder', id, in: null, item, from: '', to: '', made: false, source: sourceMemory, target: targetMemory };
}

/** The facts of a folder as it was first seen: taking things out of it has changed its times since. */
function withTimes(facts: FileFacts, mode: number, atimeNs: bigint, mtimeNs: bigint): FileFacts {
  const type = facts.mode & ~0o7777n;
  return Object.assign(Object.create(Object.getPrototypeOf(facts)), facts, { mode: type | BigInt(mode), atimeNs, mtimeNs });
}
