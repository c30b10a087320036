import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import type { MooringError } from '#shared/contract/error.ts';
import type { Placement } from './conflict-answers.ts';
import { targetIn, type Visited } from './folder-pair.ts';
import { freeName } from './free-target-name.ts';
import type { RenameOutcome } from './same-volume-move.ts';
import type { TransferParts } from './transfer-parts.ts';

/** Moves an entry by renaming it, where that leads to its target. @returns false where it has to be copied @throws an error of this entry */
export async function renameIfPossible(parts: TransferParts, visited: Visited, placement: Placement): Promise<boolean> {
  const { request, stage, moving, tally, placed, answers } = parts;
  const { folder, name, source, facts, targetName } = visited;
  if (request.kind !== 'move' || folder.crosses || facts.dev !== folder.dev) return false;
  await stage.settle();
  let outcome: RenameOutcome = 'taken';
  let target = targetName;
  for (let attempt = 0; outcome === 'taken'; attempt++) {
    if (attempt > 0 && placement !== 'numbered') throw appeared(source);
    if (placement === 'numbered') target = freeName(folder, targetName);
    outcome = moving.rename({ folder, name, facts, targetName: target, over: placement === 'over' });
  }
  if (outcome === 'crosses') {
    folder.crosses = true;
    return false;
  }
  folder.claims.add(target);
  if (answers.mayReplace && !facts.isDirectory()) placed.add(facts.dev, facts.ino);
  tally.moved(facts.isFile() ? Number(facts.size) : 0);
  tally.changed(folder.source, name);
  tally.changed(folder.target, target);
  if (folder.parent === null && placement !== 'over') tally.created(targetIn(folder, target));
  return true;
}

/** Something has got a name in the target since it was looked whether that is free. */
export function appeared(source: NativePath): MooringError {
  return reasonError('PATH_ALREADY_EXISTS', 'name-taken-meanwhile', { path: displayName(source) });
}
