import { lstatSync, readdirSync, readlinkSync, renameSync, unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { flushFiles, flushFolder } from '../file-copy/flush.ts';
import { type FileFacts, factsIfExists, isSameFile } from '../file-facts.ts';
import { type FolderPair, isMarked, keyOf, sourceIn, type Visited } from './folder-pair.ts';
import { JournalPaths } from './journal-paths.ts';
import { removeHolder, removeTemps } from './leftovers.ts';
import { removeSource } from './remove-source.ts';
import { hasSameBytes } from './same-bytes.ts';
import { removeTemp } from './staged-copies.ts';
import { decodeName, encodeName, type MoveLine, type PlaceLine } from './transfer-journal.ts';

import type { TransferParts } from './transfer-parts.ts';

type Begun = Pick<Visited, 'folder' | 'name' | 'source' | 'facts'>;

/** What an interrupted run has done behind its last checkpoint: found out by what its journal says and what is there, and finished. */
export class FinishedBefore {
  readonly #options: TransferParts;
  readonly #placedNames = new Map<number, NativePath[]>();
  readonly #gone = new Set<string>();

  constructor(options: TransferParts) {
    this.#options = options;
  }

  namesPlacedIn(folder: number): readonly NativePath[] {
    return this.#placedNames.get(folder) ?? [];
  }

  /** Removes what was unfinished, and counts what has been moved away entirely. @throws an error of `node:fs` */
  prepare(): void {
    const { resumed, request } = this.#options;
    const paths = new JournalPaths(request.items, resumed.folders.values());
    this.#rememberPlaced(paths);
    for (const hold of resumed.holds) removeHolder(paths, hold);
    const kept = this.#keptPartials(paths);
    for (const id of resumed.temps) {
      const folder = paths.target(id);
      if (folder !== null) removeTemps(folder, this.#options.tempId, kept);
    }
    for (const [key, line] of resumed.intents) if (this.#isMovedAway(paths, line)) this.#gone.add(key);
  }

  #rememberPlaced(paths: JournalPaths): void {
    const { resumed, placed, links } = this.#options;
    for (const line of resumed.placed) {
      const facts = factsAt(paths, line);
      // Something else may stand there, when it did not come to the placing.
      if (!facts || !isMarked(facts, line.mark, false)) continue;
      placed.add(facts.dev, facts.ino);
      const names = this.#placedNames.get(line.in) ?? [];
      names.push(decodeName(line.to));
      this.#placedNames.set(line.in, names);
    }
    for (const [link, line] of resumed.links) {
      const folder = paths.target(line.in);
      const facts = factsAt(paths, line);
      if (folder !== null && facts && isMarked(facts, line.mark)) links.set(link, joinPath(folder, decodeName(line.to)));
    }
  }

  /** Counts it, too. */
  #isMovedAway(paths: JournalPaths, line: PlaceLine | MoveLine): boolean {
    const [from, to] = [paths.source(line.in), paths.target(line.in)];
    if (from === null || to === null || this.#options.request.kind !== 'move') return false;
    const source = joinPath(from, decodeName(line.from));
    if (factsIfExists(source) || !factsAt(paths, line)) return false;
    this.#count(line, source, joinPath(to, decodeName(line.to)));
    return true;
  }

  /** Removes beginnings of files that nobody has continued: they were not met any more. */
  dropUnused(): void {
    const { resumed, request } = this.#options;
    const paths = new JournalPaths(request.items, resumed.folders.values());
    for (const line of resumed.partials.values()) {
      const folder = paths.target(line.in);
      if (folder !== null) removeTemp(joinPath(folder, decodeName(line.temp)));
    }
  }

  /** Whether it was moved away by the interrupted run. */
  isGone(folder: FolderPair, name: NativePath): boolean {
    if (this.#options.resumed.isEmpty) return false;
    const key = keyOf(folder, name);
    if (this.#gone.has(key)) return true;
    const line = this.#options.resumed.folders.get(key);
    return line !== undefined && this.#options.resumed.emptied.has(line.id) && !factsIfExists(sourceIn(folder, name));
  }

  /** Finishes a file or link whose copy has its name already, or which was about to be renamed. @returns whether there was something to finish */
  async conclude({ folder, name, source, facts }: Begun): Promise<boolean> {
    const { resumed } = this.#options;
    const line = resumed.isEmpty ? undefined : resumed.intents.get(keyOf(folder, name));
    if (!line) return false;
    resumed.intents.delete(keyOf(folder, name));
    if (await this.#concludeBy(line, { folder, name, source, facts })) return true;
    this.#options.journal.add({ do: 'failed', in: folder.id, from: encodeName(name) });
    return false;
  }

  async #concludeBy(line: PlaceLine | MoveLine, { folder, name, source, facts }: Begun): Promise<boolean> {
    const { request, tally } = this.#options;
    const target = joinPath(folder.target, decodeName(line.to));
    const existing = factsIfExists(target);
    if (!existing) return false;
    if (line.do === 'move') {
      if (!isSameFile(existing, facts) || facts.isDirectory()) return false;
      unlinkSync(source);
    } else {
      if (!this.#isPlaced(line, source, target, existing)) return false;
      if (request.kind === 'move') {
        await this.makeDurable(target);
        if (String(facts.ino) !== line.source.ino || String(facts.mtimeNs) !== line.source.mtimeNs) return false;
        removeSource(source, facts);
      }
    }
    if (request.kind === 'move') tally.changed(folder.source, name);
    tally.changed(folder.target, decodeName(line.to));
    this.#count(line, source, target);
    return true;
  }

  /** Finishes a folder that was about to be renamed: an empty folder of ours has its new name. */
  async concludeFolder({ folder, name, source }: Begun): Promise<boolean> {
    const line = this.#options.resumed.intents.get(keyOf(folder, name));
    if (line?.do !== 'move' || !line.isFolder) return false;
    const target = joinPath(folder.target, decodeName(line.to));
    if (!factsIfExists(target)?.isDirectory() || readdirSync(target).length > 0) return false;
    try {
      renameSync(source, target);
    } catch (error) {
      if (errorNumber(error) === 'EXDEV') return false;
      throw error;
    }
    this.#count(line, source, target);
    return true;
  }

  /** So that a source may be removed: its copy and its name are on the disk. @throws an error of `node:fs` */
  async makeDurable(target: NativePath): Promise<void> {
    const folder = parentOf(target);
    if (lstatSync(target).isFile()) await flushFiles([target], folder);
    await flushFolder(folder);
  }

  /** Beginnings of large files that can be continued; others are removed. */
  #keptPartials(paths: JournalPaths): Set<string> {
    const { resumed } = this.#options;
    const kept = new Set<string>();
    for (const [key, line] of resumed.partials) {
      const [from, to] = [paths.source(line.in), paths.target(line.in)];
      if (from === null || to === null) continue;
      const facts = factsIfExists(joinPath(from, decodeName(line.from)));
      const isSame = facts && String(facts.ino) === line.source.ino && String(facts.mtimeNs) === line.source.mtimeNs;
      const temp = joinPath(to, decodeName(line.temp));
      if (isSame && Number(facts.size) === line.source.size && factsIfExists(temp)) kept.add(encodeName(temp));
      else {
        removeTemp(temp);
        resumed.partials.delete(key);
      }
    }
    return kept;
  }

  /** Whether what has the name is the copy. Where numbers of files do not last, its content tells. */
  #isPlaced(line: PlaceLine, source: NativePath, target: NativePath, existing: FileFacts): boolean {
    const { mark } = line;
    if (Number(existing.size) !== mark.size || String(existing.mtimeNs) !== mark.mtimeNs) return false;
    if (String(existing.ino) === mark.ino) return true;
    if (existing.isSymbolicLink()) return readlinkSync(source, 'buffer').equals(readlinkSync(target, 'buffer'));
    return existing.isFile() && hasSameBytes(source, target, this.#options.control);
  }

  #count(line: PlaceLine | MoveLine, source: NativePath, target: NativePath): void {
    const { tally, items } = this.#options;
    const { result } = tally.state;
    const bytes = line.mark.size;
    if (line.do === 'move') tally.moved(line.isFolder ? 0 : bytes);
    else if (line.kind === 'file') {
      const { strategy, verified } = line;
      if (strategy !== 'rename') tally.fileCopied({ bytes, strategy, notKept: [] }, source, verified);
    } else {
      if (line.kind === 'symlink') result.symlinksCopied++;
      else result.hardLinks++;
      tally.itemDone(0);
    }
    if (!line.over && items.some(({ destination }) => encodeName(joinPath(destination.path, decodeName(line.to))) === encodeName(target))) {
      tally.created(target);
    }
  }
}

function factsAt(paths: JournalPaths, line: PlaceLine | MoveLine): FileFacts | null {
  const folder = paths.target(line.in);
  return folder === null ? null : factsIfExists(joinPath(folder, decodeName(line.to)));
}
