import { existsSync } from 'node:fs';
import { JournalPaths } from './journal-paths.ts';
import {
  ENDED_ENDING,
  type FolderLine,
  type JournalHeader,
  type JournalLine,
  type MoveLine,
  OPEN_ENDING,
  type PlaceLine,
  readJournal,
} from './transfer-journal.ts';
import type { TransferItem } from './transfer-messages.ts';

type LeftLine = Extract<JournalLine, { do: 'left' }>;

/** What a transfer has done in the end, as its journal tells. */
export class UndoRecord {
  readonly header: JournalHeader;
  readonly paths: JournalPaths;
  /** In the order in which they were begun: each after the one that holds it. */
  readonly folders: readonly FolderLine[];
  /** Numbers of made folders, by their ids. */
  readonly made: ReadonlyMap<number, string>;
  readonly emptied: ReadonlySet<number>;
  readonly left: ReadonlyMap<number, LeftLine>;
  readonly placed: readonly (PlaceLine | MoveLine)[];
  readonly identical: number;

  private constructor(parts: Omit<UndoRecord, never>) {
    this.header = parts.header;
    this.paths = parts.paths;
    this.folders = parts.folders;
    this.made = parts.made;
    this.emptied = parts.emptied;
    this.left = parts.left;
    this.placed = parts.placed;
    this.identical = parts.identical;
  }

  /**
   * @param journalPath without its ending
   * @param items of its header, as they are on this computer now
   * @returns null where there is none, or nothing was begun
   */
  static read(journalPath: string, items: readonly TransferItem[]): UndoRecord | null {
    const path = [journalPath + ENDED_ENDING, journalPath + OPEN_ENDING].find((candidate) => existsSync(candidate));
    if (!path) return null;
    let header: JournalHeader | null = null;
    const folders: FolderLine[] = [];
    const made = new Map<number, string>();
    const emptied = new Set<number>();
    const left = new Map<number, LeftLine>();
    const placed = new Map<string, PlaceLine | MoveLine>();
    let identical = 0;
    for (const { line } of readJournal(path)) {
      if ('version' in line) {
        header = line;
        continue;
      }
      switch (line.do) {
        case 'folder':
          folders.push(line);
          break;
        case 'made':
          made.set(line.id, line.ino);
          break;
        case 'lost':
          made.delete(line.id);
          break;
        case 'emptied':
          emptied.add(line.id);
          break;
        case 'left':
          left.set(line.id, line);
          break;
        case 'place':
        case 'move':
          placed.set(`${line.in}/${line.from}`, line);
          break;
        case 'failed':
          placed.delete(`${line.in}/${line.from}`);
          break;
        case 'identical':
          identical++;
      }
    }
    if (!header) return null;
    const paths = new JournalPaths(items, folders);
    return new UndoRecord({ header, paths, folders, made, emptied, left, placed: [...placed.values()], identical });
  }
}
