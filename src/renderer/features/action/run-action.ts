import i18next from 'i18next';
import type { ActionRecord, FileAction } from '../../../shared/contract/action.ts';
import { toMooringError } from '../../../shared/contract/error.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { engine } from '../../app/engine.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast, showWorking } from '../notification/toast-store.ts';
import { wishText } from './action-title.ts';
import { sendable } from './hand-over.ts';

/**
 * Does something to files. That it is done is told by its event, to all who look; what went wrong is told here.
 * @returns null when it was refused: nothing has been changed then
 */
export async function runAction(action: FileAction): Promise<ActionRecord | null> {
  const ended = showWorking(wishText(action, i18next.t), i18next.t('action.status.running'));
  try {
    return (await engine.actions.run({ action: await sendable(action) })).action;
  } catch (error) {
    // There is no trash on that drive: the way out is a question of its own.
    const sources = toMooringError(error).code === 'NO_TRASH' && action.type === 'file.trash' ? action.sources : null;
    showToast({
      tone: 'bad',
      title: i18next.t('action.failed', { title: wishText(action, i18next.t) }),
      text: errorText(error),
      ...(sources ? { action: { label: i18next.t('file.deleteMenu'), run: () => showDialog({ kind: 'delete-files', sources }) } } : {}),
    });
    return null;
  } finally {
    ended();
  }
}
