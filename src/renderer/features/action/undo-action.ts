import i18next from 'i18next';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { engine } from '../../app/engine.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast, showWorking } from '../notification/toast-store.ts';

/** Takes an action back. That it was done is told by its event; why it cannot be done is told here. @param title what it was */
export async function undoAction(id: string, title: string): Promise<boolean> {
  const { t } = i18next;
  const ended = showWorking(`${t('action.undo')}: ${title}`, t('action.status.running'));
  try {
    await engine.actions.undo({ id });
    return true;
  } catch (error) {
    showToast({ tone: 'bad', title: t('action.undoRefused', { title }), text: errorText(error) });
    return false;
  } finally {
    ended();
  }
}

/** So many are looked through: what lies further back nobody takes back by a key. */
const LOOKED_THROUGH = 50;

/**
 * The newest thing that was done to files and is not taken back yet, of those since the page was opened: nobody means by a key what they did
 * yesterday. Whether it can be taken back is another question: passing over it would take back something that nobody thinks of. Null when
 * there is none.
 */
export async function newestAction(): Promise<ActionRecord | null> {
  const { items } = await engine.actions.list({ limit: LOOKED_THROUGH });
  const isMeant = ({ type, status, undo, at }: ActionRecord) =>
    type.startsWith('file.') && status !== 'failed' && undo.state !== 'undone' && Date.parse(at) >= performance.timeOrigin;
  return items.find(isMeant) ?? null;
}
