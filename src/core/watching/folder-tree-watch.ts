import { type FSWatcher, lstatSync, type Stats, type WatchListener, watch } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fromBytes, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { readFolder } from '#core/fs/read-folder.ts';
import { withReachablePath } from '#core/indexing/walker/reachable-path.ts';
import { ChangeCollector } from './change-collector.ts';
import { FolderNode, nameKey, nameOfKey, RootNode } from './folder-node.ts';
import { type FolderWatch, type FolderWatchOptions, RootLostError, WatchLimitError } from './folder-watch.ts';
import { type IndexedFolder, IndexFolders } from './index-folders.ts';
import { LeftOutFolders } from './left-out-folders.ts';
import { OrphanedFolders } from './orphaned-folders.ts';
import type { OverflowGuard } from './overflow-guard.ts';
import { WatcherDisposal } from './watcher-disposal.ts';

type IsLeftOut = ReturnType<LeftOutFolders['in']>;
type FolderWatcher = FSWatcher & { node: FolderNode };

/** After so long of work the event loop has its turn: the kernel's queue of events has to be emptied. */
const SLICE_MS = 20;

/**
 * Watches a tree on Linux, with one `fs.watch` (an inotify watch) per folder. At the start the folders come from the index: only those
 * that have changed since are read. `npm run bench -- watch` compares this with other means.
 *
 * A folder is watched before it is read, and told of after it was watched; so nothing that happens in it goes unnoticed.
 */
export class FolderTreeWatch implements FolderWatch {
  readonly changes: ChangeCollector;
  readonly #options: FolderWatchOptions;
  readonly #guard: OverflowGuard;
  readonly #root: RootNode;
  readonly #leftOut: LeftOutFolders;
  readonly #orphans: OrphanedFolders;
  readonly #disposal: WatcherDisposal;
  /** One for all folders: a closure for each would be memory. */
  readonly #onChange: WatchListener<Buffer>;
  #rootFacts: Stats | null = null;
  /** Folders that are still to be watched, or to be looked at again. */
  #toVisit: FolderNode[] = [];
  readonly #indexed = new Map<FolderNode, IndexedFolder>();
  /** Names that have come or gone, so that folders may be among them. */
  #comings = new Map<FolderNode, Set<string>>();
  /** Folders in which other names may be left out than before. */
  #otherwiseLeftOut = new Set<FolderNode>();
  #isVerifying = false;
  #isClosed = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#guard = options.guard;
    this.#root = new RootNode(options.root.path);
    this.#leftOut = new LeftOutFolders(options.root);
    this.#disposal = new WatcherDisposal(options.guard);
    this.#orphans = new OrphanedFolders((node) => this.#release(node));
    this.changes = new ChangeCollector(this.#root, options.holdMs);
    const receive = this.#receive.bind(this);
    this.#onChange = function (this: unknown, type, name) {
      receive((this as FolderWatcher).node, type, name);
    };
  }

  get folderCount(): number {
    let count = 0;
    for (const node of this.#root.subtree()) if (node.watcher) count++;
    return count;
  }

  async start(): Promise<void> {
    this.#rootFacts = this.#lookAtRoot();
    const index = new IndexFolders(this.#options.databasePath);
    try {
      const indexed = index.root(this.#options.root.locationId);
      if (indexed) this.#indexed.set(this.#root, indexed);
      this.#toVisit.push(this.#root);
      await this.#visitAll(index);
    } finally {
      this.#indexed.clear();
      index.close();
    }
  }

  async verify(): Promise<void> {
    this.#isVerifying = true;
    try {
      this.#leftOut.refresh();
      this.#toVisit.push(this.#root);
      await this.#visitAll(null);
    } finally {
      this.#isVerifying = false;
    }
  }

  async settle(): Promise<void> {
    this.checkRoot();
    this.#leftOut.refresh();
    await this.#sortOut();
    while (this.#comings.size > 0 && !this.#isClosed) {
      const comings = this.#comings;
      this.#comings = new Map();
      // What left comes first, so that what arrived can be recognised.
      await this.#inSlices(comings, (node, key) => this.#checkDeparture(node, key));
      await this.#inSlices(comings, (node, key) => this.#checkArrival(node, key));
      await this.#visitAll(null);
    }
  }

  checkRoot(): void {
    this.#lookAtRoot();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    this.#toVisit = [];
    this.#orphans.close();
    this.#release(this.#root);
    return this.#disposal.settled();
  }

  #receive(node: FolderNode, type: string, name: Buffer | null): void {
    this.#guard.count();
    if (this.#isClosed) return;
    if (name === null) this.changes.addAll(node, 'folder');
    else {
      const key = nameKey(fromBytes(name));
      if (this.#leftOut.dependsOn(key)) {
        this.#otherwiseLeftOut.add(node);
        this.changes.addAll(node, 'subtree');
      } else this.changes.add(node, key, performance.now());
      const child = node.children?.get(key);
      if (type === 'rename' || (child && !child.watcher)) this.#note(node, key);
    }
    this.#options.onEvent();
  }

  #note(node: FolderNode, key: string): void {
    const names = this.#comings.get(node);
    if (names) names.add(key);
    else this.#comings.set(node, new Set([key]));
  }

  /** @throws RootLostError */
  #lookAtRoot(): Stats {
    const facts = factsOf(this.#root.path());
    if (!facts?.isDirectory()) throw new RootLostError();
    const before = this.#rootFacts;
    if (before && (before.ino !== facts.ino || before.dev !== facts.dev)) throw new RootLostError();
    return facts;
  }

  /** Lets go of what is left out now, and looks for what is not any more. */
  async #sortOut(): Promise<void> {
    const tops = this.#otherwiseLeftOut;
    this.#otherwiseLeftOut = new Set();
    for (const top of tops) {
      for (const node of top.subtree()) {
        const path = node.path();
        if (path === null) continue;
        const isLeftOut = this.#leftOut.in(path);
        for (const child of node.children?.values() ?? []) {
          if (!isLeftOut(child.name)) continue;
          child.detach();
          this.#release(child);
        }
        this.#toVisit.push(node);
      }
    }
    await this.#visitAll(null);
  }

  #checkDeparture(node: FolderNode, key: string): void {
    const child = node.children?.get(key);
    const path = child?.path() ?? null;
    if (!child || path === null) return;
    const facts = factsOf(path);
    if (facts?.isDirectory() && isSameFolder(child, facts)) return;
    child.detach();
    this.#orphans.add(child);
  }

  #checkArrival(node: FolderNode, key: string): void {
    const known = node.children?.get(key);
    if (known?.watcher) return;
    const parentPath = node.path();
    if (parentPath === null) {
      // It may turn up elsewhere, and is then read again.
      node.isPartial = true;
      return;
    }
    const name = nameOfKey(key);
    const facts = factsOf(joinPath(parentPath, name));
    if (!facts?.isDirectory() || this.#leftOut.in(parentPath)(name)) return;
    const moved = known ? null : this.#orphans.take(facts);
    if (moved) {
      moved.attachTo(node, name);
      for (const below of moved.subtree()) if (below.isPartial) this.#toVisit.push(below);
      return;
    }
    const arrived = known ?? new FolderNode(node, name);
    arrived.attachTo(node, name);
    this.#toVisit.push(arrived);
    // What was created in it before it was watched has to be looked for.
    this.changes.addAll(arrived, 'subtree');
  }

  async #inSlices(names: Map<FolderNode, Set<string>>, work: (node: FolderNode, key: string) => void): Promise<void> {
    let endMs = performance.now() + SLICE_MS;
    for (const [node, keys] of names) {
      for (const key of keys) {
        work(node, key);
        if (performance.now() < endMs) continue;
        await nextTurn();
        endMs = performance.now() + SLICE_MS;
      }
    }
  }

  async #visitAll(index: IndexFolders | null): Promise<void> {
    let endMs = performance.now() + SLICE_MS;
    for (let node = this.#toVisit.pop(); node && !this.#isClosed; node = this.#toVisit.pop()) {
      this.#visit(node, index);
      if (performance.now() < endMs) continue;
      await nextTurn();
      this.#leftOut.refresh();
      endMs = performance.now() + SLICE_MS;
    }
  }

  /** Watches a folder, and finds those in it. */
  #visit(node: FolderNode, index: IndexFolders | null): void {
    const path = node.path();
    if (path === null) return;
    const indexed = this.#indexed.get(node);
    this.#indexed.delete(node);
    try {
      const facts = withReachablePath(path, (reachable) => this.#watch(node, reachable));
      const known = index && indexed ? index.in(indexed) : [];
      const isAsIndexed = indexed !== undefined && indexed.listedMs === Math.floor(facts.mtimeMs);
      const isLeftOut = this.#leftOut.in(path);
      if (isAsIndexed) for (const child of known) this.#found(node, child, isLeftOut);
      else withReachablePath(path, (reachable) => this.#read(node, reachable, known, isLeftOut));
    } catch (error) {
      this.#fail(node, error);
    }
  }

  /** @returns what the folder is, looked at after it was watched */
  #watch(node: FolderNode, path: NativePath): Stats {
    node.watcher ??= this.#makeWatcher(node, path);
    let facts = lstatSync(path);
    if (node.inode !== 0 && !isSameFolder(node, facts)) {
      // Another folder has its name now; its own watch has died with it, or follows it to where it is.
      this.#disposal.add(node.watcher);
      node.watcher = this.#makeWatcher(node, path);
      facts = lstatSync(path);
    }
    if (!facts.isDirectory()) throw Object.assign(new Error('No folder'), { code: 'ENOTDIR' });
    node.inode = facts.ino;
    node.bornMs = facts.birthtimeMs;
    return facts;
  }

  #makeWatcher(node: FolderNode, path: NativePath): FSWatcher {
    return Object.assign(watch(path, { encoding: 'buffer', persistent: false }, this.#onChange), { node });
  }

  #read(node: FolderNode, path: NativePath, indexed: readonly IndexedFolder[], isLeftOut: IsLeftOut): void {
    const rows = new Map(indexed.map((row) => [nameKey(row.name), row]));
    const missing = new Set(node.children?.keys());
    const { isPartial } = node;
    node.isPartial = false;
    for (const { bytes, dirent } of readFolder(path)) {
      if (!dirent.isDirectory()) continue;
      const name = fromBytes(bytes);
      const key = nameKey(name);
      const isKnown = missing.delete(key);
      if (isPartial && !isKnown) this.#note(node, key);
      else this.#found(node, rows.get(key) ?? { id: 0, name, listedMs: null, hasFolders: true }, isLeftOut);
    }
    for (const key of missing) this.#note(node, key);
  }

  #found(parent: FolderNode, folder: IndexedFolder, isLeftOut: IsLeftOut): void {
    const known = parent.children?.get(nameKey(folder.name));
    if (known && !this.#isVerifying) return;
    if (isLeftOut(folder.name)) return;
    const node = known ?? new FolderNode(parent, folder.name);
    if (!known) node.attachTo(parent, folder.name);
    if (folder.id !== 0) this.#indexed.set(node, folder);
    this.#toVisit.push(node);
  }

  #fail(node: FolderNode, error: unknown): void {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOSPC') throw new WatchLimitError('max_user_watches', error);
    if (code === 'EMFILE') throw new WatchLimitError('max_user_instances', error);
    const isGone = code === 'ENOENT' || code === 'ENOTDIR';
    if (isGone && node === this.#root) throw new RootLostError();
    // What may not be read is known, and watched as soon as its permissions change.
    if (!isGone) return;
    if (node.parent) node.parent.isPartial = true;
    node.detach();
    this.#release(node);
  }

  #release(top: FolderNode): void {
    for (const node of top.subtree()) {
      if (node.watcher) this.#disposal.add(node.watcher);
      node.watcher = null;
    }
  }
}

function factsOf(path: NativePath): Stats | null {
  try {
    return withReachablePath(path, (reachable) => lstatSync(reachable, { throwIfNoEntry: false })) ?? null;
  } catch {
    // What cannot be looked at is treated like what is not there: it cannot be watched either.
    return null;
  }
}

/** An inode number alone may be another folder's by now. */
function isSameFolder(node: FolderNode, facts: Stats): boolean {
  return node.inode === facts.ino && node.bornMs === facts.birthtimeMs;
}
