import i18next from 'i18next';
import { engine } from '../../app/engine.ts';
import { undoReasonText } from '../../lib/reason-text.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { actionTitle } from './action-title.ts';
import { newestAction, undoAction } from './undo-action.ts';

/** Takes back what was done last; says so when there is nothing to take back. */
export async function undoNewest(): Promise<void> {
  const { t } = i18next;
  try {
    const action = await newestAction();
    if (action === null) return showToast({ tone: 'neutral', title: t('action.nothingToUndo'), text: t('action.nothingToUndoText') });
    const { items } = await engine.volumes.list({});
    const title = actionTitle(action, items, t);
    const { state } = action.undo;
    if (state === 'possible') await undoAction(action.id, title);
    else if (state === 'undoing' || action.status === 'running') showToast({ tone: 'neutral', title: t('action.stillRunning', { title }) });
    else
      showToast({
        tone: 'neutral',
        title: t('action.undoRefused', { title }),
        text: undoReasonText(action.undo) ?? t('action.cannotUndo'),
      });
  } catch (error) {
    showToast({ tone: 'bad', title: t('action.undoFailed'), text: errorText(error) });
  }
}
