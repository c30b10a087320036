import type { ActionRecord } from '#shared/contract/action.ts';
import { countIn } from '#shared/short-input.ts';
import { formatCount } from './figures.ts';
import type { Places } from './places.ts';
import { safeText } from './safe-text.ts';

/** What an action is, in a few words: “Copy /home/me/a to /media/stick”. @param undone the title of what an undoing undoes */
export function actionTitle({ type, input, result }: Pick<ActionRecord, 'type' | 'input' | 'result'>, at: Places, undone?: string): string {
  const text = (key: string) => safeText(String(input[key] ?? ''));
  const what = () => itemsText(input, at);
  const named = result && 'name' in result ? safeText(result.name) : text('name');
  switch (type) {
    case 'file.copy':
      return `Copy ${what()} to ${at(text('destination'))}`;
    case 'file.move':
      return `Move ${what()} to ${at(text('destination'))}`;
    case 'file.duplicate':
      return `Duplicate ${what()}`;
    case 'file.rename':
      return renameTitle(input, at);
    case 'file.rename-many':
      return `Rename ${what()} by a rule`;
    case 'file.create-folder':
      return `Make the folder ${text('name')} in ${at(text('parent'))}`;
    case 'file.create-file':
      return `Make the file ${text('name')} in ${at(text('parent'))}`;
    case 'file.create-link':
      return `Make the link ${text('name')} in ${at(text('parent'))}`;
    case 'file.trash':
      return `Move ${what()} to the trash`;
    case 'file.delete':
      return `Delete ${what()} for good`;
    case 'file.restore':
      return `Restore ${Array.isArray(input.items) ? formatCount(countIn(input, 'items'), 'item') : 'something'} from the trash`;
    case 'library.create':
      return `Make the library ${named}`;
    case 'library.rename':
      return `Rename the library ${text('library')} to ${named}`;
    case 'library.update':
      return `Change the library ${named}`;
    case 'library.delete':
      return `Move the library ${named} to the trash`;
    case 'library.restore':
      return `Restore the library ${named} from a backup`;
    case 'location.add':
      return `Add the location ${named}`;
    case 'location.update':
      return `Change the location ${named}`;
    case 'location.remove':
      return `Remove the location ${named}`;
    case 'volume.track':
      return `Track ${named}`;
    case 'volume.untrack':
      return `Stop tracking ${named}`;
    case 'volume.update':
      return `Change the volume ${named}`;
    case 'undo':
      return undone === undefined ? `Undo ${text('action')}` : `Undo: ${undone}`;
  }
}

/** The one, or how many. */
export function itemsText(input: Record<string, unknown>, at: Places): string {
  const { sources } = input;
  if (!Array.isArray(sources)) return 'something';
  const [first] = sources;
  return sources.length === 1 && typeof first === 'string' ? at(first) : formatCount(countIn(input, 'sources'), 'item');
}

function renameTitle(input: Record<string, unknown>, at: Places): string {
  const { items } = input;
  if (!Array.isArray(items)) return 'Rename something';
  const [first] = items;
  if (items.length !== 1 || typeof first?.path !== 'string') return `Rename ${formatCount(countIn(input, 'items'), 'item')}`;
  return `Rename ${at(first.path)} to ${safeText(String(first.name))}`;
}
