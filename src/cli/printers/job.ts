import type { Job, JobKind, JobLogLine, JobProblem } from '#shared/contract/job.ts';
import type { Session } from '../session.ts';
import { shownPath } from './address.ts';
import { formatCount, formatDuration, formatNumber, formatSize, formatTime } from './figures.ts';
import { currentText, pausedText } from './job-state.ts';
import { jobTitle, type LocationNames } from './job-title.ts';
import type { Places } from './places.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

type Output = Pick<Session, 'colors' | 'units'>;

export function formatJobs(
  { items, nextCursor }: { items: readonly Job[]; nextCursor: string | null },
  output: Output,
  locations: LocationNames = new Map(),
  at: Places = shownPath,
): string {
  if (items.length === 0) return 'There are no jobs.';
  const table = formatTable(
    [
      { title: 'Job' },
      { title: 'What' },
      { title: 'State' },
      { title: 'Done', align: 'right' },
      { title: 'Problems', align: 'right' },
      { title: 'Begun' },
    ],
    items.map((job) => [
      output.colors.dim(job.id),
      jobTitle(job, locations, at),
      job.status === 'paused' ? output.colors.yellow(`paused (${job.pauseReason ?? 'user'})`) : colored(job, output),
      done(job),
      job.problemCount === 0 ? '–' : formatNumber(job.problemCount),
      formatTime(job.startedAt),
    ]),
  );
  return nextCursor ? `${table}\n${output.colors.dim(`Go on with --cursor ${nextCursor}`)}` : table;
}

function done({ progress }: Job): string {
  if (progress.fraction !== null) return `${Math.floor(progress.fraction * 100)} %`;
  return progress.itemsDone > 0 ? formatNumber(progress.itemsDone) : '–';
}

export function formatJob(job: Job, output: Output, locations: LocationNames = new Map(), at: Places = shownPath): string {
  const { progress } = job;
  const size = (bytes: number) => formatSize(bytes, output.units);
  const items = `${formatNumber(progress.itemsDone)}${progress.itemsTotal === null ? '' : ` of ${formatNumber(progress.itemsTotal)}`} items`;
  const bytes = `${size(progress.bytesDone)}${progress.bytesTotal === null ? '' : ` of ${size(progress.bytesTotal)}`}`;
  const isOver = job.completedAt !== null;
  const fields: [string, string][] = [
    ['Job', job.id],
    ['What', jobTitle(job, locations, at)],
    ['Kind', `${safeText(job.name)}, ${job.priority === 'user' ? 'asked for' : 'by itself, in the background'}`],
    ['State', colored(job, output)],
  ];
  if (job.status === 'paused') fields.push(['Goes on', pausedText(job)]);
  fields.push(['Done', `${items}, ${bytes}`]);
  if (!isOver) {
    fields.push(['Now', currentText(progress)], ['Left', progress.secondsLeft === null ? '–' : formatDuration(progress.secondsLeft)]);
  }
  fields.push(
    ['Begun', formatTime(job.startedAt)],
    ['Ended', formatTime(job.completedAt)],
    ['Remembered', job.libraryId === null ? 'until Mooring stops' : `by library ${job.libraryId}`],
    ['Can be paused', job.isResumable ? 'yes' : 'no'],
  );
  if (job.volumes.length > 0) fields.push(['Volumes', job.volumes.map((fingerprint) => fingerprint.slice(0, 12)).join(', ')]);
  if (job.error && job.status !== 'paused') fields.push(['Error', safeText(job.error.message)]);
  return [formatFields(fields), ...problemLines(job)].join('\n');
}

export function formatJobOutcome(job: Job, output: Output): string {
  const { itemsDone, bytesDone } = job.progress;
  return [`Done: ${formatCount(itemsDone, 'item')}, ${formatSize(bytesDone, output.units)}.`, ...problemLines(job)].join('\n');
}

export function problemLines(job: Job): string[] {
  if (job.problemCount === 0) return [];
  const rest = job.problemCount - job.problems.length;
  return [
    `${formatNumber(job.problemCount)} did not work:`,
    ...job.problems.map(problemLine),
    ...(rest > 0 ? [`  … and ${formatNumber(rest)} more; \`mooring job problems ${job.id}\` lists them.`] : []),
  ];
}

function problemLine({ path, message }: JobProblem): string {
  return `  ${shownPath(path)}: ${safeText(message)}`;
}

export function formatProblems(page: { items: readonly JobProblem[]; nextCursor: string | null }, { colors }: Output): string {
  if (page.items.length === 0) return 'There were no problems.';
  return withCursor(
    page.items.map(({ path, code, message }) => `${colors.yellow(safeText(code))}  ${shownPath(path)}: ${safeText(message)}`),
    page.nextCursor,
    colors,
  );
}

export function formatJobLog(page: { items: readonly JobLogLine[]; nextCursor: string | null }, { colors }: Output): string {
  if (page.items.length === 0) return 'The job has written nothing down.';
  const marks = { info: 'info ', warn: colors.yellow('warn '), error: colors.red('error') };
  return withCursor(
    page.items.map(({ at, level, message }) => `${colors.dim(formatTime(at))}  ${marks[level]}  ${safeText(message)}`),
    page.nextCursor,
    colors,
  );
}

function withCursor(lines: readonly string[], nextCursor: string | null, colors: Output['colors']): string {
  return [...lines, ...(nextCursor ? [colors.dim(`Go on with --cursor ${nextCursor}`)] : [])].join('\n');
}

export function formatJobKinds(kinds: readonly JobKind[]): string {
  if (kinds.length === 0) return 'No kind of job can be started by its name.';
  return formatTable(
    [{ title: 'Name' }, { title: 'Can be paused' }, { title: 'Input' }],
    kinds.map(({ name, isResumable, inputSchema }) => [safeText(name), isResumable ? 'yes' : 'no', inputFields(inputSchema)]),
  );
}

/** `sources, destination, [verify]`: brackets around what may be left out. */
function inputFields({ properties, required }: JobKind['inputSchema']): string {
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  const needed = Array.isArray(required) ? required : [];
  return names.map((name) => safeText(needed.includes(name) ? name : `[${name}]`)).join(', ') || '–';
}

function colored(job: Job, { colors }: Output): string {
  if (job.status === 'failed') return colors.red(job.status);
  if (job.status === 'paused') return colors.yellow(job.status);
  if (job.status !== 'completed') return job.status;
  return job.problemCount === 0 ? colors.green(job.status) : colors.yellow(`completed, with ${formatCount(job.problemCount, 'problem')}`);
}
