import { Box, Text } from 'ink';
import type { Job } from '#shared/contract/job.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { formatCount } from '../printers/figures.ts';
import { currentText, pausedShort, progressText } from '../printers/job-state.ts';
import { safeText } from '../printers/safe-text.ts';
import { barText } from '../progress-bar.ts';
import { Cell } from './screen-parts.tsx';

const BAR_WIDTH = 16;

/** One job on one line: what it is, how far it is, and what it waits for. */
export function JobLine({ job, units }: { job: Job; units: SizeUnits }) {
  const color = STATUS_COLORS[job.status];
  return (
    <Box gap={2}>
      <Cell width={14} text={safeText(job.name)} />
      <Text color={color ?? 'green'}>{bar(job)}</Text>
      <Cell width={9} text={job.status} color={color} />
      <Text dimColor={job.status !== 'paused'} wrap="truncate-end">
        {detail(job, units)}
      </Text>
    </Box>
  );
}

const STATUS_COLORS: Partial<Record<Job['status'], string>> = { failed: 'red', paused: 'yellow', cancelled: 'gray' };

/** Empty while the amount of work is not known. */
function bar({ status, progress }: Job): string {
  return barText(status === 'completed' ? 1 : (progress.fraction ?? 0), BAR_WIDTH);
}

function detail(job: Job, units: SizeUnits): string {
  if (job.status === 'paused') return pausedShort(job);
  if (job.status === 'failed') return safeText(job.error?.message ?? '');
  if (job.status === 'running') return [progressText(job.progress, units), currentText(job.progress)].filter(Boolean).join('  ');
  const problems = job.problemCount > 0 ? `with ${formatCount(job.problemCount, 'problem')}` : '';
  return [progressText({ ...job.progress, bytesPerSecond: null, secondsLeft: null, warnings: 0 }, units), problems]
    .filter(Boolean)
    .join('  ');
}
