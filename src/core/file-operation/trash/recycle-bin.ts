import { randomInt } from 'node:crypto';
import { closeSync, constants, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { baseName, displayName, joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { joinNames, namesBelow } from '#core/fs/path-names.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { factsIfExists } from '../file-facts.ts';
import { MountPoints } from '../file-task/mount-points.ts';
import type { Source } from '../file-task/source-finder.ts';
import { moveWithoutReplacing } from '../rename/move-without-replacing.ts';
import { makeFolders } from './make-folders.ts';
import { mayWriteIn } from './may-write.ts';
import { noTrash } from './no-trash.ts';
import { formatRecycleRecord, parseRecycleRecord } from './recycle-record.ts';
import { sizeBelow } from './size-below.ts';
import { topFolderOf } from './top-folder.ts';
import type { TrashedFile, TrashFolder, TrashSystem } from './trash-folder.ts';

export interface RecycleBinOptions {
  /** Security identifier of the user; null when it could not be found out. */
  sid: string | null;
  /** The drive that a root stands for, such as `E:`; null where there is none, and no bin. */
  driveOf(top: NativePath): string | null;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const MOST_RECORD_BYTES = 128 * 1024;
/** Makes the Explorer show the folder as what it is. */
const DESKTOP_INI =
  '[.ShellClassInfo]\r\nCLSID={645FF040-5081-101B-9F08-00AA002F954E}\r\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-8964\r\n';

/** The recycle bin of Windows: on each drive a folder for each user, with a `$R` file and a `$I` record for each thing. */
export class RecycleBin implements TrashSystem {
  readonly #options: RecycleBinOptions;

  constructor(options: RecycleBinOptions) {
    this.#options = options;
  }

  *foldersFor({ path }: Source): Generator<TrashFolder, never> {
    const { sid, driveOf } = this.#options;
    if (sid === null) throw noTrash(path, 'no-trash-user');
    const top = topFolderOf(path, new MountPoints());
    const drive = driveOf(top);
    if (drive === null) throw noTrash(path, 'no-trash-letter');
    const folder = this.#folderOn(top, sid);
    if (this.#mayUse(folder)) yield new RecycleFolder(folder, top, drive);
    throw noTrash(path);
  }

  present(mountPoints: readonly string[]): TrashFolder[] {
    const { sid } = this.#options;
    if (sid === null) return [];
    return [...new Set(mountPoints)].flatMap((top) => this.#at(this.#folderOn(top, sid), top) ?? []);
  }

  holding(path: NativePath): TrashFolder | null {
    const { sid } = this.#options;
    const folder = parentOf(path);
    const top = parentOf(parentOf(folder));
    return sid !== null && samePath(folder, this.#folderOn(top, sid)) ? this.#at(folder, top) : null;
  }

  #at(folder: NativePath, top: NativePath): TrashFolder | null {
    const drive = this.#options.driveOf(top);
    const isThere = factsIfExists(parentOf(folder))?.isDirectory() && factsIfExists(folder)?.isDirectory();
    return drive !== null && isThere ? new RecycleFolder(folder, top, drive) : null;
  }

  #mayUse(folder: NativePath): boolean {
    const facts = factsIfExists(folder);
    if (facts) return facts.isDirectory();
    const bin = factsIfExists(parentOf(folder));
    return bin ? bin.isDirectory() && mayWriteIn(parentOf(folder)) : mayWriteIn(parentOf(parentOf(folder)));
  }

  #folderOn(top: NativePath, sid: string): NativePath {
    return joinPath(joinPath(top, '$Recycle.Bin'), sid);
  }
}

class RecycleFolder implements TrashFolder {
  readonly #folder: NativePath;
  readonly #top: NativePath;
  readonly #drive: string;

  constructor(folder: NativePath, top: NativePath, drive: string) {
    this.#folder = folder;
    this.#top = top;
    this.#drive = drive;
  }

  put({ path, facts }: Source, at: Date): TrashedFile {
    const names = namesBelow(path, this.#top);
    // A name that is not Unicode has no place in a record, and could not be restored.
    if (!names?.every((name) => typeof name === 'string')) throw noTrash(path, 'no-trash-path');
    this.#make();
    const { target, record } = this.#takeName(displayName(baseName(path)));
    const sizeBytes = facts.isDirectory() ? (sizeBelow(path) ?? 0n) : facts.size;
    try {
      writeFileSync(record, formatRecycleRecord({ sizeBytes, deletedAt: at, originalPath: `${this.#drive}\\${names.join('\\')}` }));
      moveWithoutReplacing(path, target, facts);
    } catch (error) {
      unlinkSync(record);
      throw error;
    }
    return { path: target, originalPath: path, trashedAt: at };
  }

  list(): TrashedFile[] {
    const items: TrashedFile[] = [];
    for (const name of namesIn(this.#folder)) {
      const item = typeof name === 'string' && name.startsWith('$R') ? this.find(joinPath(this.#folder, name)) : null;
      if (item) items.push(item);
    }
    return items;
  }

  find(path: NativePath): TrashedFile | null {
    if (!samePath(parentOf(path), this.#folder) || !displayName(baseName(path)).startsWith('$R') || !factsIfExists(path)) return null;
    const record = readRecord(this.#recordOf(path));
    if (!record || !/^[A-Za-z]:\\/.test(record.originalPath)) return null;
    // The drive may have another letter by now.
    const names = record.originalPath.slice(3).split('\\').filter(Boolean);
    if (names.length === 0 || names.some((name) => name === '..' || name === '.' || /[/\0]/.test(name))) return null;
    return { path, originalPath: joinNames(this.#top, names), trashedAt: record.deletedAt };
  }

  forget({ path }: TrashedFile): void {
    const record = this.#recordOf(path);
    if (factsIfExists(record)) unlinkSync(record);
  }

  #make(): void {
    makeFolders(parentOf(this.#folder), 0o777);
    if (!makeFolders(this.#folder, 0o700)) return;
    writeFileSync(joinPath(this.#folder, 'desktop.ini'), DESKTOP_INI, { flag: 'wx' });
  }

  /** Six letters or digits, and the extension, as Windows names them. Whoever makes the record has the name. */
  #takeName(name: string): { target: NativePath; record: NativePath } {
    const extension = /\.[^.\\/]{1,200}$/.exec(name)?.[0] ?? '';
    for (;;) {
      const unique = `${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}${extension}`;
      const record = joinPath(this.#folder, `$I${unique}`);
      try {
        closeSync(openSync(record, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL));
      } catch (error) {
        if (errorNumber(error) === 'EEXIST') continue;
        throw error;
      }
      const target = joinPath(this.#folder, `$R${unique}`);
      if (!factsIfExists(target)) return { target, record };
      unlinkSync(record);
    }
  }

  #recordOf(path: NativePath): NativePath {
    return joinPath(this.#folder, displayName(baseName(path)).replace(/^\$R/, '$$I'));
  }
}

function readRecord(path: NativePath): ReturnType<typeof parseRecycleRecord> {
  const facts = factsIfExists(path);
  if (!facts?.isFile() || facts.size > BigInt(MOST_RECORD_BYTES)) return null;
  return parseRecycleRecord(readFileSync(path));
}
