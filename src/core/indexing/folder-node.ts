import { isLargeFolder } from '#core/entry/large-folder.ts';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import type { RowsFolder } from './entry-inserts.ts';

/** What is known of a folder from its row. */
export interface FolderFacts {
  id: number;
  name: NativePath;
  modifiedMs: number;
  modifiedNs: number;
  listedMs: number | null;
  listedNs: number;
  hash: number | null;
  /** Null until it has been read once. */
  childCount: number | null;
  /** Folders at any depth below it. */
  folderCount: number;
  problem: string | null;
}

/** What a reading of a folder has found, still to be written to its row. */
export interface FolderListing {
  listedAt: { ms: number; ns: number } | null;
  hash: number | null;
}

const NO_TOP = { rootPath: null, isLimbo: false };

/**
 * A folder that work is under way in or below, and what has changed in it since the last commit. Held by `FolderTree`, which has at most one
 * for each folder.
 */
export class FolderNode {
  readonly id: number;
  readonly locationId: number;
  name: NativePath;
  /** Null for the root of a location and for a limbo. */
  parent: FolderNode | null;
  /** Of the root of a location: its path on this computer; null of a limbo and of a root that is not there. */
  readonly rootPath: NativePath | null;
  /** What it holds has vanished. */
  readonly isLimbo: boolean;
  modifiedMs: number;
  modifiedNs: number;
  listedMs: number | null;
  listedNs: number;
  hash: number | null;
  childCount: number | null;
  folderCount: number;
  problem: string | null;
  /** Its rows are marked as being in a large folder: since it is one, or is found to become one. */
  isLarge: boolean;
  /** It has been added by the work under way: no row is below it that nobody knows of. */
  isNew = false;
  /** A commit has parted what was read of it. */
  isPartlyRead = false;
  /** Work under way in it, and nodes whose parent it is. */
  holders = 0;
  isTouched = false;
  /** To be added to its row, and to those of the folders above it. */
  bytesDelta = 0;
  filesDelta = 0;
  foldersDelta = 0;
  /** To be added to its row alone. */
  childrenDelta = 0;
  listing: FolderListing | null = null;
  #path: NativePath | null = null;
  #pathVersion = -1;

  constructor(
    facts: FolderFacts,
    locationId: number,
    parent: FolderNode | null,
    top: { rootPath: NativePath | null; isLimbo: boolean } = NO_TOP,
  ) {
    this.id = facts.id;
    this.locationId = locationId;
    this.name = facts.name;
    this.parent = parent;
    this.rootPath = top.rootPath;
    this.isLimbo = top.isLimbo;
    this.modifiedMs = facts.modifiedMs;
    this.modifiedNs = facts.modifiedNs;
    this.listedMs = facts.listedMs;
    this.listedNs = facts.listedNs;
    this.hash = facts.hash;
    this.childCount = facts.childCount;
    this.folderCount = facts.folderCount;
    this.isLarge = isLargeFolder(facts.childCount);
    this.problem = facts.problem;
  }

  get depth(): number {
    let depth = 0;
    for (let node = this.parent; node; node = node.parent) depth += 1;
    return depth;
  }

  /** The root of its location, or the limbo that it has come to. */
  get top(): FolderNode {
    let node: FolderNode = this;
    while (node.parent) node = node.parent;
    return node;
  }

  /** As rows that are put into it know it. */
  get asFolder(): RowsFolder {
    return { id: this.id, locationId: this.top.locationId, isLarge: this.isLarge };
  }

  isWithin(id: number): boolean {
    for (let node: FolderNode | null = this; node; node = node.parent) if (node.id === id) return true;
    return false;
  }

  /** @param version changes whenever a folder has moved. @returns its absolute path; null when it has vanished */
  path(version: number): NativePath | null {
    if (!this.parent) return this.rootPath;
    if (this.#pathVersion === version) return this.#path;
    const above = this.parent.path(version);
    this.#path = above === null ? null : joinPath(above, this.name);
    this.#pathVersion = version;
    return this.#path;
  }
}
