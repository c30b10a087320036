import type { ActionRecord, ActionResult } from '#shared/contract/action.ts';
import type { Session } from '../session.ts';
import { actionTitle } from './action-title.ts';
import { formatCount, formatNumber, formatSize, formatTime } from './figures.ts';
import type { Places } from './places.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

type Output = Pick<Session, 'colors' | 'units'>;

/** So many of the changes that an action has made are listed. */
const CHANGES_SHOWN = 20;

const UNDO_STATES = { possible: 'possible', impossible: '–', undoing: 'being undone', undone: 'undone' } as const;

export function formatActions(
  { items, nextCursor }: { items: readonly ActionRecord[]; nextCursor: string | null },
  output: Output,
  at: Places,
): string {
  if (items.length === 0) return 'Nothing was done yet.';
  const titles = new Map(items.map((action) => [action.id, actionTitle(action, at)]));
  const table = formatTable(
    [{ title: 'Action' }, { title: 'When' }, { title: 'State' }, { title: 'Undo' }, { title: 'What' }],
    items.map((action) => [
      output.colors.dim(action.id),
      formatTime(action.at),
      stateText(action, output),
      UNDO_STATES[action.undo.state],
      actionTitle(action, at, titles.get(action.undoes ?? '')),
    ]),
  );
  return nextCursor ? `${table}\n${output.colors.dim(`Go on with --cursor ${nextCursor}`)}` : table;
}

export function formatAction(action: ActionRecord, output: Output, at: Places): string {
  const { expected, result, jobId } = action;
  const fields: [string, string][] = [
    ['Action', action.id],
    ['What', actionTitle(action, at)],
    ['Type', action.type],
    ['State', stateText(action, output)],
  ];
  if (action.error) fields.push(['Error', safeText(action.error.message)]);
  if (expected) fields.push(['Expected', expectedText(expected, output)]);
  if (result) fields.push(['Done', resultText(action, result, output)]);
  fields.push(['Undo', undoText(action)]);
  if (action.undoes !== null) fields.push(['Undoes', action.undoes]);
  if (jobId !== null) fields.push(['Job', jobId]);
  fields.push(
    ['Begun', formatTime(action.at)],
    ['Ended', formatTime(action.completedAt)],
    ['Device', safeText(action.deviceName)],
    ['Remembered', action.libraryId === null ? 'until Mooring stops' : `by library ${action.libraryId}`],
  );
  return [formatFields(fields), ...changeLines(result, at)].join('\n');
}

/** What was done, and how it is taken back. */
export function formatActionDone(action: ActionRecord, output: Output, at: Places): string {
  const { result, undo, id } = action;
  const done = result ? resultText(action, result, output) : 'Done.';
  const isOne = result?.kind === 'changes' && result.changeCount === 1;
  const changes = isOne && action.type !== 'undo' ? changeLines(result, at).map((line) => line.trim()) : [];
  const text = changes.length > 0 ? changes.join('\n') : done;
  return undo.state === 'possible' ? `${text}\n${output.colors.dim(`\`mooring action undo ${id}\` takes it back.`)}` : text;
}

function stateText({ status, problemCount }: ActionRecord, { colors }: Output): string {
  if (status === 'failed') return colors.red(status);
  if (status !== 'completed') return colors.yellow(status);
  return problemCount === 0 ? colors.green(status) : colors.yellow(`completed, with ${formatCount(problemCount, 'problem')}`);
}

function undoText({ id, undo }: ActionRecord): string {
  const reason = undo.reason === null ? '' : safeText(undo.reason);
  switch (undo.state) {
    case 'possible':
      return `possible, with \`mooring action undo ${id}\`${reason && `; the last attempt was refused: ${reason}`}`;
    case 'impossible':
      return `not possible: ${reason || 'nothing is known that would take it back.'}`;
    case 'undoing':
      return `under way, by action ${undo.by}`;
    case 'undone':
      return `done, by action ${undo.by}`;
  }
}

function expectedText(
  { files, folders, totalBytes, conflicts, obstacles }: NonNullable<ActionRecord['expected']>,
  { units }: Output,
): string {
  const parts = [formatCount(files, 'file'), formatCount(folders, 'folder'), formatSize(totalBytes, units)];
  if (conflicts > 0) parts.push(formatCount(conflicts, 'conflict'));
  if (obstacles > 0) parts.push(formatCount(obstacles, 'obstacle'));
  return parts.join(', ');
}

function resultText({ type }: Pick<ActionRecord, 'type'>, result: ActionResult, output: Output): string {
  if (result.kind === 'transfer') return type === 'undo' ? undoneText(result) : transferText(result, output);
  if (result.kind !== 'changes') return type === 'undo' ? `Undone: ${safeText(result.name)} is as it was.` : safeText(result.name);
  const verbs: Partial<Record<ActionRecord['type'], string>> = {
    'file.trash': 'moved to the trash',
    'file.delete': 'deleted',
    'file.restore': 'restored',
    'file.rename': 'renamed',
    'file.rename-many': 'renamed',
    undo: 'put back as they were',
  };
  const bytes = result.bytes > 0 ? `, ${formatSize(result.bytes, output.units)}` : '';
  return `${formatCount(result.changeCount, 'item')} ${verbs[type] ?? 'changed'}${bytes}.`;
}

/** What was copied is gone, what was moved is back. */
function undoneText({ itemsMoved }: Extract<ActionResult, { kind: 'transfer' }>): string {
  return itemsMoved > 0 ? `It is undone: ${formatCount(itemsMoved, 'item')} moved back.` : 'It is undone.';
}

function transferText(result: Extract<ActionResult, { kind: 'transfer' }>, { units }: Output): string {
  const counted: [number, string, string?][] = [
    [result.filesCopied, 'file copied', 'files copied'],
    [result.foldersCreated, 'folder made', 'folders made'],
    [result.symlinksCopied, 'link copied', 'links copied'],
    [result.hardLinks, 'further name of a file', 'further names of files'],
    [result.itemsMoved, 'item moved', 'items moved'],
    [result.skipped, 'left out', 'left out'],
    [result.identical, 'the same already', 'the same already'],
    [result.verified, 'verified', 'verified'],
  ];
  const parts = counted.flatMap(([count, one, many]) => (count > 0 ? [formatCount(count, one, many)] : []));
  if (result.bytesCopied > 0) parts.push(formatSize(result.bytesCopied, units));
  const notKept = result.notKept.map(({ what, count }) => `${what} of ${formatCount(count, 'file')}`);
  const text = parts.length === 0 ? 'Nothing had to be done.' : `${parts.join(', ')}.`;
  return notKept.length === 0 ? text : `${text} The target could not keep: ${notKept.join(', ')}.`;
}

function changeLines(result: ActionResult | null, at: Places): string[] {
  if (result?.kind !== 'changes') return [];
  const shown = result.changes.slice(0, CHANGES_SHOWN);
  const rest = result.changeCount - shown.length;
  return [...shown.map((change) => `  ${changeText(change, at)}`), ...(rest > 0 ? [`  … and ${formatNumber(rest)} more`] : [])];
}

/** What has become, or becomes, of one file. */
export function changeText({ from, to }: { from: string | null; to: string | null }, at: Places): string {
  if (from === null) return `${at(to ?? '')} is new`;
  return to === null ? `${at(from)} is gone` : `${at(from)} → ${at(to)}`;
}
