import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fromBytes, joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { factsIfExists } from '../file-facts.ts';
import { moveWithoutReplacing } from './move-without-replacing.ts';

/** What has a name for the meantime, while names of a batch change places. */
export interface TemporaryName {
  folder: NativePath;
  temporary: NativePath;
  /** The name that it is to have. */
  to: NativePath;
}

/** Paths as Base64 of their bytes. */
const Line = z.object({ folder: z.base64(), temporary: z.base64(), to: z.base64() });

/** Notes names for the meantime before they are given, so that a process that is killed leaves none behind. Made with the first note. */
export class RenameJournal {
  readonly #path: string;
  #fd: number | null = null;

  constructor(journalPath: string) {
    this.#path = journalPath;
  }

  /** @throws an error of `node:fs` */
  note({ folder, temporary, to }: TemporaryName): void {
    if (this.#fd === null) {
      mkdirSync(path.dirname(this.#path), { recursive: true });
      this.#fd = openSync(this.#path, 'ax', 0o600);
    }
    appendFileSync(this.#fd, `${JSON.stringify({ folder: encode(folder), temporary: encode(temporary), to: encode(to) })}\n`);
    fsyncSync(this.#fd);
  }

  /** No name for the meantime is left. */
  remove(): void {
    if (this.#fd === null) return;
    closeSync(this.#fd);
    rmSync(this.#path, { force: true });
  }
}

/**
 * Gives what a killed batch has left with a name for the meantime the name that it was to have, or where that is taken one beside it, and
 * removes the journal. Where a folder is not there, its drive may come back: the journal stays.
 *
 * @returns what has its name now
 * @throws an error of `node:fs`: the journal stays
 */
export function finishRenames(journalPath: string, freeName: (folder: NativePath, name: NativePath) => NativePath): TemporaryName[] {
  const finished: TemporaryName[] = [];
  for (const name of readJournal(journalPath)) {
    if (!factsIfExists(name.folder)) return finished;
    const temporary = joinPath(name.folder, name.temporary);
    const facts = factsIfExists(temporary);
    if (!facts) continue;
    const to = factsIfExists(joinPath(name.folder, name.to)) ? freeName(name.folder, name.to) : name.to;
    moveWithoutReplacing(temporary, joinPath(name.folder, to), facts);
    finished.push({ ...name, to });
  }
  rmSync(journalPath, { force: true });
  return finished;
}

/** A line that was cut off was never acted upon. */
function readJournal(journalPath: string): TemporaryName[] {
  const lines = readFileSync(journalPath, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const { folder, temporary, to } = Line.parse(JSON.parse(line));
    return { folder: decode(folder), temporary: decode(temporary), to: decode(to) };
  });
}

function encode(path: NativePath): string {
  return toBytes(path).toString('base64');
}

function decode(text: string): NativePath {
  return fromBytes(Buffer.from(text, 'base64'));
}
