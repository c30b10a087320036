import { ClipboardPaste, Eye, EyeOff, FilePlus, FolderPlus, Link, RotateCw, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../app/shell.ts';
import { useUi } from '../../app/ui-store.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { shortcutText } from '../../lib/platform.ts';
import { undoNewest } from '../action/undo-newest.ts';
import { useFileClipboard } from '../file-operation/file-clipboard.ts';
import { makeNew, paste, pasteAsLink } from '../file-operation/file-commands.ts';

/** The menu of an open folder, beside what is in it. */
export function useFolderMenu(canReceive: boolean, onRefresh: () => void): MenuItem[] {
  const { t } = useTranslation();
  const isDesktop = useShell((state) => state.client !== null);
  const hasClipboard = useFileClipboard((state) => state.sources.length > 0);
  const showHidden = useUi((state) => state.showHidden);
  const toggleHidden = useUi((state) => state.toggleHidden);
  // On the desktop another program may have copied files: that is only asked when they are pasted.
  const canPaste = canReceive && (hasClipboard || isDesktop);
  return [
    {
      label: t('file.newFolder'),
      icon: FolderPlus,
      isDisabled: !canReceive,
      shortcut: shortcutText('mod+shift+n'),
      onSelect: () => makeNew('folder'),
    },
    { label: t('file.newFile'), icon: FilePlus, isDisabled: !canReceive, onSelect: () => makeNew('file') },
    'separator',
    { label: t('file.paste'), icon: ClipboardPaste, isDisabled: !canPaste, shortcut: shortcutText('mod+v'), onSelect: paste },
    { label: t('file.pasteLink'), icon: Link, isDisabled: !canPaste, onSelect: pasteAsLink },
    { label: t('action.undo'), icon: Undo2, shortcut: shortcutText('mod+z'), onSelect: () => void undoNewest() },
    'separator',
    { label: showHidden ? t('browser.hideHidden') : t('browser.showHidden'), icon: showHidden ? EyeOff : Eye, onSelect: toggleHidden },
    { label: t('browser.refresh'), icon: RotateCw, onSelect: onRefresh },
  ];
}
