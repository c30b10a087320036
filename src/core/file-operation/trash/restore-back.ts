import { baseName, displayName } from '#core/fs/native-path.ts';
import { factsIfExists } from '../file-facts.ts';
import { isStill } from '../file-task/file-identity.ts';
import type { TaskChanges, TaskInput } from '../file-task/file-task.ts';
import { refusedUndo, refusedUndoFor } from '../file-task/refused-undo.ts';
import type { TaskControl } from '../file-task/task-control.ts';
import { removeMade } from './take-out.ts';
import { rehearseTrash, throwAway } from './throw-away.ts';
import type { TrashSystem } from './trash-folder.ts';

/** Moves what was restored to the trash again, with the folders that were made for it. @throws MooringError `UNDO_REFUSED` */
export function restoreBack(
  { items, madeFolders, isRehearsal }: TaskInput<'restore-back'>,
  system: TrashSystem,
  control: TaskControl,
): TaskChanges {
  for (const { path, identity } of items) {
    const facts = factsIfExists(path);
    if (!facts || !isStill(facts, identity)) throw refusedUndo('not-where-restored', { path: displayName(baseName(path)) });
  }
  const request = { paths: items.map(({ path }) => path), kept: [] };
  const rehearsed = rehearseTrash(request, system, control);
  const [obstacle] = rehearsed.obstacles;
  if (obstacle) throw refusedUndoFor(obstacle);
  if (isRehearsal) return rehearsed;
  const { changes } = throwAway(request, system, control);
  removeMade(madeFolders);
  return { changes, obstacles: [] };
}
