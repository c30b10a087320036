import type { NativePath } from '#core/fs/native-path.ts';

/** Names in a folder with which one of our own operations has done something: made, changed, or taken away. */
export interface OwnChange {
  /** Absolute, through no symbolic links as far as is known. */
  folder: NativePath;
  /** Null for all that is in the folder, at any depth: where it is not known any more what was done. */
  names: readonly NativePath[] | null;
}

/**
 * A file, link or folder that was moved to another volume: it is whole at `to`, and gone from `from`. A folder is told of when it is gone
 * itself, after all that was in it. (What moves within a volume is recognised by its file number, and need not be told.)
 */
export interface OwnMove {
  from: NativePath;
  to: NativePath;
}

/** Brings indexes in line with what our own operations have done, at once, and in the same way as the watcher does. */
export interface IndexFollow {
  /**
   * To be called after each batch of changes, with both ends of what was moved among `changes`. Of folders that no open library has as a part
   * of a location nothing is done. Batches are taken in order; what comes meanwhile goes together.
   *
   * Resolves when the indexes are in line; also when that has to wait (a scan of the location is under way, the drive is slow), and goes on
   * then. Never rejects: what could not be followed is logged, and the next scan finds it. Whoever does much need not await each batch, only
   * the last.
   *
   * @param moves between volumes: where both ends are indexed by the same library, the entry keeps its uuid
   */
  changed(changes: readonly OwnChange[], moves?: readonly OwnMove[]): Promise<void>;
}
