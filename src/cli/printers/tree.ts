import type { Entry } from '#shared/contract/entry.ts';
import type { Session } from '../session.ts';
import type { TreeProblem } from '../walk-tree.ts';
import { folderContents, hasOwnSize, shownName } from './entry.ts';
import { formatSize } from './figures.ts';
import { safeText } from './safe-text.ts';

type Output = Pick<Session, 'colors' | 'units'>;

/** One entry of a tree: the lines that lead to it, its name, and how large it is. */
export function formatTreeNode({ entry, isLast }: { entry: Entry; isLast: readonly boolean[] }, output: Output): string {
  const { colors, units } = output;
  const name = entry.kind === 'folder' ? colors.blue(shownName(entry)) : shownName(entry);
  const size = entry.kind === 'folder' ? folderContents(entry, units) : hasOwnSize(entry) ? formatSize(entry.sizeBytes ?? 0, units) : '';
  const remark = entry.problem ? colors.red(safeText(entry.problem)) : colors.dim(size);
  return `${branches(isLast)}${name}${size || entry.problem ? `  ${remark}` : ''}`;
}

export function formatTreeProblem({ problem, isLast }: TreeProblem, { colors }: Output): string {
  return `${branches(isLast)}${colors.red(safeText(problem.message))}`;
}

function branches(isLast: readonly boolean[]): string {
  const above = isLast.slice(0, -1).map((last) => (last ? '    ' : '│   '));
  return `${above.join('')}${isLast.at(-1) ? '└── ' : '├── '}`;
}
