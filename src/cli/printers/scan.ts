import { IndexMetrics } from '#shared/contract/indexing.ts';
import type { Job } from '#shared/contract/job.ts';
import type { Location } from '#shared/contract/location.ts';
import type { Session } from '../session.ts';
import { formatCount, formatNumber, formatSeconds, formatSize } from './figures.ts';
import { problemLines } from './job.ts';
import { safeText } from './safe-text.ts';

/** Of few entries, how fast it was says nothing. */
const FEWEST_FOR_A_RATE = 1000;

type Output = Pick<Session, 'colors' | 'units'>;

/** What a scan has found, how long it took, and what it could not read. */
export function formatScanOutcome(job: Job, location: Location | null, output: Output): string {
  const lines: string[] = [];
  if (location) {
    const { totalFileCount, totalFolderCount, totalBytes } = location;
    const contents = `${formatCount(totalFileCount, 'file')} in ${formatCount(totalFolderCount, 'folder')}`;
    lines.push(`${output.colors.bold(safeText(location.name))}: ${contents}, ${formatSize(totalBytes, output.units)}.`);
  }
  const metrics = IndexMetrics.safeParse(job.output);
  lines.push(metrics.success ? metricsLine(metrics.data, job) : `Scanned ${formatCount(job.progress.itemsDone, 'entry', 'entries')}.`);
  return [...lines, ...problemLines(job)].join('\n');
}

function metricsLine(metrics: IndexMetrics, job: Job): string {
  const { entriesSeen, foldersListed, created, modified, moved, removed, unchanged, entriesPerSecond } = metrics;
  const time =
    job.startedAt && job.completedAt ? ` in ${formatSeconds((Date.parse(job.completedAt) - Date.parse(job.startedAt)) / 1000)}` : '';
  const seen = `Looked at ${formatCount(entriesSeen, 'entry', 'entries')} in ${formatCount(foldersListed, 'folder')}${time}`;
  const rate = entriesSeen >= FEWEST_FOR_A_RATE ? ` (${formatNumber(entriesPerSecond)} items/s)` : '';
  const changes = Object.entries({ new: created, changed: modified, moved, gone: removed })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${formatNumber(count)} ${what}`);
  const outcome = changes.join(', ');
  if (entriesSeen > 0 || foldersListed > 0) return `${seen}${rate}: ${outcome || 'nothing had changed'}.`;
  // Only rules were applied to what is known, or the times of folders compared.
  return `${outcome || `Nothing had changed in ${formatCount(unchanged, 'folder')}`}${time}.`;
}
