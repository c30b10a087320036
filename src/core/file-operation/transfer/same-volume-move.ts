import { linkSync, mkdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { baseName, type NativePath } from '#core/fs/native-path.ts';
import { NO_HARD_LINKS, placeNew } from '../file-copy/place.ts';
import type { FileFacts } from '../file-facts.ts';
import { type FolderPair, markOf, sourceIn, targetIn } from './folder-pair.ts';
import { encodeName, type TransferJournal } from './transfer-journal.ts';

export interface RenamedItem {
  folder: FolderPair;
  /** In the source's folder. */
  name: NativePath;
  facts: FileFacts;
  /** In the target's. */
  targetName: NativePath;
  /** Whether it is to take the place of a file. */
  over: boolean;
}

/** What became of an attempt: the name was taken meanwhile, or renaming does not lead there (another subvolume, a bind mount). */
export type RenameOutcome = 'moved' | 'taken' | 'crosses';

/**
 * Moves within a volume, without ever replacing anything by accident: a file gets its new name by `link`, which refuses one that is taken; a
 * folder is renamed over an empty folder of ours.
 */
export class SameVolumeMove {
  readonly #journal: TransferJournal;

  constructor(journal: TransferJournal) {
    this.#journal = journal;
  }

  /** @throws an error of `node:fs` */
  rename(item: RenamedItem): RenameOutcome {
    const { folder, name, facts, targetName, over } = item;
    const isFolder = facts.isDirectory();
    const names = { from: encodeName(name), to: encodeName(targetName) };
    this.#journal.add({ do: 'move', in: folder.id, ...names, isFolder, over, mark: markOf(facts) });
    this.#journal.write();
    const outcome = isFolder ? renameFolder(sourceIn(folder, name), targetIn(folder, targetName)) : this.#renameFile(item);
    if (outcome !== 'moved') this.#journal.add({ do: 'failed', in: folder.id, from: names.from });
    return outcome;
  }

  #renameFile({ folder, name, facts, targetName, over }: RenamedItem): RenameOutcome {
    const [source, target] = [sourceIn(folder, name), targetIn(folder, targetName)];
    try {
      if (over) {
        renameSync(source, target);
        return 'moved';
      }
      // Elsewhere than on Linux `link` follows symbolic links.
      if (facts.isSymbolicLink() && process.platform !== 'linux') return this.#renameHeld(folder, name, targetName);
      linkSync(source, target);
    } catch (error) {
      const number = errorNumber(error) ?? '';
      if (number === 'EEXIST') return 'taken';
      if (number === 'EXDEV') return 'crosses';
      if (!NO_HARD_LINKS.has(number)) throw error;
      return this.#renameHeld(folder, name, targetName);
    }
    try {
      unlinkSync(source);
    } catch (error) {
      // It may not be taken away from there: then it stays as it was.
      unlinkSync(target);
      throw error;
    }
    return 'moved';
  }

  #renameHeld(folder: FolderPair, name: NativePath, targetName: NativePath): RenameOutcome {
    const [source, target] = [sourceIn(folder, name), targetIn(folder, targetName)];
    try {
      const hold = () => {
        const names = { from: encodeName(name), to: encodeName(baseName(target)) };
        this.#journal.add({ do: 'hold', in: folder.id, ...names, temp: null, atMs: Date.now() });
        this.#journal.write();
      };
      return placeNew(source, target, hold) ? 'moved' : 'taken';
    } catch (error) {
      if (errorNumber(error) === 'EXDEV') return 'crosses';
      throw error;
    }
  }
}

/** @throws an error of `node:fs` */
function renameFolder(source: NativePath, target: NativePath): RenameOutcome {
  // On Windows nothing is renamed over a folder, so that its name needs no holding.
  const isHeld = process.platform !== 'win32';
  try {
    if (isHeld) mkdirSync(target, { mode: 0o700 });
  } catch (error) {
    if (errorNumber(error) === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    renameSync(source, target);
    return 'moved';
  } catch (error) {
    if (isHeld) removeEmpty(target);
    const number = errorNumber(error);
    if (number === 'EXDEV') return 'crosses';
    if (number === 'ENOTEMPTY' || number === 'EEXIST') return 'taken';
    throw error;
  }
}

function removeEmpty(folder: NativePath): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody has put something into it: it is theirs now.
  }
}
