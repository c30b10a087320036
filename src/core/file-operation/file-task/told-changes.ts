import { emptyPreview } from '#core/action/empty-preview.ts';
import { UNDO_POSSIBLE } from '#core/action/told-undo.ts';
import type { NativePath } from '#core/fs/native-path.ts';
import { baseName, displayName, parentOf } from '#core/fs/native-path.ts';
import type { ActionPreview, ActionResult } from '#shared/contract/action.ts';
import type { OwnChange } from '../index-follow/index-follow.ts';
import type { FileAddresses } from './file-addresses.ts';
import type { TaskChange, TaskChanges, TaskObstacle } from './file-task.ts';
import { pathKey } from './real-folders.ts';

/** As many as previews and results name; counts are of all. */
export const MOST_TOLD = 1000;

/** What a rehearsal has found, for clients. */
export function toPreview({ changes, obstacles }: TaskChanges, addresses: FileAddresses, undo: ActionPreview['undo']): ActionPreview {
  const preview = emptyPreview(undo);
  for (const { identity } of changes) {
    if (identity?.kind === 'folder') preview.folders += 1;
    else if (identity?.kind === 'symlink') preview.symlinks += 1;
    else preview.files += 1;
    if (identity?.kind === 'file') preview.totalBytes += Number(identity.sizeBytes);
  }
  return {
    ...preview,
    changes: toldChanges(changes, addresses),
    changeCount: changes.length,
    obstacles: toldObstacles(obstacles, addresses),
    obstacleCount: obstacles.length,
  };
}

export function toldObstacles(obstacles: readonly TaskObstacle[], addresses: FileAddresses): ActionPreview['obstacles'] {
  return obstacles.slice(0, MOST_TOLD).map(({ path, code, message, reason, proposedName }) => ({
    ...{ path: addresses.of(path), code, message, reason },
    proposedName: proposedName === null ? null : displayName(proposedName),
  }));
}

/** What a task has done, for clients. */
function toResult(changes: readonly TaskChange[], addresses: FileAddresses): ActionResult {
  return { kind: 'changes', changes: toldChanges(changes, addresses), changeCount: changes.length, bytes: 0 };
}

/** Of a task that does all or nothing: what it has done is what it found out to do. */
export function toOutcome(changes: TaskChange[], addresses: FileAddresses): { result: ActionResult; expected: ActionPreview } {
  const expected = toPreview({ changes, obstacles: [] }, addresses, UNDO_POSSIBLE);
  return { result: toResult(changes, addresses), expected };
}

/** What a task has done, for the index: both ends of each change. */
export function toOwnChanges(changes: readonly Pick<TaskChange, 'from' | 'to'>[]): OwnChange[] {
  const folders = new Map<string, { folder: NativePath; names: NativePath[] }>();
  for (const path of changes.flatMap(({ from, to }) => [from, to])) {
    if (path === null) continue;
    const folder = parentOf(path);
    const key = pathKey(folder);
    const known = folders.get(key) ?? { folder, names: [] };
    known.names.push(baseName(path));
    folders.set(key, known);
  }
  return [...folders.values()];
}

function toldChanges(changes: readonly TaskChange[], addresses: FileAddresses) {
  const address = (path: NativePath | null) => (path === null ? null : addresses.of(path));
  return changes.slice(0, MOST_TOLD).map(({ from, to }) => ({ from: address(from), to: address(to) }));
}
