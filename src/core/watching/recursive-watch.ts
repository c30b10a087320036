import { type FSWatcher, lstatSync, watch } from 'node:fs';
import { sep } from 'node:path';
import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { GITIGNORE_FILE } from '#core/indexing/rules/gitignore.ts';
import { ChangeCollector } from './change-collector.ts';
import { nameKey, type WatchedFolder } from './folder-node.ts';
import { type FolderWatch, type FolderWatchOptions, RootLostError } from './folder-watch.ts';

/** Folders are forgotten, to be made anew when needed, once there are so many. */
const MAX_KNOWN_FOLDERS = 50_000;

/**
 * Watches a tree on macOS and Windows, where the system itself watches all below a folder (FSEvents, ReadDirectoryChangesW): one watch for
 * all of it, which also covers folders that are made later. Events that come without a name mean that others have been lost.
 */
export class RecursiveWatch implements FolderWatch {
  readonly changes: ChangeCollector;
  readonly #options: FolderWatchOptions;
  readonly #root: WatchedFolder;
  readonly #folders = new Map<string, WatchedFolder>();
  #watcher: FSWatcher | null = null;
  #isLost = false;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#root = { path: () => options.root.path };
    this.changes = new ChangeCollector(this.#root, options.holdMs);
  }

  get folderCount(): number {
    return this.#watcher ? 1 : 0;
  }

  async start(): Promise<void> {
    this.checkRoot();
    this.#watcher = watch(this.#options.root.path, { recursive: true, persistent: false });
    this.#watcher.on('change', (_type, name) => this.#receive(name === null ? null : String(name)));
    this.#watcher.on('error', () => {
      // Windows reports it when the watched folder is removed.
      this.#isLost = true;
      this.#options.onEvent();
    });
  }

  async settle(): Promise<void> {
    this.checkRoot();
  }

  async verify(): Promise<void> {
    // There is nothing to repair: the system knows what it watches.
  }

  checkRoot(): void {
    if (this.#isLost || !lstatSync(this.#options.root.path, { throwIfNoEntry: false })?.isDirectory()) throw new RootLostError();
  }

  async close(): Promise<void> {
    this.#watcher?.close();
    this.#watcher = null;
  }

  #receive(relativePath: string | null): void {
    this.#options.guard.count();
    if (relativePath === null) this.changes.addEverything();
    else {
      const names = relativePath.split(sep).filter((part) => part !== '');
      const name = names.pop();
      if (name === undefined || names.some((part) => /\.sdlibrary$/i.test(part)) || this.#isExcluded(relativePath)) return;
      const folder = this.#folder(names);
      // Other names may be left out in it, and below it.
      if (name === GITIGNORE_FILE && this.#options.root.rules.honourGitignore) this.changes.addAll(folder, 'subtree');
      else this.changes.add(folder, nameKey(name), performance.now());
    }
    this.#options.onEvent();
  }

  #folder(names: readonly string[]): WatchedFolder {
    const key = names.join(sep);
    const known = this.#folders.get(key);
    if (known) return known;
    if (this.#folders.size >= MAX_KNOWN_FOLDERS) this.#folders.clear();
    const path = names.reduce<NativePath>(joinPath, this.#options.root.path);
    const folder: WatchedFolder = { path: () => path };
    this.#folders.set(key, folder);
    return folder;
  }

  #isExcluded(relativePath: string): boolean {
    const path = displayName(joinPath(this.#options.root.path, relativePath));
    return this.#options.root.excluded.some((excluded) => path === excluded || path.startsWith(`${displayName(excluded)}${sep}`));
  }
}
