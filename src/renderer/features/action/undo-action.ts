import i18next from 'i18next';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import { engine } from '../../app/engine.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';

/** Takes an action back. That it was done is told by its event; why it cannot be done is told here. @param title what it was */
export async function undoAction(id: string, title: string): Promise<boolean> {
  try {
    await engine.actions.undo({ id });
    return true;
  } catch (error) {
    showToast({ tone: 'bad', title: i18next.t('action.undoRefused', { title }), text: errorText(error) });
    return false;
  }
}

/** So many are looked through: what lies further back nobody takes back by a key. */
const LOOKED_THROUGH = 50;

/**
 * The newest action that can be taken back, of those since the page was opened: nobody means by a key what they did yesterday. Null when
 * there is none.
 */
export async function newestUndoable(): Promise<ActionRecord | null> {
  const { items } = await engine.actions.list({ limit: LOOKED_THROUGH });
  const isRecent = ({ at }: ActionRecord) => Date.parse(at) >= performance.timeOrigin;
  return items.find((action) => action.undo.state === 'possible' && action.type !== 'undo' && isRecent(action)) ?? null;
}
