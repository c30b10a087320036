import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { Name } from '../../components/Name.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { plainPath } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { JobActions } from '../job/JobActions.tsx';
import { usePhase, useProgressParts } from '../job/use-job-lines.ts';

/** A scan that is under way: how far, how fast, and where it is just now. */
export function ScanProgress({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = useProgressParts();
  const phase = usePhase()(job.progress.phase);
  const perSecond = useItemsPerSecond(job.progress.itemsDone);
  const line = [
    ...parts(job.progress),
    ...(perSecond === null ? [] : [t('job.itemsPerSecond', { count: perSecond, shown: format.count(perSecond) })]),
  ];
  const isQueued = job.status === 'queued';
  return (
    <div className="rounded-lg bg-sunken py-2 pr-2 pl-3">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1 truncate text-xs tabular">
          <span className="font-medium">{isQueued ? t('job.status.queued') : (phase ?? t('location.status.scanning'))}</span>
          {line.length > 0 && <span className="text-soft"> · {line.join(' · ')}</span>}
        </p>
        <div className="-my-1 flex shrink-0">
          <JobActions job={job} />
        </div>
      </div>
      <ProgressBar fraction={isQueued ? 0 : job.progress.fraction} label={t('location.status.scanning')} className="mt-2 mr-1.5 h-1" />
      <p className="mt-1.5 h-4 truncate text-2xs text-faint">
        {job.progress.currentItem !== null && <Name className="font-mono">{plainPath(job.progress.currentItem)}</Name>}
      </p>
    </div>
  );
}

const WINDOW_MS = 3000;

/** Over a sliding window; null until there is something to measure. */
function useItemsPerSecond(items: number): number | null {
  const samples = useRef<{ at: number; items: number }[]>([]);
  const now = performance.now();
  const newest = samples.current.at(-1);
  if (!newest || newest.items !== items)
    samples.current = [...samples.current.filter(({ at }) => now - at < WINDOW_MS), { at: now, items }];
  const [oldest] = samples.current;
  const last = samples.current.at(-1);
  if (!oldest || !last || last.at - oldest.at < 500) return null;
  return Math.max(0, Math.round(((last.items - oldest.items) / (last.at - oldest.at)) * 1000));
}
