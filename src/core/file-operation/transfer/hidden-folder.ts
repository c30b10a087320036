import { renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { joinPath, type NativePath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { factsIfExists, factsOf } from '../file-facts.ts';
import type { FolderPair } from './folder-pair.ts';
import { freeName } from './free-target-name.ts';
import { appeared } from './rename-within.ts';
import { decodeName, encodeName, type FolderLine, type TransferJournal } from './transfer-journal.ts';

/** So much is in one at most: that is done over after a crash. */
const MOST_ENTRIES = 10_000;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_MS = 2000;

/** A folder of the target in it, or itself. */
interface HiddenPart {
  pair: FolderPair;
  line: FolderLine;
  ino: bigint;
}

/**
 * A folder that is new in the target, on its way: it and what is in it are written under one temporary name, in a folder that nobody else looks
 * into. So each file can be written under its own name at once, and all of them get their place by one renaming, when they are whole.
 */
export class HiddenFolder {
  /** What holds it; has a name. */
  readonly parent: FolderPair;
  /** Where it is until it is named. */
  readonly path: NativePath;
  readonly #isNumbered: boolean;
  readonly #parts: HiddenPart[] = [];
  readonly #sinceMs = performance.now();
  #entries = 0;
  #bytes = 0;

  /** @param isNumbered it gets the next free number where its name is taken */
  constructor(parent: FolderPair, path: NativePath, isNumbered: boolean) {
    this.parent = parent;
    this.path = path;
    this.#isNumbered = isNumbered;
  }

  /** A folder that was made in it, the uppermost first. */
  addFolder(pair: FolderPair, line: FolderLine, ino: bigint): void {
    this.#parts.push({ pair, line, ino });
    this.#entries++;
  }

  addFile(bytes: number): void {
    this.#entries++;
    this.#bytes += bytes;
  }

  get isFull(): boolean {
    return this.#entries >= MOST_ENTRIES || this.#bytes >= MOST_BYTES || performance.now() - this.#sinceMs >= MOST_MS;
  }

  /** Says in the journal which folders are about to be there. */
  announce(journal: TransferJournal): void {
    const [top] = this.#parts;
    if (top && this.#isNumbered) top.line.to = encodeName(freeName(this.parent, decodeName(top.line.to)));
    for (const { line, ino } of this.#parts) {
      journal.add(line);
      journal.add({ do: 'made', id: line.id, ino: String(ino) });
    }
  }

  /**
   * Gives it its name. Nothing is replaced: renaming a folder fails where there is anything but an empty folder.
   *
   * @returns the folders that have a name now, the uppermost first
   * @throws MooringError `PATH_ALREADY_EXISTS` when the name was taken meanwhile; an error of `node:fs`
   */
  name(journal: TransferJournal): readonly FolderPair[] {
    const [top] = this.#parts;
    if (!top) return [];
    const target = joinPath(this.parent.target, decodeName(top.line.to));
    if (factsIfExists(target)) throw appeared(top.pair.source);
    renameSync(this.path, target);
    for (const { pair, line } of this.#parts) {
      pair.target = joinPath(pair.parent?.target ?? '', decodeName(line.to));
      pair.hidden = null;
    }
    // There are file systems on which renaming changes it.
    const { ino } = factsOf(target);
    if (ino !== top.ino) journal.add({ do: 'made', id: top.line.id, ino: String(ino) });
    return this.#parts.map(({ pair }) => pair);
  }

  /** It cannot get its name: nothing more is put into it. @returns the uppermost of what it was to hold */
  giveUp(journal: TransferJournal): FolderPair | null {
    for (const { pair, line } of this.#parts) {
      pair.isLost = true;
      journal.add({ do: 'lost', id: line.id });
    }
    return this.#parts[0]?.pair ?? null;
  }

  /** Removes it with all that is in it, unless it has its name. @returns false when it cannot be removed (its volume is out of reach) */
  discard(): boolean {
    try {
      removeHidden(this.path);
      return true;
    } catch {
      // It is named in the journal, by which it is removed as soon as its volume is there.
      return false;
    }
  }
}

/** Removes a hidden folder; nothing is followed. @throws an error of `node:fs` */
export function removeHidden(folder: NativePath): void {
  if (!factsIfExists(folder)?.isDirectory()) return;
  for (const name of [...namesIn(folder)]) {
    const path = joinPath(folder, name);
    if (factsIfExists(path)?.isDirectory()) removeHidden(path);
    else unlinkSync(path);
  }
  rmdirSync(folder);
}
