import { ArrowLeftRight, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice, InlineError } from '../../components/ErrorNotice.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { JobCard } from './JobCard.tsx';
import { inOrder, isActive, isRoutine, useClearJobs, useJobs, useOlderJobs } from './job-queries.ts';

/** What is going on, and what has been. */
export function JobsPanel() {
  const { t } = useTranslation();
  const jobs = useJobs();
  const older = useOlderJobs();
  if (jobs.error) return <ErrorNotice error={jobs.error} onRetry={() => jobs.refetch()} />;
  const items = jobs.data?.items ?? [];
  const cursor = jobs.data?.nextCursor ?? null;
  const routine = items.filter(isRoutine);
  return (
    <>
      {items.length === routine.length && <EmptyState icon={ArrowLeftRight} title={t('job.empty')} text={t('job.emptyText')} />}
      <JobGroup title={t('job.active')} jobs={inOrder(items.filter(isActive))} />
      <JobGroup title={t('job.finished')} jobs={items.filter((job) => !isActive(job) && !isRoutine(job))} />
      <RoutineJobs jobs={routine} />
      <InlineError error={older.error} />
      {cursor !== null && (
        <div className="flex justify-center border-line border-t py-2">
          <Button size="sm" variant="ghost" busy={older.isPending} onClick={() => older.mutate(cursor)}>
            {t('job.older')}
          </Button>
        </div>
      )}
    </>
  );
}

function JobGroup({ title, jobs }: { title: string; jobs: Job[] }) {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="sticky top-0 z-10 border-line border-b bg-sunken px-3.5 py-1 font-medium text-2xs text-faint">{title}</h3>
      <JobList jobs={jobs} />
    </section>
  );
}

/** Folded away, since nobody asked for them and nothing is wrong with them. */
function RoutineJobs({ jobs }: { jobs: Job[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  if (jobs.length === 0) return null;
  return (
    <section className="border-line border-t">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-center gap-2.5 px-3.5 py-2.5 text-soft text-xs hover:bg-hover hover:text-ink"
      >
        <ChevronRight aria-hidden className={`size-4 shrink-0 text-faint transition-transform ${isOpen ? 'rotate-90' : ''}`} />
        {t('job.routine', { count: jobs.length, shown: format.count(jobs.length) })}
      </button>
      {isOpen && (
        <div className="border-line border-t">
          <JobList jobs={jobs} />
        </div>
      )}
    </section>
  );
}

function JobList({ jobs }: { jobs: Job[] }) {
  return (
    <ul className="divide-y divide-line">
      {jobs.map((job) => (
        <li key={job.id}>
          <JobCard job={job} />
        </li>
      ))}
    </ul>
  );
}

/** Forgets the jobs that have ended. */
export function ClearJobsButton() {
  const { t } = useTranslation();
  const jobs = useJobs().data?.items ?? [];
  const clear = useClearJobs();
  if (jobs.every(isActive)) return null;
  return (
    <Button size="sm" variant="ghost" busy={clear.isPending} onClick={() => clear.mutate({})}>
      {t('job.clear')}
    </Button>
  );
}
