import { Eye, EyeOff, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-store.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { commandMenu } from '../command/command-item.ts';

/** The menu of an open folder, beside what is in it. */
export function useFolderMenu(onRefresh: () => void): () => MenuItem[] {
  const { t } = useTranslation();
  const showHidden = useUi((state) => state.showHidden);
  const toggleHidden = useUi((state) => state.toggleHidden);
  return () =>
    commandMenu(
      [
        ...([
          'file.newFolder',
          'file.newFile',
          '-',
          'edit.paste',
          'edit.pasteLink',
          'edit.undo',
          '-',
          'file.favourite',
          'file.openTerminal',
        ] as const),
        [
          {
            label: showHidden ? t('browser.hideHidden') : t('browser.showHidden'),
            icon: showHidden ? EyeOff : Eye,
            onSelect: toggleHidden,
          },
        ],
        [{ label: t('browser.refresh'), icon: RotateCw, onSelect: onRefresh }],
      ],
      t,
    );
}
