import type { TFunction } from 'i18next';
import { IndexMetrics } from '../../../shared/contract/indexing.ts';
import type { Job } from '../../../shared/contract/job.ts';

const CHANGES = ['created', 'modified', 'moved', 'removed'] as const;

/**
 * What a scan that has ended found, as the parts of one line: “3,064 items”, “2 new”, “1 gone”. A first scan, to which everything is new,
 * just counts. Null for a job that is no scan.
 */
export function scanResult(job: Job, t: TFunction, formatCount: (count: number) => string): string[] | null {
  const parsed = IndexMetrics.safeParse(job.output);
  if (!parsed.success) return null;
  const metrics = parsed.data;
  const count = job.progress.itemsDone;
  const items = count > 0 ? [t('job.itemsDone', { count, shown: formatCount(count) })] : [];
  if (count > 0 && metrics.created === count) return items;
  const changes = CHANGES.filter((change) => metrics[change] > 0).map(
    (change) => `${formatCount(metrics[change])} ${t(`job.metric.${change}`)}`,
  );
  return [...items, ...(changes.length > 0 ? changes : [t('job.unchanged')])];
}
