import { errorNumber, toFsError } from '#core/fs/fs-error.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { factsOf } from '../file-facts.ts';
import { toIdentity } from '../file-task/file-identity.ts';
import type { TaskChanges, TaskObstacle } from '../file-task/file-task.ts';
import { outermost, type Source, SourceFinder } from '../file-task/source-finder.ts';
import type { TaskControl } from '../file-task/task-control.ts';
import { moveWithoutReplacing } from '../rename/move-without-replacing.ts';
import type { TrashedFile, TrashFolder, TrashSystem } from './trash-folder.ts';
import { TrashFolders } from './trash-folders.ts';

export interface TrashRequest {
  paths: NativePath[];
  /** Real folders that Mooring itself works in: neither they nor what is in them is thrown away. */
  kept: NativePath[];
}

interface Thrown {
  item: TrashedFile;
  source: Source;
  folder: TrashFolder;
}

/** What throwing things away would do. @throws MooringError `CANCELLED` */
export function rehearseTrash({ paths, kept }: TrashRequest, system: TrashSystem, control: TaskControl): TaskChanges {
  const obstacles: TaskObstacle[] = [];
  const finder = new SourceFinder(kept);
  const folders = new TrashFolders(system);
  const sources = paths.flatMap((path) => {
    control.step();
    try {
      const source = finder.find(path);
      if (!source) return [];
      folders.of(source).next();
      return [source];
    } catch (error) {
      const { code, message, reason } = toFsError(error, path);
      obstacles.push({ path, code, message, reason, proposedName: null });
      return [];
    }
  });
  return { changes: outermost(sources).map(({ path, facts }) => ({ from: path, to: null, identity: toIdentity(facts) })), obstacles };
}

/**
 * Moves files, links and folders to the trash: all of them, or none.
 *
 * @throws MooringError why one could not be: `NO_TRASH`, `PATH_NOT_FOUND`, `PERMISSION_DENIED` …
 */
export function throwAway(request: TrashRequest, system: TrashSystem, control: TaskControl): TaskChanges {
  const finder = new SourceFinder(request.kept);
  const folders = new TrashFolders(system);
  const sources = request.paths.flatMap((path) => {
    control.step();
    const source = finder.find(path);
    if (!source) return [];
    folders.of(source).next();
    return [source];
  });
  const thrown: Thrown[] = [];
  const at = new Date();
  for (const source of outermost(sources)) {
    try {
      control.step();
      thrown.push(putInTrash(source, folders, at));
    } catch (error) {
      throw takenBack(thrown, toFsError(error, source.path));
    }
  }
  const changes = thrown.map(({ item, source }) => ({ from: source.path, to: item.path, identity: toIdentity(factsOf(item.path)) }));
  return { changes, obstacles: [] };
}

/** @throws MooringError `NO_TRASH`; an error of `node:fs` */
function putInTrash(source: Source, folders: TrashFolders, at: Date): Thrown {
  for (const folder of folders.of(source)) {
    try {
      return { item: folder.put(source, at), source, folder };
    } catch (error) {
      // A bind mount has the device number of what it shows, and yet nothing can be renamed out of it.
      if (errorNumber(error) !== 'EXDEV') throw error;
    }
  }
  throw new Error('The trash of no system ends so');
}

/** @returns what is to be told of it */
function takenBack(thrown: readonly Thrown[], because: MooringError): MooringError {
  for (const { item, source, folder } of thrown.toReversed()) {
    try {
      moveWithoutReplacing(item.path, source.path, source.facts);
      folder.forget(item);
    } catch (error) {
      const left = `“${displayName(source.path)}” is in the trash, and could not be taken out again: ${toFsError(error, source.path).message}`;
      const whole = `${because.message} ${left}`;
      return reasonError(because.code, 'left-in-the-trash', { path: displayName(source.path) }, { message: whole, cause: because });
    }
  }
  return because;
}
