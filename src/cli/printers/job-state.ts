import type { Job, JobProgress } from '#shared/contract/job.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { shownPath } from './address.ts';
import { formatCount, formatDuration, formatNumber, formatSize } from './figures.ts';
import { safeText } from './safe-text.ts';

export function hasEnded(job: Pick<Job, 'status'>): boolean {
  return job.status === 'completed' || job.status === 'failed' || job.status === 'cancelled';
}

/** What ends the pause of a job, as one or two sentences. */
export function pausedText(job: Pick<Job, 'id' | 'pauseReason' | 'error'>): string {
  const resume = `\`mooring job resume ${job.id}\``;
  switch (job.pauseReason) {
    case 'volume-offline':
      return 'By itself, as soon as its drive is plugged in again.';
    case 'no-space':
      return `${job.error ? `${safeText(job.error.message)} ` : ''}By itself, when there is more room. Free some, or try with ${resume}.`;
    case 'shutdown':
      return 'By itself, when Mooring runs again and its library is open.';
    default:
      return `With ${resume}.`;
  }
}

/** Why a job is paused, in a few words. */
export function pausedShort(job: Pick<Job, 'pauseReason'>): string {
  const reasons = {
    user: 'until resumed',
    shutdown: 'until Mooring runs again',
    'volume-offline': 'until its drive is back',
    'no-space': 'until there is more room',
  };
  return reasons[job.pauseReason ?? 'user'];
}

/**
 * How far a job is, on one line; what is not known is left out. Bytes per second are told of jobs that have so many to do: a scan looks at
 * files, and does not read them.
 */
export function progressText(progress: JobProgress, units: SizeUnits, itemsPerSecond: number | null = null): string {
  const { itemsDone, itemsTotal, bytesDone, bytesTotal, bytesPerSecond, secondsLeft, warnings } = progress;
  const size = (bytes: number) => formatSize(bytes, units);
  const parts = [
    itemsTotal === null
      ? itemsDone > 0 && formatCount(itemsDone, 'item')
      : `${formatNumber(itemsDone)} of ${formatCount(itemsTotal, 'item')}`,
    bytesTotal === null ? bytesDone > 0 && size(bytesDone) : `${size(bytesDone)} of ${size(bytesTotal)}`,
    bytesPerSecond !== null && bytesTotal !== null && `${size(bytesPerSecond)}/s`,
    itemsPerSecond !== null && bytesTotal === null && `${formatNumber(itemsPerSecond)} items/s`,
    secondsLeft !== null && `${formatDuration(secondsLeft)} left`,
    warnings > 0 && formatCount(warnings, 'problem'),
  ];
  return parts.filter((part) => part !== false).join('  ');
}

const PHASES = new Map([
  ['discovery', 'looking through'],
  ['processing', 'applying the rules'],
  ['aggregation', 'finishing'],
]);

/** What a job is at: its phase, and the thing in hand. */
export function currentText({ phase, currentItem }: Pick<JobProgress, 'phase' | 'currentItem'>): string {
  const text = PHASES.get(phase) ?? safeText(phase);
  return currentItem === null ? text : `${text}: ${shownPath(currentItem)}`;
}
