import { mkdirSync, rmdirSync } from 'node:fs';
import { toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, joinPath, type NativePath, parentOf, samePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import { type FileFacts, factsIfExists, factsOf } from '../file-facts.ts';
import { type FileIdentity, isStill, toIdentity } from '../file-task/file-identity.ts';
import type { TaskChange, TaskChanges, TaskObstacle } from '../file-task/file-task.ts';
import { freeNameIn } from '../file-task/free-name-beside.ts';
import { pathKey } from '../file-task/real-folders.ts';
import { refusedUndo } from '../file-task/refused-undo.ts';
import type { TaskControl } from '../file-task/task-control.ts';
import { moveWithoutReplacing, taken } from '../rename/move-without-replacing.ts';
import type { TrashedFile, TrashFolder, TrashSystem } from './trash-folder.ts';

/** Something in the trash, and where it goes. */
interface Leaving {
  item: TrashedFile;
  folder: TrashFolder;
  facts: FileFacts;
}

/** What is known of something that was thrown away, so that this can be undone. */
export interface ThrownAway {
  path: NativePath;
  originalPath: NativePath;
  identity: FileIdentity;
}

/** What restoring would do. @throws MooringError `CANCELLED` */
export function rehearseRestore(paths: readonly NativePath[], system: TrashSystem, control: TaskControl): TaskChanges {
  const obstacles: TaskObstacle[] = [];
  const targets = new Set<string>();
  const changes = paths.flatMap((path): TaskChange[] => {
    control.step();
    try {
      const { item } = findLeaving(path, system);
      refuseTaken(item.originalPath, targets);
      return [{ from: path, to: item.originalPath, identity: null }];
    } catch (error) {
      obstacles.push(toObstacle(path, error, system));
      return [];
    }
  });
  return { changes, obstacles };
}

/**
 * Moves things from the trash to where they were: all of them, or none, and never over something. Folders that have gone since are made again,
 * and are among the changes.
 *
 * @throws MooringError `PATH_NOT_FOUND` for what is not in the trash (any more), `PATH_ALREADY_EXISTS`
 */
export function restore(paths: readonly NativePath[], system: TrashSystem, control: TaskControl): TaskChanges {
  const targets = new Set<string>();
  const leaving = paths.map((path) => {
    control.step();
    const found = findLeaving(path, system);
    refuseTaken(found.item.originalPath, targets);
    return found;
  });
  return { changes: takeOut(leaving, control), obstacles: [] };
}

/** Takes back what was thrown away. @throws MooringError `UNDO_REFUSED` */
export function trashBack(items: readonly ThrownAway[], isRehearsal: boolean, system: TrashSystem, control: TaskControl): TaskChanges {
  const leaving = items.map(({ path, originalPath, identity }): Leaving => {
    control.step();
    const facts = factsIfExists(path);
    const name = displayName(baseName(originalPath));
    if (!facts || !isStill(facts, identity)) throw refusedUndo('not-in-trash-now', { path: name });
    if (factsIfExists(originalPath)) throw refusedUndo('old-place-taken', { path: name });
    const folder = system.holding(path);
    if (!folder) throw refusedUndo('trash-gone', { path: name });
    return { item: { path, originalPath, trashedAt: null }, folder, facts };
  });
  if (!isRehearsal) return { changes: takeOut(leaving, control), obstacles: [] };
  return { changes: leaving.map(({ item }) => ({ from: item.path, to: item.originalPath, identity: null })), obstacles: [] };
}

/** Records go when everything is where it belongs. @throws MooringError: everything is in the trash as before */
function takeOut(leaving: readonly Leaving[], control: TaskControl): TaskChange[] {
  const made: NativePath[] = [];
  const out: Leaving[] = [];
  try {
    for (const one of leaving) {
      control.step();
      makeFolders(parentOf(one.item.originalPath), made);
      moveWithoutReplacing(one.item.path, one.item.originalPath, one.facts);
      out.push(one);
    }
  } catch (error) {
    throw putBack(out, made, toFsError(error, leaving[out.length]?.item.originalPath ?? ''));
  }
  for (const { folder, item } of out) {
    control.alive();
    folder.forget(item);
  }
  const folders = made.map((folder): TaskChange => ({ from: null, to: folder, identity: toIdentity(factsOf(folder)) }));
  const files = out.map(
    ({ item }): TaskChange => ({ from: item.path, to: item.originalPath, identity: toIdentity(factsOf(item.originalPath)) }),
  );
  return [...folders, ...files];
}

function putBack(out: readonly Leaving[], made: readonly NativePath[], because: MooringError): MooringError {
  for (const { item, facts } of out.toReversed()) {
    try {
      moveWithoutReplacing(item.originalPath, item.path, facts);
    } catch (error) {
      const { message } = toFsError(error, item.path);
      const shown = displayName(item.originalPath);
      const whole = `${because.message} “${shown}” is back, though: ${message}`;
      return reasonError(because.code, 'left-restored', { path: shown }, { message: whole, cause: because });
    }
  }
  removeMade(made);
  return because;
}

/** Folders that were made for what was restored, when nothing is in them: outermost first in the list. */
export function removeMade(made: readonly NativePath[]): void {
  for (const folder of made.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody has put something into it: then it stays.
    }
  }
}

function makeFolders(folder: NativePath, made: NativePath[]): void {
  const missing: NativePath[] = [];
  for (let above = folder; !factsIfExists(above) && !samePath(above, parentOf(above)); above = parentOf(above)) missing.unshift(above);
  for (const one of missing) {
    mkdirSync(one);
    made.push(one);
  }
}

function findLeaving(path: NativePath, system: TrashSystem): Leaving {
  const folder = system.holding(path);
  const item = folder?.find(path);
  const facts = factsIfExists(path);
  if (!folder || !item || !facts) {
    throw reasonError('PATH_NOT_FOUND', 'not-in-the-trash', {});
  }
  return { item, folder, facts };
}

function refuseTaken(target: NativePath, targets: Set<string>): void {
  if (factsIfExists(target)) throw taken(target);
  const key = pathKey(target);
  if (targets.has(key)) throw reasonError('PATH_ALREADY_EXISTS', 'two-from-one-place', { path: displayName(target) });
  targets.add(key);
}

function toObstacle(path: NativePath, error: unknown, system: TrashSystem): TaskObstacle {
  const { code, message, reason } = toFsError(error, path);
  const target = code === 'PATH_ALREADY_EXISTS' ? system.holding(path)?.find(path)?.originalPath : undefined;
  const proposedName = target === undefined ? null : freeNameIn(parentOf(target), baseName(target));
  return { path: target === undefined ? path : joinPath(parentOf(target), baseName(target)), code, message, reason, proposedName };
}
