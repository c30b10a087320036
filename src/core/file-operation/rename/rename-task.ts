import { toFsError } from '#core/fs/fs-error.ts';
import { baseName, displayName, joinPath, type NativePath, parentOf } from '#core/fs/native-path.ts';
import type { RenameRule } from '#shared/contract/file.ts';
import { factsIfExists, factsOf } from '../file-facts.ts';
import { type FileIdentity, isStill, toIdentity } from '../file-task/file-identity.ts';
import type { TaskChanges, TaskInput, TaskObstacle } from '../file-task/file-task.ts';
import { proposedIn } from '../file-task/fitting-names.ts';
import { freeNameIn } from '../file-task/free-name-beside.ts';
import { refusedUndo, refusedUndoFor } from '../file-task/refused-undo.ts';
import type { TaskControl } from '../file-task/task-control.ts';
import { namesByRule } from './names-by-rule.ts';
import { RenameJournal } from './rename-journal.ts';
import { type PlannedRename, planRenames, type RenameItem, type RenamePlan } from './rename-plan.ts';
import { runRenames } from './rename-run.ts';

/** Something that is to have the name again that it had. */
export interface RenameBackItem {
  path: NativePath;
  name: NativePath;
  identity: FileIdentity;
}

/** Names given one by one, or made by a rule, in the order of the paths. */
export type WantedNames = { items: RenameItem[] } | { paths: NativePath[]; rule: RenameRule };

/** @throws MooringError of the first obstacle, unless it is a rehearsal: nothing has changed then */
export function renameTask({ wanted, kept, mounts, isRehearsal, journalPath }: TaskInput<'rename'>, control: TaskControl): TaskChanges {
  const step = () => control.step();
  const { items, obstacles } = 'items' in wanted ? { items: wanted.items, obstacles: [] } : namesByRule(wanted.paths, wanted.rule, step);
  const plan = planRenames(items, { kept, mounts }, step);
  return carryOut({ ...plan, obstacles: [...obstacles, ...plan.obstacles] }, isRehearsal, journalPath, control);
}

/** @throws MooringError `UNDO_REFUSED` */
export function renameBackTask({ items, isRehearsal, journalPath }: TaskInput<'rename-back'>, control: TaskControl): TaskChanges {
  for (const { path, identity } of items) {
    control.step();
    const facts = factsIfExists(path);
    if (!facts) throw refusedUndo('gone-since', { path: displayName(path) });
    if (!isStill(facts, identity)) throw refusedUndo('name-of-another-now', { path: displayName(baseName(path)) });
  }
  const plan = planRenames(items, { kept: [], mounts: [] }, () => control.step());
  const [obstacle] = plan.obstacles;
  if (obstacle) throw refusedUndoFor(obstacle.error);
  return carryOut(plan, isRehearsal, journalPath, control);
}

function carryOut(plan: RenamePlan, isRehearsal: boolean, journalPath: string, control: TaskControl): TaskChanges {
  const obstacles = plan.obstacles.map(toObstacle);
  if (isRehearsal) return { changes: plan.renames.map((rename) => toChange(rename, null)), obstacles };
  const [obstacle] = plan.obstacles;
  if (obstacle) throw obstacle.error;
  const journal = new RenameJournal(journalPath);
  runRenames(
    plan.renames,
    () => control.step(),
    (temporary) => journal.note(temporary),
  );
  journal.remove();
  return { changes: plan.renames.map((rename) => toChange(rename, toIdentity(factsOf(joinPath(rename.folder, rename.to))))), obstacles };
}

function toChange({ folder, from, to }: PlannedRename, identity: FileIdentity | null) {
  return { from: joinPath(folder, from), to: joinPath(folder, to), identity };
}

function toObstacle({ item: { path, name }, error }: RenamePlan['obstacles'][number]): TaskObstacle {
  const { code, message, reason } = toFsError(error, path);
  return {
    path,
    code,
    message,
    reason,
    proposedName: code === 'PATH_ALREADY_EXISTS' ? freeNameIn(parentOf(path), name) : proposedIn(error),
  };
}
