import { type Command, Option } from 'commander';
import type { JobStatus } from '#shared/contract/job.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import { formatJob, formatJobs } from '../printers/job.ts';

/** `mooring job …` */
export function addJobCommands(program: Command): void {
  const job = program.command('job').description('background work');

  job
    .command('list')
    .description('jobs, newest first')
    .addOption(new Option('--status <status>', 'only those').choices(['queued', 'running', 'paused', 'completed', 'failed', 'cancelled']))
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1000))
    .option('--cursor <cursor>', 'go on after an earlier page')
    .action(
      action<{ status?: JobStatus; limit?: number; cursor?: string }>(async (session, _args, { status, limit, cursor }) => {
        const engine = await session.engine();
        const page = await engine.jobs.list({ ...(status ? { status } : {}), ...(limit ? { limit } : {}), ...(cursor ? { cursor } : {}) });
        session.print(page, () => formatJobs(page.items, session));
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
        session.print(found, () => formatJob(found, session));
      }),
    );

  job
    .command('cancel <id>')
    .description('cancel a job')
    .action(
      action(async (session, [id = '']) => {
        const cancelled = await (await session.engine()).jobs.cancel({ id });
        session.print(cancelled, () => 'The job is cancelled.');
      }),
    );
}
