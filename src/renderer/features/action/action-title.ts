import type { TFunction } from 'i18next';
import { z } from 'zod';
import type { ActionRecord, FileAction } from '../../../shared/contract/action.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { displayName } from '../../lib/display-name.ts';
import { lastName, pathBelow, plainPath, volumeRoot } from '../../lib/entry-path.ts';

/** What titles are made of. Inputs are as different as actions are, and those of another version may lack anything. */
const Input = z.object({
  sources: z.array(z.string()).catch([]),
  /** Where not all of them are told. */
  sourcesCount: z.number().optional().catch(undefined),
  itemsCount: z.number().optional().catch(undefined),
  destination: z.string().optional().catch(undefined),
  items: z.array(z.union([z.string(), z.object({ path: z.string(), name: z.string() })])).catch([]),
  name: z.string().optional().catch(undefined),
});

type NamedVolume = Pick<Volume, 'fingerprint' | 'name' | 'mountPoints'>;

/** “Copied 3 items to Backup”, “Rename notes.txt to diary.txt”: done, or as it is wished. */
export function actionTitle(record: ActionRecord, volumes: readonly NamedVolume[], t: TFunction): string {
  const { type, result } = record;
  const input = Input.parse(record.input);
  const isDone = record.status === 'completed';
  if (type === 'undo') return t(isDone ? 'action.done.undo' : 'action.wish.undo');
  const changes = result?.kind === 'changes' ? result.changes : [];
  const named = result && 'name' in result ? result.name : input.name;
  const [item] = input.items;
  const isOneRename = type === 'file.rename' && input.items.length === 1 && typeof item === 'object';
  const values = {
    what:
      type === 'file.restore'
        ? nameOf(
            changes.map(({ to }) => to ?? ''),
            input.itemsCount ?? input.items.length,
            t,
          )
        : subject(input, t),
    place: displayName(placeName(input.destination ?? '', volumes)),
    name: displayName((isOneRename ? item.name : named) ?? ''),
  };
  if (isOneRename) return t(isDone ? 'action.done.renameOne' : 'action.wish.renameOne', values);
  return t(isDone ? `action.done.${type}` : `action.wish.${type}`, values);
}

/** The same of what was only asked for. */
export function wishText(action: FileAction, t: TFunction): string {
  const { type } = action;
  const input = Input.parse(action);
  const [item] = input.items;
  const what = subject(input, t);
  if (type === 'file.rename' && input.items.length === 1 && typeof item === 'object') {
    return t('action.wish.renameOne', { what, name: displayName(item.name) });
  }
  return t(`action.wish.${type}`, {
    what,
    place: displayName(placeName(input.destination ?? '', [])),
    name: displayName(input.name ?? ''),
  });
}

/** The root of a volume goes by the volume's name, every other folder by its own. */
export function placeName(address: string, volumes: readonly NamedVolume[]): string {
  const path = plainPath(address);
  const volume = volumes.find(
    ({ fingerprint, mountPoints }) => pathBelow(volumeRoot(fingerprint), address) === '' || mountPoints.includes(path),
  );
  return volume?.name ?? lastName(address);
}

function subject({ sources, items, sourcesCount, itemsCount }: z.infer<typeof Input>, t: TFunction): string {
  const paths = sources.length > 0 ? sources : items.map((item) => (typeof item === 'string' ? item : item.path));
  return nameOf(paths, sourcesCount ?? itemsCount ?? paths.length, t);
}

/** One thing by its name, several by their number. */
export function nameOf(paths: readonly string[], count: number, t: TFunction): string {
  const [first] = paths;
  return count === 1 && first !== undefined && first !== '' ? displayName(lastName(first)) : t('job.items', { count });
}
