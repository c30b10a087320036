import { Ban, Info, Pause, Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { isActive, useCancelJob, usePauseJob, useResumeJob, useRetryJob } from './job-queries.ts';
import { useJobTitle } from './use-job-title.ts';

/** What can be done with a job as it stands. */
export function JobActions({ job, hasDetails = true }: { job: Job; hasDetails?: boolean }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const title = useJobTitle();
  const pause = usePauseJob();
  const resume = useResumeJob();
  const cancel = useCancelJob();
  const retry = useRetryJob();
  const onError = (error: unknown) =>
    showToast({ tone: 'bad', title: t('job.actionFailed', { title: title(job) }), text: errorText(error) });
  const { id } = job;
  const canRetry = job.status === 'failed' || job.status === 'cancelled' || (job.status === 'completed' && job.problemCount > 0);
  return (
    <>
      {hasDetails && <IconButton icon={Info} label={t('job.details')} onClick={() => showDialog({ kind: 'job', id })} />}
      {job.isResumable && (job.status === 'running' || job.status === 'queued') && (
        <IconButton
          icon={Pause}
          label={t('job.pauseAction')}
          disabled={pause.isPending}
          onClick={() => pause.mutate({ id }, { onError })}
        />
      )}
      {job.status === 'paused' && (
        <IconButton icon={Play} label={t('job.resume')} disabled={resume.isPending} onClick={() => resume.mutate({ id }, { onError })} />
      )}
      {canRetry && (
        <IconButton icon={RotateCcw} label={t('job.retry')} disabled={retry.isPending} onClick={() => retry.mutate({ id }, { onError })} />
      )}
      {isActive(job) && (
        <IconButton icon={Ban} label={t('job.cancel')} disabled={cancel.isPending} onClick={() => cancel.mutate({ id }, { onError })} />
      )}
    </>
  );
}
