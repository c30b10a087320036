import {
  CircleCheck,
  CirclePause,
  CircleSlash,
  CircleX,
  Copy,
  FolderInput,
  FolderSearch,
  FolderSync,
  type LucideIcon,
  Trash2,
  TriangleAlert,
  Undo2,
  X,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job, JobStatus } from '../../../shared/contract/job.ts';
import { showDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Name } from '../../components/Name.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { lastName } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { JobActions } from './JobActions.tsx';
import { isActive } from './job-queries.ts';
import { SpeedGraph } from './SpeedGraph.tsx';
import { usePauseText, usePhase, useProgressParts, useResultParts } from './use-job-lines.ts';
import { readTransferInput, useJobTitle } from './use-job-title.ts';

const KIND_ICON: Record<string, LucideIcon> = {
  'location-scan': FolderSync,
  'ephemeral-scan': FolderSearch,
  'file-transfer-undo': Undo2,
  'file-delete': Trash2,
};
const STATUS_ICON: Partial<Record<JobStatus, LucideIcon>> = {
  completed: CircleCheck,
  failed: CircleX,
  cancelled: CircleSlash,
  paused: CirclePause,
};
const STATUS_COLOR: Record<JobStatus, string> = {
  completed: 'text-good',
  failed: 'text-bad',
  cancelled: 'text-faint',
  queued: 'text-faint',
  running: 'text-accent',
  paused: 'text-warn',
};

/** One job: what it does, how far it is, and what went wrong with it. `onHide` puts a card away without ending its job. */
export function JobCard({ job, onHide }: { job: Job; onHide?: () => void }) {
  const { t } = useTranslation();
  const title = useJobTitle()(job);
  const Icon = STATUS_ICON[job.status] ?? KIND_ICON[job.name] ?? (readTransferInput(job)?.kind === 'move' ? FolderInput : Copy);
  return (
    <div className="px-3.5 py-3">
      <div className="flex items-start gap-2.5">
        <Icon aria-hidden className={`mt-0.75 size-4 shrink-0 ${STATUS_COLOR[job.status]}`} strokeWidth={2} />
        <p className="min-w-0 flex-1 break-words font-medium leading-5">
          <bdi>{title}</bdi>
        </p>
        <div className="-my-0.5 -mr-1 flex shrink-0">
          <JobActions job={job} />
          {onHide && <IconButton icon={X} label={t('job.hide')} onClick={onHide} />}
        </div>
      </div>
      <div className="pl-6.5">
        <StatusLine job={job} />
      </div>
      {isActive(job) && <ActiveProgress job={job} title={title} />}
      <div className="mt-2 space-y-2 empty:hidden">
        <InlineError error={job.status === 'paused' ? null : job.error} />
        {job.problemCount > 0 && <ProblemsButton job={job} />}
      </div>
    </div>
  );
}

function StatusLine({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = useProgressParts();
  const results = useResultParts();
  const pauseText = usePauseText();
  if (job.status === 'paused') {
    return <p className="text-warn text-xs leading-4.5">{[pauseText(job), ...parts(job.progress, false)].join(' · ')}</p>;
  }
  const status = t(`job.status.${job.status}`);
  const progress = job.status === 'queued' ? [] : parts(job.progress);
  const line = isActive(job)
    ? progress.length === 0
      ? [status]
      : progress
    : [status, ...results(job), ...(job.completedAt === null ? [] : [format.ago(job.completedAt)])];
  return <p className="truncate text-soft text-xs tabular">{line.join(' · ')}</p>;
}

/** Bar, phase and what is being worked on. A paused job's bar stands still. */
function ActiveProgress({ job, title }: { job: Job; title: string }) {
  const phase = usePhase()(job.progress.phase);
  const { fraction, currentItem } = job.progress;
  const isStill = job.status !== 'running';
  return (
    <>
      <ProgressBar fraction={isStill ? (fraction ?? 0) : fraction} label={title} className={isStill ? 'mt-2.5 opacity-60' : 'mt-2.5'} />
      {job.status === 'running' && (phase || currentItem) && (
        <p className="mt-1.5 flex gap-1.5 text-2xs text-faint">
          {phase && <span className="shrink-0">{phase}</span>}
          {phase && currentItem && <span aria-hidden>·</span>}
          {currentItem && <Name className="truncate">{lastName(currentItem)}</Name>}
        </p>
      )}
      {job.status === 'running' && (
        <div className="mt-2 empty:hidden">
          <SpeedGraph jobId={job.id} height={30} />
        </div>
      )}
    </>
  );
}

function ProblemsButton({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={TriangleAlert}
      className="ml-6.5 bg-warn-wash text-warn hover:bg-warn-wash hover:text-warn hover:underline"
      onClick={() => showDialog({ kind: 'job', id: job.id })}
    >
      {t('job.problems', { count: job.problemCount, shown: format.count(job.problemCount) })}
    </Button>
  );
}
