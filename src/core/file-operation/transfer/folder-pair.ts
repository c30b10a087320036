import { joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { type FileFacts, identityOf } from '../file-facts.ts';
import type { HiddenFolder } from './hidden-folder.ts';
import { encodeName, type FileMark, type FolderMemory } from './transfer-journal.ts';
import type { TransferState } from './transfer-state.ts';

/** A folder of the source and the one of the target that takes its content. */
export interface FolderPair {
  /** In the journal. */
  id: number;
  parent: FolderPair | null;
  item: number;
  source: NativePath;
  /** Where it is now, be that its temporary name. */
  target: NativePath;
  /** Device of the target. */
  dev: bigint;
  /** Made by this transfer. */
  made: boolean;
  sourceMemory: FolderMemory;
  /** The target's before; null when it was made. */
  targetMemory: FolderMemory | null;
  /** Renaming was tried here, and does not lead across. */
  crosses: boolean;
  claims: NameClaims;
  /** In what it is that has no name yet; null when it has its own. */
  hidden: HiddenFolder | null;
  /** It could not get its name: what was to be put into it is left out. */
  isLost: boolean;
}

/** Where an entry is, and what it is. */
export interface Visited {
  folder: FolderPair;
  name: NativePath;
  source: NativePath;
  facts: FileFacts;
  /** In the target, as far as its file system can hold it. */
  targetName: NativePath;
  /** With it, the walk has come so far. */
  cursor: TransferState['cursor'];
}

/** Names that this transfer has given in a folder: a second source must not replace the first, also where case or accents make no difference. */
export class NameClaims {
  readonly #byFolded = new Map<string, NativePath[]>();

  add(name: NativePath): void {
    const folded = foldName(name);
    const names = this.#byFolded.get(folded);
    if (!names) this.#byFolded.set(folded, [name]);
    else if (!names.some((known) => encodeName(known) === encodeName(name))) names.push(name);
  }

  /** Names that some file system might take for this one. */
  like(name: NativePath): readonly NativePath[] {
    return this.#byFolded.get(foldName(name)) ?? [];
  }
}

/** Equal for names that a file system may take for one which heeds neither case nor the way in which accents are written. */
export function foldName(name: NativePath): string {
  return typeof name === 'string' ? name.normalize('NFC').toLowerCase() : toBytes(name).toString('latin1');
}

/** Files that this transfer has placed, wherever: a memory of numbers, as there may be millions. */
export class PlacedFiles {
  readonly #byDevice = new Map<bigint, Set<number | bigint>>();

  add(dev: bigint, ino: bigint): void {
    const known = this.#byDevice.get(dev) ?? new Set();
    this.#byDevice.set(dev, known);
    known.add(compact(ino));
  }

  has({ dev, ino }: FileFacts): boolean {
    return this.#byDevice.get(dev)?.has(compact(ino)) ?? false;
  }
}

function compact(ino: bigint): number | bigint {
  return ino <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(ino) : ino;
}

export function markOf({ ino, size, mtimeNs }: FileFacts): FileMark {
  return { ino: String(ino), size: Number(size), mtimeNs: String(mtimeNs) };
}

/** Whether it is that file, unchanged. Numbers of files do not last on some FUSE mounts, so size and time suffice there. */
export function isMarked(facts: FileFacts, mark: FileMark, inodesLast = true): boolean {
  const isUnchanged = Number(facts.size) === mark.size && String(facts.mtimeNs) === mark.mtimeNs;
  return isUnchanged && (!inodesLast || String(facts.ino) === mark.ino);
}

export function memoryOf({ mode, uid, gid, atimeNs, mtimeNs }: FileFacts): FolderMemory {
  return { mode: Number(mode) & 0o7777, uid: Number(uid), gid: Number(gid), atimeNs: String(atimeNs), mtimeNs: String(mtimeNs) };
}

/** By what journals' lines are found again. */
export function keyOf(folder: FolderPair, name: NativePath): string {
  return `${folder.id}/${encodeName(name)}`;
}

export function linkIdOf(facts: FileFacts): string | null {
  return facts.nlink > 1n && facts.isFile() ? identityOf(facts) : null;
}

export function sourceIn(folder: FolderPair, name: NativePath): NativePath {
  return joinPath(folder.source, name);
}

export function targetIn(folder: FolderPair, name: NativePath): NativePath {
  return joinPath(folder.target, name);
}
