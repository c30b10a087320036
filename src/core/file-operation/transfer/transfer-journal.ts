import { closeSync, fdatasync, fstatSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import { fromBytes, type NativePath, toBytes } from '#core/fs/native-path.ts';
import type { TransferStrategy } from '#shared/contract/file.ts';
import type { TransferKind } from './transfer-messages.ts';

const flushFd = promisify(fdatasync);

/** What a journal begins with. Addresses are those of the job's input, so that they hold wherever a volume is mounted later. */
export interface JournalHeader {
  version: 2;
  kind: TransferKind;
  /** In the names of temporary files. */
  tempId: string;
  items: { source: string; destination: string }[];
}

/** Times are nanoseconds, inode numbers decimal: both are larger than what JSON's numbers hold exactly. */
export interface FolderMemory {
  mode: number;
  uid: number;
  gid: number;
  atimeNs: string;
  mtimeNs: string;
}

/** Tells whether a file is the one that is meant, unchanged. */
export interface FileMark {
  ino: string;
  size: number;
  mtimeNs: string;
}

/** A folder of the source and the one of the target that takes its content. `in`: the one that holds them; null for what holds an item. */
export interface FolderLine {
  do: 'folder';
  id: number;
  in: number | null;
  item: number;
  from: string;
  to: string;
  /** Whether this transfer makes the target's; it may not have come to that. */
  made: boolean;
  /** The source's when it was first seen. */
  source: FolderMemory;
  /** The target's before anything was put into it; null when it is new. */
  target: FolderMemory | null;
}

/** Written before a finished file gets its name. */
export interface PlaceLine {
  do: 'place';
  kind: 'file' | 'symlink' | 'hard-link';
  in: number;
  from: string;
  to: string;
  /** Of the copy, under its temporary name already. */
  mark: FileMark;
  source: FileMark;
  /** Identity of a source with several names. */
  link: string | null;
  digest: string | null;
  verified: boolean;
  /** Whether it takes the place of another. */
  over: boolean;
  strategy: TransferStrategy;
}

/** Written before something is renamed. */
export interface MoveLine {
  do: 'move';
  in: number;
  from: string;
  to: string;
  isFolder: boolean;
  over: boolean;
  mark: FileMark;
}

export type JournalLine =
  | FolderLine
  /** The folder is there now. */
  | { do: 'made'; id: number; ino: string }
  /** The folder could not get its name, and is not there after all. */
  | { do: 'lost'; id: number }
  | PlaceLine
  | MoveLine
  /** What was said last of that name has not come about. */
  | { do: 'failed'; in: number; from: string }
  /** There may be temporary files in the target of this folder. */
  | { do: 'temps'; in: number }
  /** A large file is being written. */
  | { do: 'partial'; in: number; from: string; temp: string; source: FileMark }
  /** An empty file takes a name until the temporary file, or (null) the source itself, is renamed over it. */
  | { do: 'hold'; in: number; from: string; to: string; temp: string | null; atMs: number }
  /** Of a move: the target holds the same, and so the source is removed. */
  | { do: 'identical'; in: number; from: string; to: string }
  /** Of a move: the source's folder is empty, and is removed. */
  | { do: 'emptied'; id: number }
  /** How the folders on both sides were left; null for what is not there. */
  | { do: 'left'; id: number; source: string | null; target: string | null };

/** Ending of a journal whose transfer may still go on, or have left something behind. */
export const OPEN_ENDING = '.open';
export const ENDED_ENDING = '.journal';
/** Journals of undoings are named by what they undo. */
export const UNDO_SUFFIX = '-undo';
const FLUSH_BYTES = 64 * 1024;
const ASCII = /^[\0-\x7f]*$/;

/**
 * What a transfer has made, is about to make and has taken away: the memory from which it goes on after a crash, by which what it has left is
 * removed, and by which it is undone and reported. Names are in Latin-1, a character for each byte, so that any name fits.
 *
 * A line about something to be done is on its way to the disk before it is done (`write`), so that no process can die in between; `flush` makes
 * it outlive a power cut as well.
 */
export class TransferJournal {
  readonly #path: string;
  readonly #fd: number;
  #lines: string[] = [];
  #waiting = 0;
  #length: number;
  #isFlushed = false;

  private constructor(path: string, fd: number, length: number) {
    this.#path = path;
    this.#fd = fd;
    this.#length = length;
  }

  /** Continues the journal of that path (without its ending), or begins it. @throws an error of `node:fs` */
  static open(path: string, header: JournalHeader): TransferJournal {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    try {
      renameSync(path + ENDED_ENDING, path + OPEN_ENDING);
    } catch {
      // It has not ended, or is new.
    }
    const fd = openSync(path + OPEN_ENDING, 'a+', 0o600);
    const { size } = fstatSync(fd);
    const journal = new TransferJournal(path, fd, size);
    if (size === 0) journal.add(header);
    // A line that its writer was killed in ends here.
    else if (!endsWithNewline(fd, size)) journal.#addText('\n');
    journal.write();
    return journal;
  }

  /** Bytes so far, with what is not written yet. */
  get length(): number {
    return this.#length;
  }

  /** Remembers a line; it is written with the next `write`, or when there are many. */
  add(line: JournalHeader | JournalLine): void {
    this.#addText(`${JSON.stringify(line)}\n`);
  }

  /** Hands everything to the system. @throws an error of `node:fs` */
  write(): void {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(''));
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    this.#lines = [];
    this.#waiting = 0;
    this.#isFlushed = false;
  }

  /** Makes everything durable. @throws an error of `node:fs` */
  async flush(): Promise<void> {
    this.write();
    if (this.#isFlushed) return;
    this.#isFlushed = true;
    await flushFd(this.#fd);
  }

  /** @param hasEnded nothing of it is left that would have to be removed, and it does not go on */
  close(hasEnded: boolean): void {
    try {
      this.write();
    } finally {
      closeSync(this.#fd);
    }
    if (hasEnded) renameSync(this.#path + OPEN_ENDING, this.#path + ENDED_ENDING);
  }

  #addText(text: string): void {
    this.#lines.push(text);
    this.#waiting += text.length;
    this.#length += Buffer.byteLength(text);
    if (this.#waiting >= FLUSH_BYTES) this.write();
  }
}

function endsWithNewline(fd: number, size: number): boolean {
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] === 0x0a;
}

/**
 * Reads a journal line by line; of each with the position behind it. A line that was torn is left out: what it would have told of was not done.
 *
 * @throws an error of `node:fs`; `ENOENT` when there is none
 */
export function* readJournal(path: string): Generator<{ line: JournalHeader | JournalLine; end: number }, void> {
  const fd = openSync(path, 'r');
  const block = Buffer.allocUnsafe(1024 * 1024);
  const decoder = new StringDecoder('utf8');
  try {
    let rest = '';
    let end = 0;
    for (let length = readSync(fd, block); length > 0; length = readSync(fd, block)) {
      const lines = (rest + decoder.write(block.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        end += Buffer.byteLength(text) + 1;
        const line = parseLine(text);
        if (line) yield { line, end };
      }
    }
  } finally {
    closeSync(fd);
  }
}

/** The header; null when not even that is whole. @throws an error of `node:fs` */
export function readHeader(path: string): JournalHeader | null {
  for (const { line } of readJournal(path)) return 'version' in line ? line : null;
  return null;
}

/** The writer is this file, so a line that is whole is what it should be. */
function parseLine(text: string): JournalHeader | JournalLine | null {
  try {
    return JSON.parse(text) as JournalHeader | JournalLine;
  } catch {
    // Torn, or lost in a power cut.
    return null;
  }
}

export function encodeName(name: NativePath): string {
  return isAscii(name) ? name : toBytes(name).toString('latin1');
}

export function decodeName(name: string): NativePath {
  return isAscii(name) ? name : fromBytes(Buffer.from(name, 'latin1'));
}

/** Most names are: they are the same in both. */
export function isAscii(name: NativePath): name is string {
  return typeof name === 'string' && ASCII.test(name);
}
