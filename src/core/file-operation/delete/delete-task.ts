import { rmdirSync, unlinkSync } from 'node:fs';
import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { MooringError } from '#shared/contract/error.ts';
import { type FileFacts, factsIfExists, factsOf } from '../file-facts.ts';
import type { TaskInput, TaskObstacle, TaskProgress } from '../file-task/file-task.ts';
import { MountPoints } from '../file-task/mount-points.ts';
import { outermost, refuseKept, type Source, SourceFinder } from '../file-task/source-finder.ts';
import type { TaskControl } from '../file-task/task-control.ts';

export interface DeleteRequest {
  paths: NativePath[];
  /** Real folders in which Mooring itself works. */
  kept: NativePath[];
}

/** What is there, or was. */
export interface DeleteCounts {
  files: number;
  folders: number;
  symlinks: number;
  bytes: number;
}

export interface DeletePlan {
  sources: NativePath[];
  counts: DeleteCounts;
  obstacles: TaskObstacle[];
}

/** What deleting would remove. Nothing is followed. @throws MooringError `CANCELLED` */
export function planDelete({ paths, kept }: DeleteRequest, isCounted: boolean, control: TaskControl): DeletePlan {
  const obstacles: TaskObstacle[] = [];
  const finder = new SourceFinder(kept);
  const found = paths.flatMap((path) => {
    control.step();
    try {
      return finder.find(path) ?? [];
    } catch (error) {
      obstacles.push(toObstacle(path, error));
      return [];
    }
  });
  const sources = outermost(found);
  const counts = isCounted ? countAll(sources, obstacles, control) : noCounts();
  return { sources: sources.map(({ path }) => path), counts, obstacles };
}

/**
 * Deletes one file, link, or folder with all that is in it, for good. Links are removed and never followed, and what is mounted in a folder
 * stays, and the folders that lead to it. What cannot be deleted is reported, and the rest goes on. What is not there (any more) is done.
 *
 * @param counts are added to
 * @returns whether nothing is left of it
 * @throws MooringError `CANCELLED`; `VOLUME_OFFLINE` and the like are found out by whoever asks after an `IO_ERROR`
 */
function deleteTree(path: NativePath, kept: readonly NativePath[], counts: DeleteCounts, control: TaskControl): boolean {
  const mountPoints = new MountPoints();
  const tell = (): TaskProgress => ({
    currentItem: current,
    itemsDone: counts.files + counts.folders + counts.symlinks,
    bytesDone: counts.bytes,
  });
  let current = path;
  const visit = (place: NativePath): boolean => {
    current = place;
    control.step(tell);
    try {
      const facts = factsIfExists(place);
      if (!facts) return true;
      refuseKept(place, kept);
      if (mountPoints.has(place, facts)) throw reasonError('VOLUME_BUSY', 'mounted-below', { path: displayName(place) });
      return facts.isDirectory() ? removeFolder(place) : removeFile(place, facts);
    } catch (error) {
      if (error instanceof MooringError && error.code === 'CANCELLED') throw error;
      control.problem(place, toFsError(error, place));
      return false;
    }
  };
  const removeFile = (place: NativePath, facts: FileFacts): boolean => {
    unlinkSync(place);
    if (facts.isSymbolicLink()) counts.symlinks += 1;
    else counts.files += 1;
    // Bytes are free when the last name is gone.
    if (facts.isFile() && facts.nlink === 1n) counts.bytes += Number(facts.size);
    return true;
  };
  const removeFolder = (place: NativePath): boolean => {
    let isEmpty = true;
    // Read to its end before anything is removed: some file systems skip names when a folder changes while it is read.
    for (const name of Array.from(namesIn(place))) isEmpty = visit(joinPath(place, name)) && isEmpty;
    if (!isEmpty) return false;
    rmdirSync(place);
    counts.folders += 1;
    return true;
  };
  return visit(path);
}

/** Deletes one after the other what was named, and tells of each. @throws MooringError `CANCELLED` */
export function deleteAll({ request: { paths, kept }, counts }: TaskInput<'delete'>, control: TaskControl): DeleteCounts {
  const done = { ...counts };
  for (const path of paths) {
    const isWhole = deleteTree(path, kept, done, control);
    control.tell({ type: 'deleted', path, isWhole, counts: { ...done } });
  }
  return done;
}

export function noCounts(): DeleteCounts {
  return { files: 0, folders: 0, symlinks: 0, bytes: 0 };
}

function countAll(sources: readonly Source[], obstacles: TaskObstacle[], control: TaskControl): DeleteCounts {
  const counts = noCounts();
  const folders: NativePath[] = [];
  const count = (place: NativePath, facts: FileFacts) => {
    if (facts.isDirectory()) {
      counts.folders += 1;
      folders.push(place);
    } else if (facts.isSymbolicLink()) counts.symlinks += 1;
    else counts.files += 1;
    if (facts.isFile()) counts.bytes += Number(facts.size);
  };
  for (const { path, facts } of sources) count(path, facts);
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    control.step();
    try {
      for (const name of namesIn(folder)) {
        const place = joinPath(folder, name);
        count(place, factsOf(place));
      }
    } catch (error) {
      // What has gone meanwhile is not deleted by us.
      if (errorNumber(error) !== 'ENOENT') obstacles.push(toObstacle(folder, error));
    }
  }
  return counts;
}

function toObstacle(path: NativePath, error: unknown): TaskObstacle {
  const { code, message, reason } = toFsError(error, path);
  return { path, code, message, reason, proposedName: null };
}
