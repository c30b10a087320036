import type { FSWatcher } from 'node:fs';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';

/** A folder that changes are noted for. */
export interface WatchedFolder {
  /** Where it is now; null when it is no longer part of what is watched. */
  path(): NativePath | null;
}

/**
 * One folder of a watched tree. It knows its folder and not its path, so that what is noted for it stays right when a folder above it is
 * moved. There may be a million of these: they hold no more than they must.
 */
export class FolderNode implements WatchedFolder {
  parent: FolderNode | null;
  name: NativePath;
  /** By `nameKey`; null while there are none. */
  children: Map<string, FolderNode> | null = null;
  watcher: FSWatcher | null = null;
  inode = 0;
  /** Time of birth in milliseconds, 0 where the file system keeps none: with the inode it says whether this is still the same folder. */
  bornMs = 0;
  /** Of what has come or gone in it not all could be looked at, since it was on its way elsewhere: it has to be read again. */
  isPartial = false;

  constructor(parent: FolderNode | null, name: NativePath) {
    this.parent = parent;
    this.name = name;
  }

  path(): NativePath | null {
    const above = this.parent?.path() ?? null;
    return above === null ? null : joinPath(above, this.name);
  }

  attachTo(parent: FolderNode, name: NativePath): void {
    this.parent = parent;
    this.name = name;
    parent.children ??= new Map();
    parent.children.set(nameKey(name), this);
  }

  detach(): void {
    const { parent } = this;
    if (parent?.children?.get(nameKey(this.name)) === this) parent.children.delete(nameKey(this.name));
    this.parent = null;
  }

  /** The folder itself and all below it, as they are known. */
  *subtree(): Generator<FolderNode, void> {
    yield this;
    for (const child of this.children?.values() ?? []) yield* child.subtree();
  }
}

/** The folder at the top: its name is its path. */
export class RootNode extends FolderNode {
  constructor(path: NativePath) {
    super(null, path);
  }

  override path(): NativePath {
    return this.name;
  }
}

/** A name as a key of maps. Names that are not UTF-8 begin with "\0", which no name holds. */
export function nameKey(name: NativePath): string {
  return typeof name === 'string' ? name : `\0${name.toString('latin1')}`;
}

export function nameOfKey(key: string): NativePath {
  return key.startsWith('\0') ? Buffer.from(key.slice(1), 'latin1') : key;
}
