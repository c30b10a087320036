import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { JobCard } from './JobCard.tsx';
import { useJobs } from './job-queries.ts';

export function JobsPanel() {
  const { t } = useTranslation();
  const jobs = useJobs();
  if (jobs.error) return <ErrorNotice error={jobs.error} onRetry={() => jobs.refetch()} />;
  const items = jobs.data?.items ?? [];
  if (items.length === 0) return <EmptyState icon={Copy} title={t('job.empty')} text={t('job.emptyText')} />;
  return (
    <ul className="divide-y divide-line">
      {items.map((job) => (
        <li key={job.id}>
          <JobCard job={job} />
        </li>
      ))}
    </ul>
  );
}
