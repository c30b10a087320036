import type { TFunction } from 'i18next';
import type { CommandId } from '../../../shared/command-keys.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { chordText } from './chord-text.ts';
import { COMMANDS, commandTitle, commandTitleNow, isEnabled, isOffered } from './commands.ts';
import { runCommand } from './run-command.ts';
import { shortcutsOf } from './shortcuts.ts';

/** The keys of a command for people to read; undefined where it has none. */
export function shortcutText(id: CommandId, t: TFunction): string | undefined {
  const [chord] = shortcutsOf(id);
  return chord === undefined ? undefined : chordText(chord, t);
}

/** What a button that does it says when it is pointed at: “New folder (Ctrl+Shift+N)”. */
export function tooltipOf(id: CommandId, t: TFunction, title = commandTitle(id, t)): string {
  const keys = shortcutText(id, t);
  return keys === undefined ? title : `${title} (${keys})`;
}

/** A command as a line of a menu, as it stands now; an empty list where it is not offered at all. */
export function commandItem(id: CommandId, t: TFunction): Exclude<MenuItem, 'separator'>[] {
  if (!isOffered(id)) return [];
  const { icon, isChecked, isDanger, note } = COMMANDS[id];
  const why = isEnabled(id) ? undefined : note?.(t);
  const shortcut = shortcutText(id, t);
  return [
    {
      label: commandTitleNow(id, t),
      isDisabled: !isEnabled(id),
      isDanger: isDanger ?? false,
      onSelect: () => runCommand(id),
      ...(icon ? { icon } : {}),
      ...(isChecked ? { isChecked: isChecked() } : {}),
      // The reason takes the place of the keys, which mean nothing then.
      ...(why !== undefined ? { note: why } : shortcut === undefined ? {} : { shortcut }),
    },
  ];
}

/** A menu of commands; `-` draws a line, unless nothing stands above or below it. */
export function commandMenu(ids: readonly (CommandId | '-' | MenuItem[])[], t: TFunction): MenuItem[] {
  const items = ids.flatMap((id): MenuItem[] => (id === '-' ? ['separator'] : typeof id === 'string' ? commandItem(id, t) : id));
  return items.filter((item, index) => item !== 'separator' || (index > 0 && index < items.length - 1 && items[index - 1] !== 'separator'));
}
