import { toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { type FileFacts, factsIfExists, identityOf } from '../file-facts.ts';
import { type NamingMount, refuseUnfitName } from '../file-task/fitting-names.ts';
import { MountPoints } from '../file-task/mount-points.ts';
import { pathKey, RealFolders } from '../file-task/real-folders.ts';
import { refuseKept } from '../file-task/source-finder.ts';

/** A new name for a file, link or folder, where it is. */
export interface RenameItem {
  path: NativePath;
  name: NativePath;
}

/** One that is going to have another name. */
export interface PlannedRename {
  item: RenameItem;
  /** Its folder, without symbolic links on the way. */
  folder: NativePath;
  from: NativePath;
  to: NativePath;
  facts: FileFacts;
  /** To the file system both names are one: they differ in case, or in how letters are composed. */
  isRespelling: boolean;
  /** Which of the others has the name now. */
  after: PlannedRename | null;
}

export interface RenamePlan {
  renames: PlannedRename[];
  /** What cannot have its name, and why. */
  obstacles: { item: RenameItem; error: MooringError }[];
}

export interface RenameBounds {
  /** Real folders in which Mooring itself works. */
  kept: readonly NativePath[];
  /** Longest path first. */
  mounts: readonly NamingMount[];
}

/** Finds out what of a batch can be renamed, and what has to be renamed before what. Changes nothing. */
export function planRenames(items: readonly RenameItem[], bounds: RenameBounds, step: () => void): RenamePlan {
  return new RenamePlanner(bounds, step).plan(items);
}

class RenamePlanner {
  readonly #bounds: RenameBounds;
  readonly #step: () => void;
  readonly #folders = new RealFolders();
  readonly #mountPoints = new MountPoints();
  readonly #obstacles: RenamePlan['obstacles'] = [];
  /** By where they are. */
  readonly #sources = new Map<string, PlannedRename>();
  /** By folder and file, for folders that do not tell spellings apart. */
  readonly #files = new Map<string, PlannedRename>();

  constructor(bounds: RenameBounds, step: () => void) {
    this.#bounds = bounds;
    this.#step = step;
  }

  plan(items: readonly RenameItem[]): RenamePlan {
    const found = this.#each(
      items,
      (item) => item,
      (item) => this.#find(item),
    );
    const targets = new Set<string>();
    const single = this.#each(
      found,
      ({ item }) => item,
      (rename) => this.#refuseTwice(rename, targets),
    );
    const renames = this.#each(
      single,
      ({ item }) => item,
      (rename) => this.#settle(rename),
    );
    return { renames, obstacles: this.#obstacles };
  }

  /** What of them gives something; what throws is an obstacle. */
  #each<In, Out>(all: readonly In[], itemOf: (one: In) => RenameItem, take: (one: In) => Out | null): Out[] {
    return all.flatMap((one) => {
      this.#step();
      try {
        return take(one) ?? [];
      } catch (error) {
        const item = itemOf(one);
        this.#obstacles.push({ item, error: toFsError(error, item.path) });
        return [];
      }
    });
  }

  /** Null when it has the name already. */
  #find(item: RenameItem): PlannedRename | null {
    const folder = this.#folders.of(parentOf(item.path));
    const from = baseName(item.path);
    const place = joinPath(folder, from);
    const facts = factsIfExists(place);
    if (!facts) throw reasonError('PATH_NOT_FOUND', 'ENOENT', { path: displayName(item.path) });
    this.#mountPoints.refuse(place, facts);
    refuseKept(place, this.#bounds.kept);
    if (samePath(from, item.name)) return null;
    refuseUnfitName(folder, item.name, this.#bounds.mounts);
    const rename = { item, folder, from, to: item.name, facts, isRespelling: false, after: null };
    if (this.#sources.has(pathKey(place))) throw reasonError('INVALID_INPUT', 'named-twice', { path: displayName(from) });
    this.#sources.set(pathKey(place), rename);
    this.#files.set(`${pathKey(folder)}/${identityOf(facts)}`, rename);
    return rename;
  }

  /** No two get one name, and nothing is renamed together with a folder that it is in. */
  #refuseTwice(rename: PlannedRename, targets: Set<string>): PlannedRename {
    const { folder, from, to } = rename;
    const target = pathKey(joinPath(folder, to));
    if (targets.has(target)) {
      throw reasonError('INVALID_INPUT', 'two-of-one-name', { path: displayName(to) });
    }
    for (let above = folder; !samePath(above, parentOf(above)); above = parentOf(above)) {
      if (!this.#sources.has(pathKey(above))) continue;
      throw reasonError('INVALID_INPUT', 'folder-renamed-too', { path: displayName(from), folder: displayName(above) });
    }
    targets.add(target);
    return rename;
  }

  /** Finds out who has the name now. @throws MooringError `PATH_ALREADY_EXISTS` */
  #settle(rename: PlannedRename): PlannedRename {
    const { folder, facts, to } = rename;
    const target = joinPath(folder, to);
    const present = factsIfExists(target);
    if (!present) return rename;
    rename.after = this.#sources.get(pathKey(target)) ?? null;
    if (rename.after) return rename;
    if (!this.#folders.lists(folder, to)) {
      rename.isRespelling = identityOf(present) === identityOf(facts);
      if (rename.isRespelling) return rename;
      rename.after = this.#files.get(`${pathKey(folder)}/${identityOf(present)}`) ?? null;
      if (rename.after) return rename;
    }
    throw reasonError('PATH_ALREADY_EXISTS', 'exists-in-its-folder', { path: displayName(to) });
  }
}
