import { baseName, displayName, isWithin, joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { type FileFacts, factsIfExists } from '../file-facts.ts';
import { MountPoints } from './mount-points.ts';
import { pathKey, RealFolders } from './real-folders.ts';

/** Something that is to be taken away, as it is now. */
export interface Source {
  /** Without symbolic links on the way to it. */
  path: NativePath;
  facts: FileFacts;
}

/** Finds what users have named, to take it away. */
export class SourceFinder {
  readonly #kept: readonly NativePath[];
  readonly #folders = new RealFolders();
  readonly #mountPoints = new MountPoints();
  readonly #found = new Set<string>();

  /** @param kept real folders in which Mooring itself works */
  constructor(kept: readonly NativePath[]) {
    this.#kept = kept;
  }

  /**
   * Null for what was found before.
   *
   * @throws MooringError `PATH_NOT_FOUND`; `NOT_SUPPORTED` for the root of a volume, and for what Mooring itself works with; an error of `node:fs`
   */
  find(path: NativePath): Source | null {
    const place = joinPath(this.#folders.of(parentOf(path)), baseName(path));
    const facts = factsIfExists(place);
    if (!facts) throw reasonError('PATH_NOT_FOUND', 'ENOENT', { path: displayName(path) });
    this.#mountPoints.refuse(place, facts);
    refuseKept(place, this.#kept);
    const key = pathKey(place);
    if (this.#found.has(key)) return null;
    this.#found.add(key);
    return { path: place, facts };
  }
}

/** Without what lies in another of them. */
export function outermost(sources: readonly Source[]): Source[] {
  const keys = new Set(sources.map(({ path }) => pathKey(path)));
  return sources.filter(({ path }) => {
    for (let above = parentOf(path); !samePath(above, parentOf(above)); above = parentOf(above)) if (keys.has(pathKey(above))) return false;
    return true;
  });
}

/** @throws MooringError `NOT_SUPPORTED` */
export function refuseKept(place: NativePath, kept: readonly NativePath[]): void {
  const held = kept.find((folder) => isWithin(folder, place) || isWithin(place, folder));
  if (held === undefined) return;
  throw reasonError('NOT_SUPPORTED', 'mooring-works-there', { path: displayName(held) });
}
