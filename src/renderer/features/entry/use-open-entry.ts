import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import { engine } from '../../app/engine.ts';
import { useShell } from '../../app/shell.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { openQuickPreview } from '../preview/quick-preview-store.ts';
import type { BrowserPlace } from './browser-place.ts';

/** Folders, and links to folders, open here. A file opens in its own program where there is a desktop to do that, and elsewhere is shown. */
export function useOpenEntry(place: BrowserPlace) {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  const errorText = useErrorText();
  return useCallback(
    async (entry: Entry) => {
      if (entry.kind === 'folder') return place.open(entry.path);
      if (place.isOffline) {
        const title = t('browser.offlineOpen', { name: entry.name, volume: place.volumeName });
        return showToast({ tone: 'neutral', title, text: t('browser.offlineOpenText') });
      }
      if (entry.kind === 'symlink' && !(await leadsToFile(entry))) return place.open(entry.path);
      if (!shell) return openQuickPreview();
      shell.openPath({ path: entry.path }).catch((error: unknown) => {
        showToast({ tone: 'bad', title: t('browser.openFailed', { name: entry.name }), text: errorText(error) });
      });
    },
    [place, shell, t, errorText],
  );
}

/** A link that leads nowhere counts as a folder: opening it says what is wrong. */
async function leadsToFile(link: Entry): Promise<boolean> {
  return engine.entries.list({ path: link.path, limit: 1 }).then(
    () => false,
    (error: unknown) => toMooringError(error).code === 'NOT_A_FOLDER',
  );
}
