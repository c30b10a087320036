import { CircleCheck, CircleSlash, CircleX, Copy, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job, JobProblem } from '../../../shared/contract/job.ts';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Name } from '../../components/Name.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { displayName } from '../../lib/display-name.ts';
import { lastName } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { isActive, useCancelJob } from './job-queries.ts';
import { useJobTitle } from './use-job-title.ts';

const STATUS_ICON = { completed: CircleCheck, failed: CircleX, cancelled: CircleSlash, queued: Copy, running: Copy, paused: Copy };
const STATUS_COLOR = {
  completed: 'text-good',
  failed: 'text-bad',
  cancelled: 'text-faint',
  queued: 'text-accent',
  running: 'text-accent',
  paused: 'text-warn',
};

/** One job: what it does, how far it is, and what went wrong with it. `onHide` puts a card away without ending its job. */
export function JobCard({ job, onHide }: { job: Job; onHide?: () => void }) {
  const { t } = useTranslation();
  const title = useJobTitle()(job);
  const cancel = useCancelJob();
  const Icon = STATUS_ICON[job.status];
  const running = isActive(job);
  return (
    <div className="px-3.5 py-3">
      <div className="flex items-start gap-2.5">
        <Icon aria-hidden className={`mt-0.75 size-4 shrink-0 ${STATUS_COLOR[job.status]}`} strokeWidth={2} />
        <div className="min-w-0 flex-1">
          <p className="break-words font-medium leading-5">{title}</p>
          {running ? <RunningLine job={job} /> : <FinishedLine job={job} />}
        </div>
        {running && (
          <IconButton
            icon={CircleX}
            label={t('job.cancel')}
            disabled={cancel.isPending}
            onClick={() => cancel.mutate({ id: job.id })}
            className="-my-0.5"
          />
        )}
        {onHide && <IconButton icon={X} label={t('job.hide')} onClick={onHide} className="-my-0.5 -mr-1" />}
      </div>
      {running && <ProgressBar fraction={job.progress.fraction} label={title} className="mt-2.5" />}
      {running && job.progress.currentItem && (
        <p className="mt-1.5 truncate text-2xs text-faint">
          <Name>{lastName(job.progress.currentItem)}</Name>
        </p>
      )}
      <div className="mt-2 space-y-2 empty:hidden">
        <InlineError error={cancel.error ?? job.error} />
        {job.problemCount > 0 && <Problems job={job} />}
      </div>
    </div>
  );
}

function RunningLine({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { progress } = job;
  if (job.status === 'queued') return <p className="text-soft text-xs">{t('job.status.queued')}</p>;
  const amount =
    progress.bytesTotal === null
      ? format.size(progress.bytesDone)
      : t('job.amount', { done: format.size(progress.bytesDone), total: format.size(progress.bytesTotal) });
  const parts = [
    amount,
    progress.bytesPerSecond === null ? null : `${format.size(progress.bytesPerSecond)}/s`,
    progress.secondsLeft === null ? null : t('job.left', { time: format.duration(progress.secondsLeft) }),
  ];
  return <p className="truncate text-soft text-xs tabular">{parts.filter(Boolean).join(' · ')}</p>;
}

function FinishedLine({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    t(`job.status.${job.status}`),
    job.progress.bytesDone > 0 ? format.size(job.progress.bytesDone) : null,
    job.completedAt === null ? null : format.ago(job.completedAt),
  ];
  return <p className="truncate text-soft text-xs tabular">{parts.filter(Boolean).join(' · ')}</p>;
}

const SHOWN = 20;

function Problems({ job }: { job: Job }) {
  const { t } = useTranslation();
  return (
    <details className="rounded-lg bg-warn-wash px-3 py-2 text-xs">
      <summary className="flex items-center gap-2 font-medium text-warn">
        <TriangleAlert aria-hidden className="size-3.5" />
        {t('job.problems', { count: job.problemCount })}
      </summary>
      <ul className="mt-1.5 max-h-40 space-y-1.5 overflow-y-auto">
        {job.problems.slice(0, SHOWN).map((problem) => (
          <Problem key={problem.path} problem={problem} />
        ))}
      </ul>
    </details>
  );
}

function Problem({ problem }: { problem: JobProblem }) {
  const errorText = useErrorText();
  return (
    <li data-selectable>
      <bdi className="block break-all font-medium">{displayName(lastName(problem.path))}</bdi>
      <span className="text-soft">{errorText(problem)}</span>
    </li>
  );
}
