import { create } from 'zustand';
import type { CommandId } from '../../../shared/command-keys.ts';
import type { CommandContext } from './command.ts';
import { COMMANDS, isEnabled } from './commands.ts';

/** Of the page that is there; null before there is one. */
export const useCommandContext = create<{ context: CommandContext | null }>(() => ({ context: null }));

/** Does what a command says, unless that cannot be done now. @returns whether it could */
export function runCommand(id: CommandId): boolean {
  const { context } = useCommandContext.getState();
  if (!context || !isEnabled(id)) return false;
  void COMMANDS[id].run(context);
  return true;
}
