import { joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { factsIfExists } from '../file-facts.ts';
import { MountPoints } from '../file-task/mount-points.ts';
import type { Source } from '../file-task/source-finder.ts';
import { mayWriteIn } from './may-write.ts';
import { noTrash } from './no-trash.ts';
import { RecordedTrash } from './recorded-trash.ts';
import { topFolderOf } from './top-folder.ts';
import type { TrashFolder, TrashSystem } from './trash-folder.ts';

export interface DarwinTrashOptions {
  home: NativePath;
  uid: number;
}

/** In the trash itself, so that it goes with what it tells of when the Finder empties the trash. */
const RECORDS = '.mooring-trash-info';
/** As the Finder makes it: everybody may add, nobody may look around. */
const SHARED_MODE = 0o1333;

/**
 * The trash of macOS: `~/.Trash`, and on other volumes `.Trashes/UID`. Where things were the Finder notes in a format of its own that only it
 * writes, so we keep our own records; what has none is left to the Finder.
 */
export class DarwinTrash implements TrashSystem {
  readonly #home: NativePath;
  readonly #uid: number;

  constructor({ home, uid }: DarwinTrashOptions) {
    this.#home = home;
    this.#uid = uid;
  }

  *foldersFor({ path, facts }: Source): Generator<TrashFolder, never> {
    if (factsIfExists(this.#home)?.dev === facts.dev && mayUse(this.#ofHome)) yield trashIn(this.#ofHome, null);
    const top = topFolderOf(path, new MountPoints());
    const shared = joinPath(top, '.Trashes');
    const isUsable = isFolder(shared) ? mayUse(this.#ofVolume(top)) : mayUse(shared);
    if (isUsable) yield trashIn(this.#ofVolume(top), top);
    throw noTrash(path);
  }

  present(mountPoints: readonly string[]): TrashFolder[] {
    const onVolumes = [...new Set(mountPoints)].filter((top) => isFolder(joinPath(top, '.Trashes')) && isFolder(this.#ofVolume(top)));
    return [trashIn(this.#ofHome, null), ...onVolumes.map((top) => trashIn(this.#ofVolume(top), top))];
  }

  holding(path: NativePath): TrashFolder | null {
    const trash = parentOf(path);
    if (samePath(trash, this.#ofHome)) return trashIn(trash, null);
    const top = parentOf(parentOf(trash));
    return samePath(trash, this.#ofVolume(top)) && isFolder(parentOf(trash)) && isFolder(trash) ? trashIn(trash, top) : null;
  }

  get #ofHome(): NativePath {
    return joinPath(this.#home, '.Trash');
  }

  #ofVolume(top: NativePath): NativePath {
    return joinPath(joinPath(top, '.Trashes'), String(this.#uid));
  }
}

/** Whether it is a folder, and no link to elsewhere, or can be made. */
function mayUse(path: NativePath): boolean {
  const facts = factsIfExists(path);
  return facts ? facts.isDirectory() : mayWriteIn(parentOf(path));
}

function isFolder(path: NativePath): boolean {
  return factsIfExists(path)?.isDirectory() === true;
}

function trashIn(folder: NativePath, top: NativePath | null): TrashFolder {
  const shared = top === null ? null : { folder: parentOf(folder), mode: SHARED_MODE };
  return new RecordedTrash({ shared, files: folder, records: joinPath(folder, RECORDS), top, directorySizes: null });
}
