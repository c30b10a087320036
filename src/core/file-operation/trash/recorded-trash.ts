import { chmodSync, closeSync, constants, mkdirSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { baseName, fromBytes, joinPath, type NativePath, parentOf, samePath, toBytes } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { applyMode } from '../apply-mode.ts';
import { factsIfExists } from '../file-facts.ts';
import type { Source } from '../file-task/source-finder.ts';
import { numberedName } from '../free-name.ts';
import { moveWithoutReplacing } from '../rename/move-without-replacing.ts';
import { forgetDirectorySize, noteDirectorySize } from './directory-sizes.ts';
import { makeFolders } from './make-folders.ts';
import { noTrash } from './no-trash.ts';
import type { TrashedFile, TrashFolder } from './trash-folder.ts';
import { formatTrashInfo, parseTrashInfo } from './trash-info.ts';

const SUFFIX = '.trashinfo';
const MAX_NAME_BYTES = 255;
/** Of a record that somebody has made larger only this much is read. */
const MOST_RECORD_BYTES = 64 * 1024;

export interface RecordedTrashPlace {
  /** Is made for all users of the volume, with this mode; null where others have done so. */
  shared: { folder: NativePath; mode: number } | null;
  /** Holds what was thrown away. */
  files: NativePath;
  /** Holds a `NAME.trashinfo` for each. */
  records: NativePath;
  /** The top folder of its volume, to which paths in records are relative; null where they are absolute. */
  top: NativePath | null;
  /** Where sizes of folders are noted for those who show the trash; null where nobody reads them. */
  directorySizes: NativePath | null;
}

/** A trash with a record of our making for each file: on Linux as the specification has it, on macOS beside what the Finder knows. */
export class RecordedTrash implements TrashFolder {
  readonly #place: RecordedTrashPlace;

  constructor(place: RecordedTrashPlace) {
    this.#place = place;
  }

  put({ path, facts }: Source, at: Date): TrashedFile {
    const { shared, files, records, top, directorySizes } = this.#place;
    if (shared) makeShared(shared.folder, shared.mode);
    for (const folder of [files, records]) makeOwn(folder, path);
    const { name, record } = this.#takeName(baseName(path));
    const target = joinPath(files, name);
    try {
      writeFileSync(record, formatTrashInfo({ originalPath: path, trashedAt: at }, top));
      moveWithoutReplacing(path, target, facts);
    } catch (error) {
      unlinkSync(record);
      throw error;
    }
    if (facts.isDirectory() && directorySizes !== null) noteDirectorySize(directorySizes, target, record);
    return { path: target, originalPath: path, trashedAt: at };
  }

  list(): TrashedFile[] {
    const items: TrashedFile[] = [];
    try {
      for (const name of namesIn(this.#place.records)) {
        const item = isRecord(name) ? this.find(joinPath(this.#place.files, withoutSuffix(name))) : null;
        if (item) items.push(item);
      }
    } catch (error) {
      if (errorNumber(error) !== 'ENOENT') throw error;
    }
    return items;
  }

  find(path: NativePath): TrashedFile | null {
    if (!samePath(parentOf(path), this.#place.files) || !factsIfExists(path)) return null;
    const text = readRecord(this.#recordOf(baseName(path)));
    const info = text === null ? null : parseTrashInfo(text, this.#place.top);
    return info && { path, ...info };
  }

  forget({ path }: TrashedFile): void {
    const record = this.#recordOf(baseName(path));
    if (factsIfExists(record)) unlinkSync(record);
    if (this.#place.directorySizes !== null) forgetDirectorySize(this.#place.directorySizes, baseName(path));
  }

  /** Makes the record of a name that nothing has here: whoever makes it has the name. */
  #takeName(wanted: NativePath): { name: NativePath; record: NativePath } {
    for (let number = 1; ; number++) {
      const name = shortened(number === 1 ? wanted : numberedName(wanted, number));
      const record = this.#recordOf(name);
      try {
        closeSync(openSync(record, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
      } catch (error) {
        if (errorNumber(error) === 'EEXIST') continue;
        throw error;
      }
      if (!factsIfExists(joinPath(this.#place.files, name))) return { name, record };
      unlinkSync(record);
    }
  }

  #recordOf(name: NativePath): NativePath {
    return joinPath(this.#place.records, fromBytes(Buffer.concat([toBytes(name), Buffer.from(SUFFIX)])));
  }
}

/** A file system that is written to may take no new folders all the same, as procfs does. */
function makeOwn(folder: NativePath, path: NativePath): void {
  try {
    makeFolders(folder, 0o700);
  } catch (error) {
    throw errorNumber(error) === 'ENOENT' ? noTrash(path) : error;
  }
}

function makeShared(folder: NativePath, mode: number): void {
  if (factsIfExists(folder)) return;
  mkdirSync(folder);
  // What the process masks is meant here.
  applyMode(() => chmodSync(folder, mode));
}

/** Leaves room for what the record's name adds. */
function shortened(name: NativePath): NativePath {
  const room = MAX_NAME_BYTES - SUFFIX.length;
  if (toBytes(name).length <= room) return name;
  if (typeof name !== 'string') return fromBytes(name.subarray(name.length - room));
  const characters = [...name];
  while (Buffer.byteLength(characters.join('')) > room) characters.shift();
  return characters.join('');
}

function isRecord(name: NativePath): boolean {
  return toBytes(name).subarray(-SUFFIX.length).toString('latin1') === SUFFIX;
}

function withoutSuffix(name: NativePath): NativePath {
  return fromBytes(toBytes(name).subarray(0, -SUFFIX.length));
}

/** Null for what is no file of a sensible size. */
function readRecord(path: NativePath): string | null {
  const facts = factsIfExists(path);
  if (!facts?.isFile() || facts.size > BigInt(MOST_RECORD_BYTES)) return null;
  return readFileSync(path, 'utf8');
}
