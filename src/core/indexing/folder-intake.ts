import { isLargeFolder } from '#core/entry/large-folder.ts';
import { FolderComparison, type FoundFolder } from './folder-comparison.ts';
import type { FolderNode } from './folder-node.ts';
import { locationGone } from './index-errors.ts';
import type { IndexedRoot } from './index-task.ts';
import type { Asked, PendingFolders, WorkItem } from './pending-folders.ts';
import type { RunContext } from './run-context.ts';
import type { WalkedFolder } from './walk-messages.ts';
import type { WalkedRows } from './walked-rows.ts';

/** Takes in what walkers say of folders: brings their rows in line with it, and has the folders in them looked at in their turn. */
export class FolderIntake {
  readonly #context: RunContext;
  readonly #pending: PendingFolders;
  readonly #root: IndexedRoot;

  constructor(context: RunContext, pending: PendingFolders, root: IndexedRoot) {
    this.#context = context;
    this.#pending = pending;
    this.#root = root;
  }

  /** Takes what a walker says of a folder, and which rows of its batch are in it. @returns whether that was all */
  take(item: Asked, walked: WalkedFolder, rows: WalkedRows, from: number, to: number): boolean {
    if (walked.outcome === 'gone') return this.#gone(item);
    if (walked.outcome === 'failed') return this.#failed(item, walked);
    if (this.#isAnother(item.node, walked)) {
      item.isStale = walked.hasMore;
      return this.#gone(item) && !walked.hasMore;
    }
    if (!walked.hasMore) this.#updateSelf(item.node, walked);
    if (walked.outcome === 'unchanged') return this.#unchanged(item);
    return this.#listed(item, walked, rows, from, to);
  }

  #listed(item: Asked, walked: WalkedFolder, rows: WalkedRows, from: number, to: number): boolean {
    const { node } = item;
    const { counts } = this.#context;
    const isWhole = item.names === null && !walked.hasMore && !item.comparison;
    const hash = isWhole && !rows.hasProblem(from, to) ? rows.hash(from, to) : null;
    counts.entriesSeen += to - from;
    counts.bytesSeen += rows.bytes(from, to);
    if (hash !== null && hash === node.hash) {
      counts.unchanged += to - from;
      counts.foldersListed += 1;
      if (node.problem !== null || !isListedAt(node, walked)) this.#noteListing(node, walked, hash);
      if (rows.hasFolder(from, to)) this.#pushSubfolders(item);
      return true;
    }
    node.isLarge ||= walked.hasMore || isLargeFolder(to - from);
    item.comparison ??= new FolderComparison(this.#context, node, item.names);
    item.comparison.take(rows, from, to);
    if (walked.hasMore) return false;
    item.comparison.finish();
    counts.foldersListed += 1;
    if (item.names === null) this.#noteListing(node, walked, hash);
    node.isNew = false;
    this.#pushFound(item, item.comparison.found);
    item.comparison = null;
    return true;
  }

  #noteListing(node: FolderNode, { listedAt }: WalkedFolder, hash: number | null): void {
    node.listing = { listedAt, hash };
    this.#context.tree.touch(node);
  }

  #unchanged(item: Asked): boolean {
    this.#context.counts.unchanged += 1;
    if (item.node.folderCount > 0) this.#pushSubfolders(item);
    return true;
  }

  /** The folder above it knows more: whether it is gone, too, or what is at its place. */
  #gone(item: Asked): boolean {
    const { node, levels, isFull, spread } = item;
    const { parent } = node;
    if (!parent) throw locationGone(this.#root);
    parent.holders += 1;
    this.#pending.push({ node: parent, names: [node.name], levels: levels + 1, isFull, spread });
    return true;
  }

  #failed({ node, path }: Asked, { error }: WalkedFolder): boolean {
    const { code, message } = error ?? { code: 'IO_ERROR', message: '' };
    if (node.problem !== code) {
      this.#context.store.setProblem(node.id, code);
      node.problem = code;
      this.#context.report.modified += 1;
      this.#context.report.folder(path);
    }
    this.#context.problem({ path, code, message });
    return true;
  }

  /** Another folder has its path now: which one, the folder above knows. */
  #isAnother(node: FolderNode, { self }: WalkedFolder): boolean {
    if (!self || !node.parent || (node.modifiedMs === self.modifiedMs && node.modifiedNs === self.modifiedNs)) return false;
    const entry = this.#context.store.byId(node.id);
    if (!entry || self.inode === 0n || (entry.inodeHigh === 0 && entry.inodeLow === 0)) return false;
    const isSameNumber = ((BigInt(entry.inodeHigh) << 32n) | BigInt(entry.inodeLow)) === self.inode;
    return !isSameNumber || (entry.bornMs !== null && self.bornMs !== null && entry.bornMs !== self.bornMs);
  }

  /** A folder's own time changes with its entries, and not with those of the folder that it is in. */
  #updateSelf(node: FolderNode, { self }: WalkedFolder): void {
    const { tree, store } = this.#context;
    if (!self) return;
    if (node.parent && node.modifiedMs === self.modifiedMs && node.modifiedNs === self.modifiedNs) return;
    store.updateFolder(node.id, self);
    node.modifiedMs = self.modifiedMs;
    node.modifiedNs = self.modifiedNs;
    if (node.parent) tree.forgetHash(node.parent);
  }

  #pushSubfolders(item: WorkItem): void {
    const { tree } = this.#context;
    if (item.levels <= 0 || item.spread === 'changed') return;
    const { isFull, spread } = item;
    const nodes = tree.subfolders(item.node.id).map((facts) => tree.holdChild(facts, item.node));
    this.#pending.push(...nodes.map((node) => ({ node, names: null, levels: item.levels - 1, isFull, spread })));
  }

  #pushFound(item: WorkItem, found: FoundFolder[]): void {
    const below: WorkItem[] = [];
    for (const { node, how, isAsListed } of found) {
      const spread = how === 'known' ? item.spread : 'all';
      if (item.levels <= 0 || (spread === 'changed' && isAsListed)) this.#context.tree.release(node);
      else below.push({ node, names: null, levels: item.levels - 1, isFull: item.isFull, spread });
    }
    this.#pending.push(...below);
  }
}

function isListedAt(node: FolderNode, { listedAt }: WalkedFolder): boolean {
  if (listedAt === null) return node.listedMs === null;
  return node.listedMs === listedAt.ms && node.listedNs === listedAt.ns;
}
