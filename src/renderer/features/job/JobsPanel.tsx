import { ArrowLeftRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/contract/job.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice, InlineError } from '../../components/ErrorNotice.tsx';
import { JobCard } from './JobCard.tsx';
import { isActive, useClearJobs, useJobs, useOlderJobs } from './job-queries.ts';

/** What is going on, and what has been. */
export function JobsPanel() {
  const { t } = useTranslation();
  const jobs = useJobs();
  const older = useOlderJobs();
  if (jobs.error) return <ErrorNotice error={jobs.error} onRetry={() => jobs.refetch()} />;
  const items = jobs.data?.items ?? [];
  const cursor = jobs.data?.nextCursor ?? null;
  if (items.length === 0) return <EmptyState icon={ArrowLeftRight} title={t('job.empty')} text={t('job.emptyText')} />;
  return (
    <>
      <JobGroup title={t('job.active')} jobs={items.filter(isActive)} />
      <JobGroup title={t('job.finished')} jobs={items.filter((job) => !isActive(job))} />
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
      <ul className="divide-y divide-line">
        {jobs.map((job) => (
          <li key={job.id}>
            <JobCard job={job} />
          </li>
        ))}
      </ul>
    </section>
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
