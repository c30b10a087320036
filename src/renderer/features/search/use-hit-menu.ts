import { FileInput, FolderOpen, FolderSymlink } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { useShell } from '../../app/shell.ts';
import type { MenuItem } from '../../components/menu-item.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { useOpenHit } from './use-open-hit.ts';

/** What can be opened of a hit: its folder, itself when it is one, and, where there is a desktop, the file in its own program. */
export function useHitMenu(hitOf: (path: string) => SearchHit | undefined): (entry: Entry) => MenuItem[] {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  const errorText = useErrorText();
  const { open, showInFolder } = useOpenHit();
  return useCallback(
    (entry) => {
      const hit = hitOf(entry.path);
      if (!hit) return [];
      const items: MenuItem[] = [{ label: t('search.showInFolder'), icon: FolderSymlink, onSelect: () => showInFolder(hit) }];
      if (entry.kind === 'folder') items.unshift({ label: t('browser.open'), icon: FolderOpen, onSelect: () => open(hit) });
      if (shell && entry.kind === 'file') {
        const failed = (error: unknown) =>
          showToast({ tone: 'bad', title: t('browser.openFailed', { name: entry.name }), text: errorText(error) });
        items.unshift({
          label: t('search.openFile'),
          icon: FileInput,
          isDisabled: !hit.isOnline,
          note: hit.isOnline ? undefined : t('browser.away'),
          onSelect: () => void shell.openPath({ path: entry.path }).catch(failed),
        });
      }
      return items;
    },
    [hitOf, t, shell, errorText, open, showInFolder],
  );
}
