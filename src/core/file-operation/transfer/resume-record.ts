import { errorNumber } from '#core/fs/fs-error.ts';
import { type FolderLine, type JournalLine, type MoveLine, OPEN_ENDING, type PlaceLine, readJournal } from './transfer-journal.ts';

/** What the journal of an interrupted transfer tells whoever goes on with it. Keys are a folder's id and a name in it, `ID/NAME`. */
export class ResumeRecord {
  /** Folders that were begun, by the key of the folder in the source; those that hold items by `ITEM`. */
  readonly folders = new Map<string, FolderLine>();
  /** What was about to be done behind the last checkpoint. */
  readonly intents = new Map<string, PlaceLine | MoveLine>();
  readonly partials = new Map<string, Extract<JournalLine, { do: 'partial' }>>();
  /** First copies of sources with several names, by the source's identity. */
  readonly links = new Map<string, PlaceLine>();
  readonly placed: PlaceLine[] = [];
  /** Folders of the source that are gone since they were empty, by their ids. */
  readonly emptied = new Set<number>();
  /** Folders in whose targets temporary files may have been left, by their ids. */
  readonly temps = new Set<number>();
  readonly holds: Extract<JournalLine, { do: 'hold' }>[] = [];
  lastFolder = 0;

  /** Nothing was begun before. */
  get isEmpty(): boolean {
    return this.lastFolder === 0;
  }

  /**
   * @param journalPath without its ending
   * @param since length of the journal at the last checkpoint
   * @throws an error of `node:fs`
   */
  static read(journalPath: string, since: number, remembersPlaced: boolean): ResumeRecord {
    const record = new ResumeRecord();
    try {
      for (const { line, end } of readJournal(journalPath + OPEN_ENDING)) {
        if (!('version' in line)) record.#take(line, end > since, remembersPlaced);
      }
    } catch (error) {
      if (errorNumber(error) !== 'ENOENT') throw error;
    }
    return record;
  }

  #take(line: JournalLine, isNew: boolean, remembersPlaced: boolean): void {
    if (line.do === 'folder') {
      this.folders.set(line.in === null ? String(line.item) : `${line.in}/${line.from}`, line);
      this.lastFolder = Math.max(this.lastFolder, line.id);
    }
    if (line.do === 'lost') this.#forgetFolder(line.id);
    if (line.do === 'temps') this.temps.add(line.in);
    if (line.do === 'emptied') this.emptied.add(line.id);
    if (isNew && line.do === 'hold') this.holds.push(line);
    if (line.do === 'partial') this.partials.set(`${line.in}/${line.from}`, line);
    if (line.do === 'failed') this.intents.delete(`${line.in}/${line.from}`);
    if (line.do !== 'place' && line.do !== 'move') return;
    const key = `${line.in}/${line.from}`;
    if (isNew) this.intents.set(key, line);
    if (line.do !== 'place') return;
    // Behind the checkpoint it may not have come to the placing: what is begun may still be there.
    if (!isNew) this.partials.delete(key);
    if (line.kind === 'file' && line.link !== null) this.links.set(line.link, line);
    if (remembersPlaced) this.placed.push(line);
  }

  #forgetFolder(id: number): void {
    for (const [key, line] of this.folders) if (line.id === id) this.folders.delete(key);
  }
}
