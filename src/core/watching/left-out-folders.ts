import { existsSync } from 'node:fs';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { type CompiledRules, compileRules, type FolderRules } from '#core/indexing/rules/compile-rules.ts';
import { NestedMounts } from '#core/indexing/walker/nested-mounts.ts';
import { nameKey } from './folder-node.ts';

/**
 * The folders below a root that are not watched, since nothing in them is indexed: what rules leave out, libraries (whose own writes would
 * be changes without end), and other file systems, unless they belong to the location. What only a `.gitignore` leaves out is watched:
 * such files change, and the indexer knows them.
 */
export class LeftOutFolders {
  readonly #root: NativePath;
  readonly #rules: CompiledRules;
  readonly #entersMounts: boolean;
  readonly #excluded: Set<string>;
  readonly #mounts: NestedMounts;

  constructor({ path, excluded, rules }: IndexedRoot) {
    this.#root = path;
    this.#rules = compileRules(rules);
    this.#entersMounts = rules.crossVolumes;
    this.#excluded = new Set(excluded.map(nameKey));
    this.#mounts = new NestedMounts(path);
  }

  /** @returns what tells of one folder whether a folder in it is left out */
  in(folder: NativePath): (name: NativePath) => boolean {
    let rules: FolderRules | null = null;
    return (name) => {
      rules ??= this.#rules.inFolder(this.#rules.needsPath ? this.#below(folder) : '', (sibling) => existsSync(joinPath(folder, sibling)));
      const shown = displayName(name);
      return !this.#rules.entersFolder(shown) || rules.leavesOut(shown, KIND_RANK.folder, 0) || this.#isFenced(joinPath(folder, name));
    };
  }

  /** Looks again at what is mounted. */
  refresh(): void {
    this.#mounts.refresh();
  }

  #isFenced(path: NativePath): boolean {
    if (this.#excluded.size > 0 && this.#excluded.has(nameKey(path))) return true;
    const mount = this.#mounts.isEmpty ? null : this.#mounts.at(path);
    return mount !== null && !(this.#entersMounts && mount.isEnterable);
  }

  /** With slashes; empty for the root. */
  #below(folder: NativePath): string {
    return displayName(folder).slice(displayName(this.#root).length).replace(/^\//, '');
  }
}
