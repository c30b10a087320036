import i18next from 'i18next';
import { create } from 'zustand';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { engine } from '../../app/engine.ts';
import { showToast } from '../notification/toast-store.ts';
import { actionTitle } from './action-title.ts';
import { undoAction } from './undo-action.ts';

/** Actions whose end has been told: their records change once more when they are taken back. */
const useTold = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));

/** Says that something was done to files, with the way back. What failed is told by whoever asked for it, or by its job. */
export async function tellAction(action: ActionRecord, volumes: readonly Volume[], showFolder: (address: string) => void): Promise<void> {
  const { ids } = useTold.getState();
  const isOfFiles = action.type.startsWith('file.') || action.type === 'undo';
  if (!isOfFiles || action.status !== 'completed' || ids.has(action.id)) return;
  useTold.setState({ ids: new Set([...ids, action.id]) });
  const { t } = i18next;
  const title = action.undoes === null ? actionTitle(action, volumes, t) : await undoneTitle(action.undoes, volumes);
  const problems = action.problemCount > 0;
  const folder = action.undoes === null && action.type.startsWith('file.') ? destinationOf(action) : null;
  const { jobId } = action;
  const show = folder === null ? null : { label: t('job.show'), run: () => showFolder(folder) };
  const details = problems && jobId !== null ? { label: t('job.details'), run: () => showDialog({ kind: 'job', id: jobId }) } : null;
  const shown = details ?? show;
  showToast({
    tone: problems ? 'bad' : 'good',
    // One takes back what was done last; the history has the rest.
    ...(problems ? {} : { group: 'action' }),
    title,
    ...toldOf(action),
    ...(shown ? { action: shown } : {}),
    ...(action.undo.state === 'possible' ? { undo: () => void undoAction(action.id, title) } : {}),
  });
}

/** The address of the folder that a copy or move went to. */
function destinationOf({ input }: ActionRecord): string | null {
  return typeof input.destination === 'string' ? input.destination : null;
}

async function undoneTitle(id: string, volumes: readonly Volume[]): Promise<string> {
  const original = await engine.actions.get({ id }).catch(() => null);
  const { t } = i18next;
  return original === null
    ? t('action.done.undo')
    : t('action.undone', { title: actionTitle({ ...original, status: 'completed' }, volumes, t) });
}

/** What is worth saying beside the title. */
function toldOf({ problemCount, result }: ActionRecord): { text: string } | Record<never, never> {
  const { t } = i18next;
  const parts: string[] = [];
  if (problemCount > 0) parts.push(t('job.completedWithProblems', { count: problemCount }));
  if (result?.kind === 'transfer') {
    if (result.verified > 0) parts.push(t('action.verified', { count: result.verified }));
    if (result.skipped > 0) parts.push(t('action.skipped', { count: result.skipped }));
    if (result.identical > 0) parts.push(t('action.identical', { count: result.identical }));
  }
  return parts.length > 0 ? { text: parts.join(' · ') } : {};
}
