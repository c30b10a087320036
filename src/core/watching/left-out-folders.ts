import { readFileSync } from 'node:fs';
import { displayName, isWithin, type NativePath, samePath } from '#core/fs/native-path.ts';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { parseMountinfo } from '#core/volume/linux/mountinfo.ts';
import { nameKey } from './folder-node.ts';

/**
 * The folders below a root that are never watched: those that are never indexed (a library's own writes would be changes without end),
 * and other file systems, unless they belong to the location.
 */
export class LeftOutFolders {
  readonly #excluded: Set<string>;
  readonly #root: NativePath;
  readonly #entersMounts: boolean;
  #mountPoints: Set<string>;

  constructor({ path, excluded, rules }: IndexedRoot) {
    this.#root = path;
    this.#excluded = new Set(excluded.map(nameKey));
    this.#entersMounts = rules.crossVolumes;
    this.#mountPoints = this.#readMountPoints();
  }

  has(path: NativePath, name: NativePath): boolean {
    const key = nameKey(path);
    return /\.sdlibrary$/i.test(displayName(name)) || this.#excluded.has(key) || this.#mountPoints.has(key);
  }

  /** Looks again at what is mounted. */
  refresh(): void {
    this.#mountPoints = this.#readMountPoints();
  }

  #readMountPoints(): Set<string> {
    if (this.#entersMounts || process.platform !== 'linux') return new Set();
    const mounts = parseMountinfo(readFileSync('/proc/self/mountinfo'));
    const below = mounts.filter(({ mountPoint }) => isWithin(mountPoint, this.#root) && !samePath(mountPoint, this.#root));
    return new Set(below.map(({ mountPoint }) => nameKey(mountPoint)));
  }
}
