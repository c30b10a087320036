import i18next from 'i18next';
import { engine } from '../../app/engine.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { actionTitle } from './action-title.ts';
import { newestUndoable, undoAction } from './undo-action.ts';

/** Takes back what was done last; says so when there is nothing to take back. */
export async function undoNewest(): Promise<void> {
  const { t } = i18next;
  try {
    const action = await newestUndoable();
    if (action === null) return showToast({ tone: 'neutral', title: t('action.nothingToUndo'), text: t('action.nothingToUndoText') });
    const { items } = await engine.volumes.list({});
    await undoAction(action.id, actionTitle(action, items, t));
  } catch (error) {
    showToast({ tone: 'bad', title: t('action.undoFailed'), text: errorText(error) });
  }
}
