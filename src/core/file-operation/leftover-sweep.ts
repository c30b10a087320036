import { readFileSync, rmSync, unlinkSync } from 'node:fs';
import { errorNumber } from '#core/fs/fs-error.ts';
import { fromBytes, joinPath, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { type JournalHeader, parseJournal } from './copy-journal.ts';
import { factsIfExists } from './file-facts.ts';

export interface LeftoverSweep {
  journalPath: string;
  tempId: string;
  /** Where the destination's volume is mounted now; empty when it lies on no volume that is known. */
  mountPoints: readonly string[];
}

/** FAT keeps times to two seconds. */
const COARSEST_TIME_MS = 2000;

/**
 * Removes what a killed copy has left: files with the names that its journal says it gave, in the folders that it says
 * it used, and empty files that it put in place of others to come. Then the journal, unless the volume is mounted
 * in a way that does not show the destination.
 *
 * @returns how many files were removed
 * @throws an error of `node:fs` when something is there and cannot be removed: the journal stays
 */
export function sweepLeftovers({ journalPath, tempId, mountPoints }: LeftoverSweep): number {
  const { header, lines } = parseJournal(readFileSync(journalPath, 'utf8'));
  const root = header ? rootNow(header, mountPoints) : null;
  if (header && root === null && !mountPoints.includes(decode(header.mountPoint).toString())) return 0;
  let removed = 0;
  if (header && root !== null) {
    const move = (path: string) => decode(root + path.slice(header.mountPoint.length));
    for (const line of lines) if ('holds' in line && removeHolder(move(line.holds), move(line.for), line.atMs)) removed++;
    for (const line of lines) if ('folder' in line) removed += removeTemps(move(line.folder), tempId);
  }
  rmSync(journalPath, { force: true });
  return removed;
}

/** The mount point under which the destination is found, in the journal's encoding; null when under none. */
function rootNow(header: JournalHeader, mountPoints: readonly string[]): string | null {
  if (header.fingerprint === null) return header.mountPoint;
  const below = header.destination.slice(header.mountPoint.length);
  const roots = mountPoints.map((mountPoint) => Buffer.from(mountPoint).toString('latin1'));
  return roots.find((root) => factsIfExists(decode(root + below))?.isDirectory()) ?? null;
}

/** An empty file is ours when it is not older than our word for it and the file that was to replace it still waits. */
function removeHolder(path: NativePath, temp: NativePath, atMs: number): boolean {
  const facts = factsIfExists(path);
  const isOurs = facts?.isFile() && facts.size === 0n && Number(facts.mtimeMs) >= atMs - COARSEST_TIME_MS;
  if (!isOurs || !factsIfExists(temp)?.isFile()) return false;
  unlinkSync(path);
  return true;
}

function removeTemps(folder: NativePath, tempId: string): number {
  const pattern = new RegExp(`^\\.mooring-${tempId}-\\d+\\.part$`);
  let removed = 0;
  try {
    for (const name of [...namesIn(folder)]) {
      if (!pattern.test(toBytes(name).toString('latin1'))) continue;
      unlinkSync(joinPath(folder, name));
      removed++;
    }
  } catch (error) {
    // With the folder gone, so is what was in it.
    if (errorNumber(error) !== 'ENOENT' && errorNumber(error) !== 'ENOTDIR') throw error;
  }
  return removed;
}

function decode(path: string): NativePath {
  return fromBytes(Buffer.from(path, 'latin1'));
}
