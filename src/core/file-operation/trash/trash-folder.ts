import type { NativePath } from '#core/fs/native-path.ts';
import type { Source } from '../file-task/source-finder.ts';

/** Something in a trash that can go back to where it was. */
export interface TrashedFile {
  /** Where it is now. */
  path: NativePath;
  /** Where it was. */
  originalPath: NativePath;
  /** To the second where the system keeps no more; null where it does not say. */
  trashedAt: Date | null;
}

/** One folder in which a system keeps what users throw away, with a record of where it was. Nothing of it is trusted: others write there too. */
export interface TrashFolder {
  /**
   * Moves something here, whole; nothing is copied, and the folder is made if missing. The record is written first, so that nothing lies here of which nobody knows where it was.
   *
   * @throws an error of `node:fs`, `EXDEV` among them: it is where it was then, and no record is left
   */
  put(source: Source, at: Date): TrashedFile;
  /** What lies here and can go back. @throws an error of `node:fs` */
  list(): TrashedFile[];
  /** What lies here at that path; null when nothing does, or nobody knows where it was. */
  find(path: NativePath): TrashedFile | null;
  /** Removes the record of what has been taken out. */
  forget(item: TrashedFile): void;
}

/** How a system keeps its trash. Every implementation passes the conformance suite (`test/engine/file-operation/trash/trash-conformance.ts`). */
export interface TrashSystem {
  /** Where something could go, best first; nothing is made yet. @throws MooringError `NO_TRASH`, with the reason, when asked for more than there are */
  foldersFor(source: Source): Generator<TrashFolder, never>;
  /** Those that are there: this user's own, and those on volumes mounted at these places. */
  present(mountPoints: readonly string[]): TrashFolder[];
  /** The one of this user in which `path` lies directly; null when it lies in none. */
  holding(path: NativePath): TrashFolder | null;
}
