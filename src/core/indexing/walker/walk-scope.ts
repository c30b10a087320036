import { lstatSync } from 'node:fs';
import { baseName, displayName, isWithin, joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { IndexedRoot } from '../index-task.ts';
import { type CompiledRules, compileRules, type FolderRules } from '../rules/compile-rules.ts';
import { Gitignores } from '../rules/gitignore.ts';
import { nameToWire } from '../walked-rows.ts';
import { type NestedMount, NestedMounts } from './nested-mounts.ts';
import { isTooLong } from './reachable-path.ts';

/** `fenced`: its inside is not to be indexed. `beyond`: nor is that of a folder above it. */
export type Reach = 'open' | 'fenced' | 'beyond' | 'gone';

const QUIET = { throwIfNoEntry: false } as const;
const ANCESTORS_MAX_AGE_MS = 500;
/** Characters of their paths, which may be very long. */
const ANCESTORS_MAX_LENGTH = 4 * 1024 * 1024;

/** What below a location's root is walked into, and what is left out. */
export class WalkScope {
  readonly root: NativePath;
  readonly mounts: NestedMounts;
  readonly #rules: CompiledRules;
  readonly #gitignores: Gitignores | null;
  readonly #crossVolumes: boolean;
  readonly #excluded: Set<string>;
  /** Folders above those that were asked for, as they were found lately: many share them. */
  readonly #ancestors = new Map<string, Reach>();
  #ancestorsLength = 0;
  #ancestorsSinceMs = 0;

  constructor({ path, rules, excluded }: IndexedRoot) {
    this.root = path;
    this.mounts = new NestedMounts(path);
    this.#rules = compileRules(rules);
    this.#gitignores = rules.honourGitignore ? new Gitignores(path) : null;
    this.#crossVolumes = rules.crossVolumes;
    this.#excluded = new Set(excluded.map(keyOf));
  }

  /** The world may have changed since the request before. */
  beginRequest(): void {
    const nowMs = performance.now();
    if (nowMs - this.#ancestorsSinceMs > ANCESTORS_MAX_AGE_MS || this.#ancestorsLength > ANCESTORS_MAX_LENGTH) {
      this.#ancestors.clear();
      this.#ancestorsLength = 0;
      this.#ancestorsSinceMs = nowMs;
    }
    this.#gitignores?.beginRequest();
    this.mounts.refresh();
  }

  /**
   * Whether a folder is to be read. That it is there itself is not looked at, only that the way to it leads through folders: where a
   * symbolic link has taken the place of one, what lies behind it does not belong to the location.
   */
  reach(folder: NativePath): Reach {
    if (samePath(folder, this.root)) return 'open';
    if (!isWithin(folder, this.root)) throw new MooringError('INTERNAL', `“${displayName(folder)}” is not below the location.`);
    const above = this.#reachAbove(parentOf(folder));
    if (above === 'fenced') return 'beyond';
    return above === 'open' && this.#isFenced(folder) ? 'fenced' : above;
  }

  /** Whether a folder on another device than the root may be entered, where no mount table tells. */
  entersOtherDevices(): boolean {
    return this.#crossVolumes || process.platform === 'linux';
  }

  /** @param hasSibling whether the folder holds an entry of that name */
  rulesIn(folder: NativePath, hasSibling: (name: string) => boolean): FolderRules {
    const below = this.#rules.needsPath || this.#gitignores ? pathBelow(folder, this.root) : '';
    const own = this.#rules.inFolder(below, hasSibling);
    const ignores = this.#gitignores?.inFolder(folder);
    if (!ignores) return own;
    return { leavesOut: (name, kind, size) => own.leavesOut(name, kind, size) || ignores.leavesOut(name, kind, size) };
  }

  /** Names in a folder that are not to be touched: servers or processes that may not answer are mounted there, and are not walked into. */
  avoidedIn(folder: NativePath): ReadonlySet<string> | null {
    if (this.mounts.isEmpty) return null;
    const avoided = this.mounts.namesIn(folder).filter((name) => this.isAvoided(joinPath(folder, name)));
    return avoided.length > 0 ? new Set(avoided.map(nameToWire)) : null;
  }

  isAvoided(folder: NativePath): boolean {
    const mount = this.mounts.at(folder);
    return mount?.mayHang === true && !this.#enters(mount);
  }

  #reachAbove(folder: NativePath): Reach {
    if (folder.length <= this.root.length) return 'open';
    const key = keyOf(folder);
    const known = this.#ancestors.get(key);
    if (known) return known;
    const above = this.#reachAbove(parentOf(folder));
    const reach = above === 'open' ? this.#look(folder) : above === 'fenced' ? 'beyond' : above;
    // What is gone may come back at once.
    if (reach !== 'gone') {
      this.#ancestors.set(key, reach);
      this.#ancestorsLength += key.length;
    }
    return reach;
  }

  #look(folder: NativePath): Reach {
    if (this.#isFenced(folder)) return 'fenced';
    // To look at each of hundreds of folders by way of the others would take longer than to walk them.
    if (isTooLong(folder)) return 'open';
    return lstatSync(folder, QUIET)?.isDirectory() ? 'open' : 'gone';
  }

  #isFenced(folder: NativePath): boolean {
    if (!this.#rules.entersFolder(displayName(baseName(folder)))) return true;
    if (this.#excluded.size > 0 && this.#excluded.has(keyOf(folder))) return true;
    if (this.mounts.isEmpty) return false;
    const mount = this.mounts.at(folder);
    return mount !== null && !this.#enters(mount);
  }

  #enters(mount: NestedMount): boolean {
    return this.#crossVolumes && mount.isEnterable;
  }
}

/** With slashes, whatever the platform; empty for the root. */
function pathBelow(folder: NativePath, root: NativePath): string {
  const shown = displayName(folder).slice(displayName(root).length);
  return (process.platform === 'win32' ? shown.replaceAll('\\', '/') : shown).replace(/^\//, '');
}

function keyOf(path: NativePath): string {
  return typeof path === 'string' ? path : `\0${path.toString('latin1')}`;
}
