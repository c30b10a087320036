import { type Command, InvalidArgumentError, Option } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import type { Job, JobStatus } from '#shared/contract/job.ts';
import { action } from '../command.ts';
import { type PageOptions, paged, pageInput } from '../command-options.ts';
import { formatCount } from '../printers/figures.ts';
import { formatJob, formatJobKinds, formatJobLog, formatJobs, formatProblems } from '../printers/job.ts';
import { hasEnded, pausedText } from '../printers/job-state.ts';
import type { LocationNames } from '../printers/job-title.ts';
import { loadPlaces } from '../printers/places.ts';
import type { Session } from '../session.ts';
import { loadMonitor } from './monitor.ts';

/** Not taken from the contract's schema, which is as long to load as all the rest of the command line. */
const STATUSES = Object.keys({
  queued: true,
  running: true,
  paused: true,
  completed: true,
  failed: true,
  cancelled: true,
} satisfies Record<JobStatus, true>);

/** `mooring job …` */
export function addJobCommands(program: Command): void {
  const job = program.command('job').description('background work');

  paged(job.command('list'))
    .description('jobs, newest first')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--library <library>', 'library whose jobs to list; left out, those of all that are open')
    .action(
      action<PageOptions & { status?: JobStatus; library?: string }>(async (session, _args, { status, library, ...options }) => {
        const page = await (await session.engine()).jobs.list({
          ...(status ? { status } : {}),
          ...pageInput(options),
          ...session.libraryRef(library),
        });
        const names = await locationNames(session, page.items);
        const at = await loadPlaces(session);
        session.print(page, () => formatJobs(page, session, names, at));
      }),
    );

  job
    .command('info <id>')
    .description('everything about a job')
    .option('--wait', 'wait for its end; Ctrl+C stops waiting, not the job')
    .action(
      action<{ wait?: boolean }>(async (session, [id = ''], { wait }) => {
        const found = await (await session.engine()).jobs.get({ id });
        if (wait) {
          const { watchJob } = await import('../watch-job.ts');
          return watchJob(session, found);
        }
        const names = await locationNames(session, [found]);
        const at = await loadPlaces(session);
        session.print(found, () => formatJob(found, session, names, at));
      }),
    );

  paged(job.command('problems <id>'))
    .description('what a job could not do, oldest first')
    .action(
      action<PageOptions>(async (session, [id = ''], options) => {
        const page = await (await session.engine()).jobs.problems({ id, ...pageInput(options) });
        session.print(page, () => formatProblems(page, session));
      }),
    );

  paged(job.command('log <id>'))
    .description('what a job wrote down, oldest first')
    .action(
      action<PageOptions>(async (session, [id = ''], options) => {
        const page = await (await session.engine()).jobs.log({ id, ...pageInput(options) });
        session.print(page, () => formatJobLog(page, session));
      }),
    );

  for (const [verb, description, text] of [
    ['pause', 'pause a job; what it has done is kept', 'The job is paused.'],
    ['resume', 'let a paused job go on', 'The job goes on.'],
    ['cancel', 'cancel a job', 'The job is cancelled.'],
  ] as const) {
    job
      .command(`${verb} <id>`)
      .description(description)
      .action(
        action(async (session, [id = '']) => {
          const changed = await (await session.engine()).jobs[verb]({ id });
          session.print(changed, () => (changed.status === 'paused' ? `The job is paused. It goes on: ${pausedText(changed)}` : text));
        }),
      );
  }

  job
    .command('reorder <id>')
    .description('put a job that waits elsewhere in the queue')
    .option('--first', 'in front of all others')
    .option('--last', 'behind all others')
    .option('--before <id>', 'in front of another job')
    .action(
      action<{ first?: boolean; last?: boolean; before?: string }>(async (session, [id = ''], options) => {
        const result = await (await session.engine()).jobs.reorder({ id, to: placeInQueue(options) });
        session.print(result, () => (result.items.length === 0 ? 'The job is there already.' : 'The job has another place in the queue.'));
      }),
    );

  job
    .command('retry <id>')
    .description('start a job again that has ended: all of it, or what it had problems with')
    .option('--wait', 'wait for the end; Ctrl+C stops waiting, not the job')
    .action(
      action<{ wait?: boolean }>(async (session, [id = ''], { wait }) => {
        const started = await (await session.engine()).jobs.retry({ id });
        await printStarted(session, started, wait);
      }),
    );

  job
    .command('run <name>')
    .description('start a job by the name of its kind; `mooring job kinds` lists them')
    .option('--input <json>', 'its input, a JSON object', jsonObject, {})
    .option('--wait', 'wait for the end; Ctrl+C stops waiting, not the job')
    .option('--library <library>', 'library that shall remember it; left out, the current one')
    .action(
      action<{ input: Record<string, unknown>; wait?: boolean; library?: string }>(
        async (session, [name = ''], { input, wait, library }) => {
          const started = await (await session.engine()).jobs.dispatch({ name, input, ...session.libraryRef(library) });
          await printStarted(session, started, wait);
        },
      ),
    );

  job
    .command('kinds')
    .description('kinds of jobs that can be started by name; --json has the schema of their input')
    .action(
      action(async (session) => {
        const result = await (await session.engine()).jobs.kinds();
        session.print(result, () => formatJobKinds(result.items));
      }),
    );

  job
    .command('clear')
    .description('forget the jobs that have ended')
    .action(
      action(async (session) => {
        const result = await (await session.engine()).jobs.clearFinished();
        session.print(result, () => `Forgot ${formatCount(result.cleared, 'job')}.`);
      }),
    );

  job
    .command('monitor')
    .description('live screen of jobs; q quits, and the jobs go on')
    .option('--job-id <id>', 'only this one, until it has ended')
    .action(action<{ jobId?: string }>((session, _args, { jobId }) => monitor(session, jobId)));
}

/** What the locations that jobs are about are called; those of libraries that are closed have no name. Programs do not need it. */
async function locationNames(session: Session, jobs: readonly Job[]): Promise<LocationNames> {
  const scans = session.isJson ? [] : jobs.filter(({ input }) => 'locationId' in input);
  const engine = await session.engine();
  const libraries = [...new Set(scans.flatMap(({ libraryId }) => libraryId ?? []))];
  const lists = await Promise.all(libraries.map((library) => engine.locations.list({ library }).catch(() => ({ items: [] }))));
  return new Map(lists.flatMap(({ items }) => items.map(({ id, name }) => [id, name])));
}

function placeInQueue({ first, last, before }: { first?: boolean; last?: boolean; before?: string }) {
  const places = [...(first ? ['first' as const] : []), ...(last ? ['last' as const] : []), ...(before === undefined ? [] : [{ before }])];
  const [place] = places;
  if (place !== undefined && places.length === 1) return place;
  throw new MooringError('INVALID_INPUT', 'Say where to: --first, --last, or --before ANOTHER_JOB.');
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError(`Give a JSON object, such as '{"path":"/media/photos"}'.`);
}

async function printStarted(session: Session, { job }: { job: Parameters<typeof formatJob>[0] }, wait: boolean | undefined): Promise<void> {
  if (!wait) {
    session.print({ job }, () => `It runs in the background as job ${job.id}; \`mooring job monitor\` shows how far it is.`);
    return;
  }
  const { watchJob } = await import('../watch-job.ts');
  await watchJob(session, job);
}

/** Where there is no terminal, one job can still be waited for. */
async function monitor(session: Session, jobId: string | undefined): Promise<void> {
  const isTerminal = process.stdout.isTTY && process.stdin.isTTY && !session.isJson;
  if (!isTerminal && jobId === undefined) {
    throw new MooringError(
      'NOT_SUPPORTED',
      'The monitor needs a terminal. For programs there is `mooring job monitor --job-id ID --json`.',
    );
  }
  const engine = await session.engine();
  const job = jobId === undefined ? null : await engine.jobs.get({ id: jobId });
  if (isTerminal && !(job && hasEnded(job))) {
    const { showMonitor } = await loadMonitor();
    await showMonitor(engine, session, { screen: 'jobs', jobId: job?.id ?? null });
    if (!job || !hasEnded(await engine.jobs.get({ id: job.id }))) return;
  }
  const { watchJob } = await import('../watch-job.ts');
  if (job) await watchJob(session, job);
}
