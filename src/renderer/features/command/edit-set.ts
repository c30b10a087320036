import { ClipboardPaste, Copy, Link, ListChecks, Scissors, Undo2 } from 'lucide-react';
import { showDialog } from '../../app/dialog-store.ts';
import { useShell } from '../../app/shell.ts';
import { undoNewest } from '../action/undo-newest.ts';
import { useFileClipboard } from '../file-operation/file-clipboard.ts';
import { copyChosen, cutChosen, paste, pasteAsLink, selectAll } from '../file-operation/file-commands.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import type { CommandsOf } from './command.ts';

const hasChosen = () => useFileScope.getState().chosenPaths().length > 0;
/** On the desktop another program may have copied files: that is only asked when they are pasted. */
const hasClipboard = () => useFileClipboard.getState().sources.length > 0 || useShell.getState().client !== null;
const hasView = () => useFileScope.getState().view !== null;
const canPaste = () => useFileScope.getState().folder() !== null && hasClipboard();

export const EDIT_SET: CommandsOf<'edit'> = {
  'edit.undo': { icon: Undo2, where: 'page', run: undoNewest },
  'edit.cut': { icon: Scissors, where: 'list', isEnabled: hasChosen, run: cutChosen },
  'edit.copy': { icon: Copy, where: 'list', isEnabled: hasChosen, run: copyChosen },
  'edit.paste': { icon: ClipboardPaste, where: 'list', isEnabled: canPaste, run: paste },
  'edit.pasteLink': { icon: Link, where: 'page', isEnabled: canPaste, run: pasteAsLink },
  'edit.selectAll': { icon: ListChecks, where: 'list', run: selectAll },
  'edit.invertSelection': { where: 'list', isEnabled: hasView, run: () => useFileScope.getState().view?.invert() },
  'edit.selectByName': { where: 'page', isEnabled: hasView, run: () => showDialog({ kind: 'select-by-name' }) },
};
