import { existsSync } from 'node:fs';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { type CompiledRules, compileRules, type FolderRules } from '#core/indexing/rules/compile-rules.ts';
import { GITIGNORE_FILE, Gitignores } from '#core/indexing/rules/gitignore.ts';
import { NestedMounts } from '#core/indexing/walker/nested-mounts.ts';
import { nameKey } from './folder-node.ts';

/**
 * The folders below a root that are not watched, since nothing in them is indexed: what rules and `.gitignore` files leave out,
 * libraries (whose own writes would be changes without end), and other file systems, unless they belong to the location.
 */
export class LeftOutFolders {
  readonly #root: NativePath;
  readonly #rules: CompiledRules;
  readonly #gitignores: Gitignores | null;
  readonly #entersMounts: boolean;
  readonly #excluded: Set<string>;
  readonly #mounts: NestedMounts;

  constructor({ path, excluded, rules }: IndexedRoot) {
    this.#root = path;
    this.#rules = compileRules(rules);
    this.#gitignores = rules.honourGitignore ? new Gitignores(path) : null;
    this.#entersMounts = rules.crossVolumes;
    this.#excluded = new Set(excluded.map(nameKey));
    this.#mounts = new NestedMounts(path);
  }

  /** @returns what tells of one folder whether a folder in it is left out */
  in(folder: NativePath): (name: NativePath) => boolean {
    let rules: FolderRules[] | null = null;
    return (name) => {
      rules ??= this.#rulesIn(folder);
      const shown = displayName(name);
      const isLeftOut = rules.some(({ leavesOut }) => leavesOut(shown, KIND_RANK.folder, 0));
      return isLeftOut || !this.#rules.entersFolder(shown) || this.#isFenced(joinPath(folder, name));
    };
  }

  /** Whether other names in a folder, and below it, may be left out when a file of that name changes. */
  dependsOn(name: string): boolean {
    return this.#gitignores !== null && name === GITIGNORE_FILE;
  }

  /** Looks again at what is mounted, and from now on at what `.gitignore` files say. */
  refresh(): void {
    this.#mounts.refresh();
    this.#gitignores?.beginRequest();
  }

  #rulesIn(folder: NativePath): FolderRules[] {
    const below = this.#rules.needsPath ? this.#below(folder) : '';
    const own = this.#rules.inFolder(below, (sibling) => existsSync(joinPath(folder, sibling)));
    const ignores = this.#gitignores?.inFolder(folder);
    return ignores ? [own, ignores] : [own];
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
