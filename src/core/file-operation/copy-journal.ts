import { closeSync, fdatasync, mkdirSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorNumber } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';

const flushFd = promisify(fdatasync);

/** Below the data folder. */
export const JOURNALS_FOLDER = 'copies';
const ENDING = '.journal';

/** What a journal begins with. Paths are in Latin-1, a character for each byte, so that any name fits. */
export interface JournalHeader {
  version: 1;
  /** Of the destination's volume; null when it lies on none that is known. */
  fingerprint: string | null;
  /** Where that was mounted; empty when it lies on none that is known. */
  mountPoint: string;
  destination: string;
}

type JournalLine =
  /** A folder in which temporary files may be. */
  | { folder: string }
  /** An empty file takes a name until the temporary file `for` is renamed over it. */
  | { holds: string; for: string; atMs: number };

export interface CopyJournalOptions {
  dataDir: string;
  tempId: string;
  destination: { path: NativePath; mount: { fingerprint: string; mountPoint: string } | null };
}

/**
 * What a copy leaves behind when its process is killed: written before anything of it is made, in the data folder, so that
 * the next engine finds it (`copy-leftovers.ts`) and removes nothing that is not ours.
 */
export class CopyJournal {
  readonly #path: string;
  readonly #tempId: string;
  readonly #fd: number;
  #lastFolder: NativePath | null = null;
  #tempNumber = 0;
  #isFlushed = false;
  #hasLeftovers = false;

  /** @throws an error of `node:fs` */
  constructor({ dataDir, tempId, destination: { path, mount } }: CopyJournalOptions) {
    mkdirSync(join(dataDir, JOURNALS_FOLDER), { recursive: true, mode: 0o700 });
    this.#path = journalPath(dataDir, tempId);
    this.#tempId = tempId;
    this.#fd = openSync(this.#path, 'ax', 0o600);
    const fingerprint = mount?.fingerprint ?? null;
    this.#write({ version: 1, fingerprint, mountPoint: encodePath(mount?.mountPoint ?? ''), destination: encodePath(path) });
  }

  /** A new name for a temporary file in a folder. */
  tempIn(folder: NativePath): NativePath {
    if (folder !== this.#lastFolder) this.#write({ folder: encodePath(folder) });
    this.#lastFolder = folder;
    return joinPath(folder, `.mooring-${this.#tempId}-${++this.#tempNumber}.part`);
  }

  /** To be called before an empty file takes the name `target` for `temp`. */
  holding(target: NativePath, temp: NativePath): void {
    this.#write({ holds: encodePath(target), for: encodePath(temp), atMs: Date.now() });
  }

  /** Removes a temporary file, or leaves it to the next engine where that cannot be (its volume is out of reach). */
  discard(temp: NativePath): void {
    try {
      unlinkSync(temp);
    } catch (error) {
      if (errorNumber(error) !== 'ENOENT') this.#hasLeftovers = true;
    }
  }

  /** What a power cut leaves of the copy is then known after it as well. */
  async flush(): Promise<void> {
    if (this.#isFlushed) return;
    this.#isFlushed = true;
    await flushFd(this.#fd);
  }

  /** @param isTargetThere false when the volume is gone, and with it what could not be removed: the journal stays for its return */
  close(isTargetThere: boolean): void {
    closeSync(this.#fd);
    if (isTargetThere && !this.#hasLeftovers) rmSync(this.#path, { force: true });
  }

  #write(line: JournalHeader | JournalLine): void {
    this.#isFlushed = false;
    writeSync(this.#fd, `${JSON.stringify(line)}\n`);
  }
}

export function journalPath(dataDir: string, tempId: string): string {
  return join(dataDir, JOURNALS_FOLDER, tempId + ENDING);
}

/** The `tempId` of a journal; null for other files. */
export function tempIdOfJournal(fileName: string): string | null {
  return /^([0-9a-f]{12})\.journal$/.exec(fileName)?.[1] ?? null;
}

/**
 * Reads a journal. Its last line is torn when its writer was killed in it: what that would have told of was not made yet.
 * The header is null when not even that is whole.
 */
export function parseJournal(text: string): { header: JournalHeader | null; lines: JournalLine[] } {
  const [first = '', ...lines] = text.split('\n');
  return { header: parseLine<JournalHeader>(first), lines: lines.flatMap((line) => parseLine<JournalLine>(line) ?? []) };
}

/** The writer is this file, so a line that is whole is what it should be. */
function parseLine<Line>(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    // Torn, or lost in a power cut.
    return null;
  }
}

function encodePath(path: NativePath): string {
  return toBytes(path).toString('latin1');
}
