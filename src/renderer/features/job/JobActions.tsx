import { ArrowDown, ArrowUp, Ban, Info, type LucideIcon, Pause, Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useErrorText } from '../../lib/use-error-text.ts';
import { showToast } from '../notification/toast-store.ts';
import { canRetry, isActive, useCancelJob, useJobQueue, usePauseJob, useResumeJob, useRetryJob } from './job-queries.ts';
import { useJobTitle } from './use-job-title.ts';

interface JobAction {
  icon: LucideIcon;
  label: string;
  isBusy: boolean;
  run: () => void;
}

/** What can be done with a job as it stands. */
function useJobActions(job: Job): JobAction[] {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const title = useJobTitle();
  const pause = usePauseJob();
  const resume = useResumeJob();
  const cancel = useCancelJob();
  const retry = useRetryJob();
  const ref = { id: job.id };
  const onError = (error: unknown) =>
    showToast({ tone: 'bad', title: t('job.actionFailed', { title: title(job) }), text: errorText(error) });
  const actions: JobAction[] = [];
  const queue = useJobQueue(job);
  if (queue.before) {
    const { before } = queue;
    actions.push({ icon: ArrowUp, label: t('job.earlier'), isBusy: queue.isBusy, run: () => queue.move({ before }, onError) });
  }
  if (queue.after) {
    const { after } = queue;
    actions.push({ icon: ArrowDown, label: t('job.later'), isBusy: queue.isBusy, run: () => queue.move(after, onError) });
  }
  if (job.isResumable && (job.status === 'running' || job.status === 'queued')) {
    actions.push({ icon: Pause, label: t('job.pauseAction'), isBusy: pause.isPending, run: () => pause.mutate(ref, { onError }) });
  }
  if (job.status === 'paused') {
    actions.push({ icon: Play, label: t('job.resume'), isBusy: resume.isPending, run: () => resume.mutate(ref, { onError }) });
  }
  if (canRetry(job)) {
    actions.push({ icon: RotateCcw, label: t('job.retry'), isBusy: retry.isPending, run: () => retry.mutate(ref, { onError }) });
  }
  if (isActive(job)) {
    actions.push({ icon: Ban, label: t('job.cancel'), isBusy: cancel.isPending, run: () => cancel.mutate(ref, { onError }) });
  }
  return actions;
}

/** The actions of a job where there is little room. */
export function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton icon={Info} label={t('job.details')} onClick={() => showDialog({ kind: 'job', id: job.id })} />
      {useJobActions(job).map(({ icon, label, isBusy, run }) => (
        <IconButton key={label} icon={icon} label={label} disabled={isBusy} onClick={run} />
      ))}
    </>
  );
}

/** The same with their names. */
export function JobButtons({ job }: { job: Job }) {
  return useJobActions(job).map(({ icon, label, isBusy, run }) => (
    <Button key={label} icon={icon} busy={isBusy} onClick={run}>
      {label}
    </Button>
  ));
}
