import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { baseName, fromBytes, type NativePath, samePath, toBytes } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import type { VerifyMode } from '#shared/contract/file.ts';
import { type FileFacts, factsOf, isSameFile } from '../file-facts.ts';
import { FinishedBefore } from './finished-before.ts';
import { type FolderPair, sourceIn, type Visited } from './folder-pair.ts';
import { renameIfPossible } from './rename-within.ts';
import { TakenNames } from './taken-names.ts';
import { refusalOf } from './target-rules.ts';
import { TransferFolders } from './transfer-folders.ts';
import { encodeName, isAscii } from './transfer-journal.ts';
import type { TransferParts } from './transfer-parts.ts';
import { intoItself, unresponsive } from './transfer-refusals.ts';
import { verifyModeFor } from './verify-mode.ts';

/**
 * Goes through what is to be copied or moved, depth first, each folder's names sorted by their bytes, so that a place in this order tells what
 * is done and what is not. Files are handed to the stage.
 */
export class TransferWalk {
  readonly #parts: TransferParts;
  readonly #finished: FinishedBefore;
  readonly #taken: TakenNames;
  readonly #folders: TransferFolders;
  /** Where volumes are mounted that do not answer. */
  readonly #dead: TransferParts['request']['mounts'];
  #item = 0;
  /** Names of the folders that lead to where the walk is. */
  #trail: string[] = [];

  constructor(parts: TransferParts) {
    this.#parts = parts;
    this.#dead = parts.request.mounts.filter(({ unresponsive: isDead }) => isDead);
    this.#finished = new FinishedBefore(parts);
    this.#taken = new TakenNames(parts, this.#finished);
    this.#folders = new TransferFolders(parts, this.#finished, this.#taken);
  }

  /** @throws what ends the transfer */
  async run(): Promise<void> {
    const { items, stage, tally } = this.#parts;
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
    this.#folders.leave();
  }

  async #walkItem(index: number, rest: readonly string[]): Promise<void> {
    const item = this.#parts.items[index];
    if (!item) return;
    const name = baseName(item.source);
    try {
      await this.#visitOrReport(this.#folders.rootOf(index, item), name, null, rest);
    } catch (error) {
      this.#parts.end.check(error, item.source);
      throw error;
    }
  }

  /** @param seen null where it is to be looked at */
  async #visitOrReport(folder: FolderPair, name: NativePath, seen: FileFacts | null, rest: readonly string[]): Promise<void> {
    const { control, end, stage, tally } = this.#parts;
    control.check();
    const source = sourceIn(folder, name);
    const depth = this.#trail.length;
    const cursor = { item: this.#item, names: [...this.#trail, encodeName(name)] };
    try {
      await this.#visit({ folder, name, source, cursor }, seen, rest);
    } catch (error) {
      end.check(error, source);
      this.#trail.length = depth;
      stage.after(() => tally.problem(source, toFsError(error, source)));
      stage.after(() => tally.itemDone(0));
    }
    stage.passed(cursor);
    await stage.turn();
  }

  async #visit(place: Omit<Visited, 'facts' | 'targetName'>, seen: FileFacts | null, rest: readonly string[]): Promise<void> {
    const { folder, name, source } = place;
    const dead = this.#dead.find(({ mountPoint }) => samePath(source, mountPoint));
    if (dead) throw unresponsive(dead);
    if (this.#finished.isGone(folder, name)) return;
    const facts = seen ?? onceMore(() => factsOf(source));
    const visited = { ...place, facts, targetName: this.#fit(folder, this.#wantedName(folder, name), facts) };
    if (facts.isDirectory()) await this.#visitFolder(visited, rest);
    else await this.#visitFile(visited);
  }

  #wantedName(folder: FolderPair, name: NativePath): NativePath {
    return (folder.parent === null ? this.#parts.items[this.#item]?.as : null) ?? name;
  }

  /** @throws MooringError `NOT_SUPPORTED` where it cannot be put there */
  #fit(folder: FolderPair, name: NativePath, facts: FileFacts): NativePath {
    const { request, items } = this.#parts;
    const refusal = refusalOf(name, facts, items[folder.item]?.destination.mount?.capabilities ?? null);
    if (!refusal) return name;
    if (request.unfitNames === 'rename' && refusal.proposedName !== null) return refusal.proposedName;
    throw refusal.error;
  }

  async #visitFile(visited: Visited): Promise<void> {
    if (await this.#finished.conclude(visited)) return;
    const existing = await this.#taken.existing(visited);
    const placement = existing ? await this.#taken.placementOfFile(visited, existing) : 'new';
    if (placement === null || (await renameIfPossible(this.#parts, visited, placement))) return;
    const { folder, facts, targetName } = visited;
    if (folder.hidden) folder.claims.add(targetName);
    await this.#parts.stage.add({ ...visited, placement, existing, verify: this.#verifyMode(folder, facts) });
  }

  async #visitFolder(visited: Visited, rest: readonly string[]): Promise<void> {
    const { name, source, facts } = visited;
    this.#refuseIntoItself(source, facts);
    const pair = await this.#folders.open(visited);
    if (!pair) return;
    this.#trail.push(encodeName(name));
    const seen = this.#parts.request.kind === 'move' ? null : this.#parts.seen.take(source, facts);
    const names = inOrder(seen?.names ?? onceMore(() => [...namesIn(source)]));
    const [next, ...further] = rest;
    for (const name of names) {
      if (pair.isLost) break;
      const order = next === undefined ? 1 : Buffer.compare(toBytes(name), Buffer.from(next, 'latin1'));
      if (order < 0 || (order === 0 && further.length === 0)) continue;
      await this.#visitOrReport(pair, name, seen?.files.get(name) ?? null, order === 0 ? further : []);
    }
    this.#trail.pop();
    this.#folders.close(pair, visited);
  }

  #refuseIntoItself(source: NativePath, facts: FileFacts): void {
    const { items, request } = this.#parts;
    const isDestination = items.some(({ destination }) => isSameFile(facts, destination.facts));
    if (!isDestination) return;
    throw intoItself(source, request.kind);
  }

  #verifyMode(folder: FolderPair, facts: FileFacts): VerifyMode {
    const { request, items } = this.#parts;
    return verifyModeFor(request, items[folder.item]?.destination ?? null, facts.dev !== folder.dev);
  }
}

/** Sorted by their bytes; most names are ASCII alone, whose order is that of their letters. */
function inOrder(names: NativePath[]): NativePath[] {
  if (names.every(isAscii)) return names.sort();
  return names.map(toBytes).sort(Buffer.compare).map(fromBytes);
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
