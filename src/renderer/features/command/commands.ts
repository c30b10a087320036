import type { TFunction } from 'i18next';
import type { CommandId } from '../../../shared/command-keys.ts';
import type { en } from '../../i18n/en.ts';
import type { Command } from './command.ts';
import { EDIT_SET } from './edit-set.ts';
import { FILE_SET } from './file-set.ts';
import { APP_SET, GO_SET, HELP_SET, LIBRARY_SET, VIEW_SET } from './page-set.ts';
import { PANE_SET, TAB_SET } from './tab-set.ts';

/** Everything that the page can do. */
export const COMMANDS: Readonly<Record<CommandId, Command>> = {
  ...FILE_SET,
  ...EDIT_SET,
  ...GO_SET,
  ...VIEW_SET,
  ...TAB_SET,
  ...PANE_SET,
  ...LIBRARY_SET,
  ...APP_SET,
  ...HELP_SET,
};

/** The name that it always has, e.g. in the list of keys. */
export function commandTitle(id: CommandId, t: TFunction): string {
  return t(`command.${id}`);
}

/** The name of what it would do now. */
export function commandTitleNow(id: CommandId, t: TFunction): string {
  return COMMANDS[id].title?.(t) ?? commandTitle(id, t);
}

export const isOffered = (id: CommandId): boolean => COMMANDS[id].isOffered?.() ?? true;

/** Whether it can be done, here and now. */
export const isEnabled = (id: CommandId): boolean => isOffered(id) && (COMMANDS[id].isEnabled?.() ?? true);

export type CommandGroup = keyof typeof en.commandGroup;

/** Of several lists of commands, the one that it stands in. */
export function groupOf(id: CommandId): CommandGroup {
  return id.slice(0, id.indexOf('.')) as CommandGroup;
}
