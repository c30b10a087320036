import { joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import { type FileFacts, factsIfExists } from '../file-facts.ts';
import { MountPoints } from '../file-task/mount-points.ts';
import type { Source } from '../file-task/source-finder.ts';
import { mayWriteIn } from './may-write.ts';
import { noTrash } from './no-trash.ts';
import { RecordedTrash } from './recorded-trash.ts';
import { topFolderOf } from './top-folder.ts';
import type { TrashFolder, TrashSystem } from './trash-folder.ts';

export interface XdgTrashOptions {
  /** `$XDG_DATA_HOME`, or what it is by default. */
  dataHome: NativePath;
  uid: number;
}

const STICKY = 0o1000n;

/**
 * The trash of Linux: FreeDesktop.org Trash specification 1.0. What lies on the file system of the user's data goes there; elsewhere the
 * administrator may have made `.Trash` in a volume's top folder, else it is `.Trash-UID`.
 */
export class XdgTrash implements TrashSystem {
  readonly #home: NativePath;
  readonly #dataHome: NativePath;
  readonly #uid: number;

  constructor({ dataHome, uid }: XdgTrashOptions) {
    this.#dataHome = dataHome;
    this.#home = joinPath(dataHome, 'Trash');
    this.#uid = uid;
  }

  *foldersFor({ path, facts }: Source): Generator<TrashFolder, never> {
    if (this.#isWithHome(facts)) yield trashIn(this.#home, null);
    const top = topFolderOf(path, new MountPoints());
    const shared = joinPath(top, '.Trash');
    const sharedFacts = factsIfExists(shared);
    if (sharedFacts?.isDirectory() && (sharedFacts.mode & STICKY) !== 0n && this.#mayUse(joinPath(shared, String(this.#uid)))) {
      yield trashIn(joinPath(shared, String(this.#uid)), top);
    }
    const own = joinPath(top, `.Trash-${this.#uid}`);
    if (this.#mayUse(own)) yield trashIn(own, top);
    throw noTrash(path);
  }

  present(mountPoints: readonly string[]): TrashFolder[] {
    const found = [trashIn(this.#home, null)];
    for (const top of new Set(mountPoints)) {
      for (const path of this.#possible(top)) if (this.#isOwn(factsIfExists(path))) found.push(trashIn(path, top));
    }
    return found;
  }

  holding(path: NativePath): TrashFolder | null {
    const files = parentOf(path);
    const trash = parentOf(files);
    const home = trashIn(this.#home, null);
    if (home.find(path)) return home;
    for (const top of [parentOf(trash), parentOf(parentOf(trash))]) {
      const isOne = this.#possible(top).some((possible) => String(possible) === String(trash));
      if (isOne && this.#isOwn(factsIfExists(trash))) return trashIn(trash, top);
    }
    return null;
  }

  #possible(top: NativePath): NativePath[] {
    return [joinPath(joinPath(top, '.Trash'), String(this.#uid)), joinPath(top, `.Trash-${this.#uid}`)];
  }

  /** What is thrown away is renamed into the trash of the home, and never copied there. */
  #isWithHome(facts: FileFacts): boolean {
    for (let folder = this.#dataHome; ; folder = parentOf(folder)) {
      const found = factsIfExists(folder);
      if (found) return found.dev === facts.dev;
    }
  }

  /** Whether it is this user's own folder, or can be made. */
  #mayUse(path: NativePath): boolean {
    const facts = factsIfExists(path);
    return facts ? this.#isOwn(facts) : mayWriteIn(parentOf(path));
  }

  /** A folder, and no link to one: that could lead anywhere. */
  #isOwn(facts: FileFacts | null): boolean {
    return facts?.isDirectory() === true && facts.uid === BigInt(this.#uid);
  }
}

function trashIn(folder: NativePath, top: NativePath | null): TrashFolder {
  return new RecordedTrash({
    shared: null,
    files: joinPath(folder, 'files'),
    records: joinPath(folder, 'info'),
    top,
    directorySizes: joinPath(folder, 'directorysizes'),
  });
}
