import type { Stats } from 'node:fs';
import type { FolderNode } from './folder-node.ts';

/** For so long a folder that has left may turn up elsewhere. */
const KEEP_MS = 1000;

/**
 * Folders that are not where they were. A moved one turns up elsewhere in the same tree at once, and goes on being watched by the same
 * watches, so that nothing that happens in it during the move is lost. The others are let go.
 */
export class OrphanedFolders {
  readonly #release: (node: FolderNode) => void;
  readonly #byInode = new Map<number, FolderNode>();
  #timer: NodeJS.Timeout | null = null;

  constructor(release: (node: FolderNode) => void) {
    this.#release = release;
  }

  add(node: FolderNode): void {
    const isUnknown = node.inode === 0;
    const replaced = isUnknown ? node : this.#byInode.get(node.inode);
    if (replaced) this.#release(replaced);
    if (!isUnknown) this.#byInode.set(node.inode, node);
    this.#timer?.refresh();
    this.#timer ??= setTimeout(() => this.#releaseAll(), KEEP_MS).unref();
  }

  /** The one that has become the folder with these facts. Without a time of birth nobody knows: inode numbers are given again at once. */
  take({ ino, birthtimeMs }: Stats): FolderNode | null {
    const node = this.#byInode.get(ino);
    if (!node || birthtimeMs === 0 || node.bornMs !== birthtimeMs) return null;
    this.#byInode.delete(ino);
    return node;
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#releaseAll();
  }

  #releaseAll(): void {
    this.#timer = null;
    for (const node of this.#byInode.values()) this.#release(node);
    this.#byInode.clear();
  }
}
