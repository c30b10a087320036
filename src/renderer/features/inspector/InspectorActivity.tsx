import { useTranslation } from 'react-i18next';
import type { ActionRecord } from '../../../shared/contract/action.ts';
import type { Entry } from '../../../shared/contract/entry.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { navigate } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { Badge } from '../../components/Facts.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { iconOfAction } from '../action/action-icons.ts';
import { actionTitle } from '../action/action-title.ts';
import { useJob } from '../job/job-queries.ts';
import { useVolumes } from '../volume/volume-queries.ts';
import { Section } from './InspectorFacts.tsx';
import { useEntryActions } from './use-entry-actions.ts';

const SHOWN = 5;

/** The jobs and actions that have touched an entry. */
export function InspectorActivity({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const actions = useEntryActions(entry);
  if (!actions) return null;
  return (
    <Section title={t('inspector.activity')}>
      {actions.length === 0 ? (
        <p className="px-4 py-1 text-faint text-xs">{t('inspector.noActivity')}</p>
      ) : (
        <ul className="space-y-0.5 px-2">
          {actions.slice(0, SHOWN).map((action) => (
            <ActivityLine key={action.id} action={action} />
          ))}
        </ul>
      )}
      {actions.length > SHOWN && (
        <Button size="sm" variant="link" className="mx-2" onClick={() => navigate({ page: 'history' })}>
          {t('inspector.moreActivity')}
        </Button>
      )}
    </Section>
  );
}

function ActivityLine({ action }: { action: ActionRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const volumes = useVolumes().data?.items ?? [];
  const job = useJob(action.status === 'running' ? action.jobId : null);
  const { jobId } = action;
  const Icon = iconOfAction(action.type);
  const line = (
    <>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-faint" strokeWidth={1.9} />
      <span className="min-w-0 flex-1">
        <bdi className="line-clamp-2 break-words text-xs">{actionTitle(action, volumes, t)}</bdi>
        <span className="flex flex-wrap items-center gap-x-2 text-2xs text-faint">
          {action.status === 'running' ? t('inspector.running') : format.ago(action.at)}
          {action.status === 'failed' && <Badge tone="bad">{t('action.status.failed')}</Badge>}
          {action.status === 'cancelled' && <Badge>{t('action.status.cancelled')}</Badge>}
          {action.undo.state === 'undone' && <Badge>{t('action.wasUndone')}</Badge>}
        </span>
        {job && <ProgressBar className="mt-1" fraction={job.progress.fraction} label={actionTitle(action, volumes, t)} />}
      </span>
    </>
  );
  const style = 'flex w-full gap-2.5 rounded-lg px-2 py-1.5 text-left';
  return (
    <li>
      {jobId === null ? (
        <div className={style}>{line}</div>
      ) : (
        <button
          type="button"
          className={`${style} transition-colors hover:bg-hover`}
          onClick={() => showDialog({ kind: 'job', id: jobId })}
        >
          {line}
        </button>
      )}
    </li>
  );
}
