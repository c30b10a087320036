import type { Job } from '#shared/contract/job.ts';
import type { Session } from '../session.ts';
import { formatDuration, formatSize, formatTime } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

type Output = Pick<Session, 'colors' | 'units'>;

export function formatJobs(jobs: readonly Job[], output: Output): string {
  if (jobs.length === 0) return 'There are no jobs.';
  return formatTable(
    [{ title: 'Job' }, { title: 'What' }, { title: 'State' }, { title: 'Done', align: 'right' }, { title: 'Begun' }],
    jobs.map((job) => [
      output.colors.dim(job.id),
      job.name,
      colored(job, output),
      job.progress.fraction === null ? '–' : `${Math.floor(job.progress.fraction * 100)} %`,
      formatTime(job.startedAt),
    ]),
  );
}

export function formatJob(job: Job, output: Output): string {
  const { progress } = job;
  const total = progress.bytesTotal === null ? '' : ` of ${formatSize(progress.bytesTotal, output.units)}`;
  const fields = formatFields([
    ['Job', job.id],
    ['What', job.name],
    ['State', colored(job, output)],
    [
      'Done',
      `${progress.itemsDone}${progress.itemsTotal === null ? '' : ` of ${progress.itemsTotal}`} items, ${formatSize(progress.bytesDone, output.units)}${total}`,
    ],
    ['Now', safeText(progress.currentItem ?? progress.phase)],
    ['Left', progress.secondsLeft === null ? '–' : formatDuration(progress.secondsLeft)],
    ['Begun', formatTime(job.startedAt)],
    ['Ended', formatTime(job.completedAt)],
    ...(job.error ? [['Error', safeText(job.error.message)] as const] : []),
  ]);
  return [fields, ...problemLines(job)].join('\n');
}

export function formatJobOutcome(job: Job, output: Output): string {
  const { itemsDone, bytesDone } = job.progress;
  return [`Done: ${itemsDone} items, ${formatSize(bytesDone, output.units)}.`, ...problemLines(job)].join('\n');
}

function problemLines(job: Job): string[] {
  if (job.problemCount === 0) return [];
  const rest = job.problemCount - job.problems.length;
  return [
    `${job.problemCount} did not work:`,
    ...job.problems.map(({ path, message }) => `  ${safeText(path)}: ${safeText(message)}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}

function colored(job: Job, { colors }: Output): string {
  if (job.status === 'failed') return colors.red(job.status);
  return job.status === 'completed' ? colors.green(job.status) : job.status;
}
