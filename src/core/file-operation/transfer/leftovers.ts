import { unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { factsIfExists } from '../file-facts.ts';
import { removeHidden } from './hidden-folder.ts';
import { JournalPaths } from './journal-paths.ts';
import { removeTemp } from './staged-copies.ts';
import { decodeName, encodeName, type FolderLine, type JournalLine, OPEN_ENDING, readJournal } from './transfer-journal.ts';
import type { TransferItem } from './transfer-messages.ts';

/** FAT keeps times to two seconds. */
const COARSEST_TIME_MS = 2000;

type HoldLine = Extract<JournalLine, { do: 'hold' }>;

/**
 * Removes what a transfer that does not go on has left: files with the names that its journal says it gave, in the folders that it says it
 * used, and empty files that it put in place of others to come.
 *
 * @param journalPath without its ending
 * @param items of the journal's header, as they are on this computer now
 * @returns how many files were removed
 * @throws an error of `node:fs` when something is there and cannot be removed
 */
export function sweepLeftovers(journalPath: string, items: readonly TransferItem[]): number {
  const folders: FolderLine[] = [];
  const temps = new Set<number>();
  const holds: HoldLine[] = [];
  let tempId = '';
  for (const { line } of readJournal(journalPath + OPEN_ENDING)) {
    if ('version' in line) tempId = line.tempId;
    else if (line.do === 'folder') folders.push(line);
    else if (line.do === 'temps') temps.add(line.in);
    else if (line.do === 'hold') holds.push(line);
  }
  const paths = new JournalPaths(items, folders);
  let removed = 0;
  for (const hold of holds) if (removeHolder(paths, hold)) removed++;
  for (const id of temps) {
    const folder = paths.target(id);
    if (folder !== null) removed += removeTemps(folder, tempId, new Set());
  }
  return removed;
}

/** An empty file is ours when it is not older than our word for it and what was to replace it still waits. @throws an error of `node:fs` */
export function removeHolder(paths: JournalPaths, { in: id, from, to, temp, atMs }: HoldLine): boolean {
  const folder = paths.target(id);
  const source = paths.source(id);
  if (folder === null || source === null) return false;
  const path = joinPath(folder, decodeName(to));
  const facts = factsIfExists(path);
  const isOurs = facts?.isFile() && facts.size === 0n && Number(facts.mtimeMs) >= atMs - COARSEST_TIME_MS;
  if (!isOurs || !factsIfExists(temp === null ? joinPath(source, decodeName(from)) : joinPath(folder, decodeName(temp)))) return false;
  unlinkSync(path);
  return true;
}

/** @param kept names, in Latin-1, that stay @returns how many are gone @throws an error of `node:fs` */
export function removeTemps(folder: NativePath, tempId: string, kept: ReadonlySet<string>): number {
  const pattern = new RegExp(`^\\.mooring-${tempId}-\\d+\\.part$`);
  let removed = 0;
  try {
    for (const name of [...namesIn(folder)]) {
      const encoded = toBytes(name).toString('latin1');
      if (!pattern.test(encoded) || kept.has(encodeName(joinPath(folder, name)))) continue;
      const path = joinPath(folder, name);
      if (factsIfExists(path)?.isDirectory()) removeHidden(path);
      else if (!removeTemp(path)) unlinkSync(path);
      removed++;
    }
  } catch (error) {
    // With the folder gone, so is what was in it.
    if (errorNumber(error) !== 'ENOENT' && errorNumber(error) !== 'ENOTDIR') throw error;
  }
  return removed;
}
