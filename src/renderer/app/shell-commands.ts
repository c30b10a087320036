import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PageAction, ShellCommand } from '../../shared/contract/shell.ts';
import { undoNewest } from '../features/action/undo-newest.ts';
import { deleteChosen, duplicateChosen, makeNew, renameChosen, selectAll, trashChosen } from '../features/file-operation/file-commands.ts';
import { beginSearch } from '../features/search/search-field.ts';
import { parentPath } from '../lib/entry-path.ts';
import { showDialog } from './dialog-store.ts';
import { engine } from './engine.ts';
import { goBack, goForward, goUp, navigate, openVolume } from './navigation.ts';
import { useShell } from './shell.ts';
import { useUi } from './ui-store.ts';

/** Does what the menu, the tray, a notification or a `mooring://` link asks of the page. */
export function useShellCommands(): void {
  const client = useQueryClient();
  const shell = useShell((state) => state.client);
  useEffect(() => {
    if (!shell) return;
    const controller = new AbortController();
    const listen = async () => {
      const commands = await shell.commands(undefined, { signal: controller.signal });
      for await (const command of commands) await runCommand(command, () => client.invalidateQueries());
    };
    listen().catch((error: unknown) => {
      if (!controller.signal.aborted) console.error('The window’s commands ended.', error);
    });
    return () => controller.abort();
  }, [shell, client]);
}

async function runCommand(command: ShellCommand, refresh: () => unknown): Promise<void> {
  if (command.type === 'open-volume') return openVolume(command.fingerprint);
  if (command.type === 'action') return void actions(refresh)[command.action]();
  const entry = await engine.entries.get({ path: command.path });
  const folder = entry.kind === 'folder' ? entry.path : parentPath(entry.path);
  if (entry.volumeFingerprint !== null) openVolume(entry.volumeFingerprint, folder);
}

function actions(refresh: () => unknown): Record<PageAction, () => unknown> {
  const { setPanel, toggleSidebar } = useUi.getState();
  return {
    settings: () => navigate({ page: 'settings' }),
    notifications: () => setPanel('notifications'),
    jobs: () => setPanel('jobs'),
    'create-library': () => showDialog({ kind: 'create-library' }),
    'open-library': () => showDialog({ kind: 'open-library' }),
    history: () => navigate({ page: 'history' }),
    trash: () => navigate({ page: 'trash' }),
    undo: () => (isInField() ? document.execCommand('undo') : undoNewest()),
    'select-all': () => (isInField() ? document.execCommand('selectAll') : selectAll()),
    'new-folder': () => makeNew('folder'),
    'new-file': () => makeNew('file'),
    rename: renameChosen,
    duplicate: duplicateChosen,
    'move-to-trash': trashChosen,
    delete: deleteChosen,
    refresh,
    'toggle-sidebar': toggleSidebar,
    back: goBack,
    forward: goForward,
    up: goUp,
    find: beginSearch,
  };
}

/** The Edit menu is about text while some is being written. */
function isInField(): boolean {
  return document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
}
