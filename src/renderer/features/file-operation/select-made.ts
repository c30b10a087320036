import type { ActionRecord } from '../../../shared/contract/action.ts';
import { parentPath } from '../../lib/entry-path.ts';
import { revealMade } from '../entry/reveal-store.ts';
import { useFileScope } from './file-scope.ts';

/** What was open and chosen when an action began. */
interface Before {
  folder: string;
  chosen: readonly string[];
}

/** By the ids of actions that have not ended. */
const waiting = new Map<string, Before>();

/**
 * What is copied or moved into the open folder is selected there once it is whole, unless something else was chosen since.
 * @returns what has to be told which action it is, once that has begun; null when it was refused
 */
export function selectingMade(): (action: ActionRecord | null) => void {
  const { folder, chosenPaths } = useFileScope.getState();
  const before = { folder: folder()?.folder ?? null, chosen: chosenPaths() };
  return (action) => {
    if (action === null || before.folder === null) return;
    waiting.set(action.id, { ...before, folder: before.folder });
    selectMade(action);
  };
}

/** Has to be told of each action as it changes. */
export function selectMade(action: ActionRecord): void {
  const before = waiting.get(action.id);
  if (!before || action.status === 'running') return;
  waiting.delete(action.id);
  const { folder, chosenPaths } = useFileScope.getState();
  if (folder()?.folder !== before.folder || !isSame(chosenPaths(), before.chosen)) return;
  const made = action.result?.kind === 'transfer' ? action.result.created : [];
  const here = made.filter((path) => parentPath(path) === before.folder.replace(/\/+$/, ''));
  if (here.length > 0) revealMade(...here);
}

const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((path, index) => path === b[index]);
