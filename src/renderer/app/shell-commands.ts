import { useEffect } from 'react';
import type { CommandId } from '../../shared/command-keys.ts';
import type { ShellCommand } from '../../shared/contract/shell.ts';
import { runCommand } from '../features/command/run-command.ts';
import { parentPath } from '../lib/entry-path.ts';
import { engine } from './engine.ts';
import { openVolume } from './navigation.ts';
import { useShell } from './shell.ts';
import { useUi } from './ui-store.ts';

/** Does what the menu, the tray, a notification or a `mooring://` link asks of the page. */
export function useShellCommands(): void {
  const shell = useShell((state) => state.client);
  useEffect(() => {
    if (!shell) return;
    const controller = new AbortController();
    const listen = async () => {
      const commands = await shell.commands(undefined, { signal: controller.signal });
      for await (const command of commands) await follow(command);
    };
    listen().catch((error: unknown) => {
      if (!controller.signal.aborted) console.error('The window’s commands ended.', error);
    });
    return () => controller.abort();
  }, [shell]);
}

async function follow(command: ShellCommand): Promise<void> {
  if (command.type === 'open-volume') return openVolume(command.fingerprint);
  if (command.type === 'show-jobs') return useUi.getState().setPanel('jobs');
  if (command.type === 'command') return runFromMenu(command.command);
  const entry = await engine.entries.get({ path: command.path });
  const folder = entry.kind === 'folder' ? entry.path : parentPath(entry.path);
  if (entry.volumeFingerprint !== null) openVolume(entry.volumeFingerprint, folder);
}

/** The Edit menu is about text while some is being written. */
function runFromMenu(id: CommandId): void {
  const isInField = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
  if (isInField && id === 'edit.undo') document.execCommand('undo');
  else if (isInField && id === 'edit.selectAll') document.execCommand('selectAll');
  else runCommand(id);
}
