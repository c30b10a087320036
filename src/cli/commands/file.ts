import { type Command, Option } from 'commander';
import type { Entry } from '#shared/contract/entry.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { ConflictPolicy, CopyInput, CopyPlan, VerifyMode } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import { action } from '../command.ts';
import { formatEntry } from '../printers/entry.ts';
import { formatSize } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import type { Session } from '../session.ts';

interface CopyOptions {
  verify: VerifyMode;
  onConflict: ConflictPolicy;
  dryRun?: boolean;
  /** Absent: wait when somebody is watching. */
  wait?: boolean;
}

/** `mooring file …` */
export function addFileCommands(program: Command): void {
  const file = program.command('file').description('copy files, look at them');
  file
    .command('info <path>')
    .description('everything about a file or folder')
    .action(
      action(async (session, [path = '']) => {
        const entry: Entry = await (await session.engine()).entries.get({ path: await session.address(path) });
        session.print(entry, () => formatEntry(entry, session.units));
      }),
    );

  file
    .command('copy <source> <more...>')
    .usage('[options] <source...> <destination>')
    .description('copy files and folders into a folder')
    .addOption(new Option('--verify <how>', 'how to check the copies').choices(['none', 'size', 'hash']).default('hash'))
    .addOption(
      new Option('--on-conflict <what>', 'what to do with files that are there already')
        .choices(['ask', 'skip', 'overwrite', 'newer', 'rename'])
        .default('ask'),
    )
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--wait', 'wait for the end; the default on a terminal')
    .option('--no-wait', 'print the job and leave it to run')
    .action(
      action<CopyOptions>((session, args, options) =>
        copy(
          session,
          args.flatMap((arg) => arg ?? []),
          options,
        ),
      ),
    );
}

async function copy(session: Session, paths: string[], options: CopyOptions): Promise<void> {
  const engine = await session.engine();
  const input: CopyInput = {
    sources: await Promise.all(paths.slice(0, -1).map((path) => session.address(path))),
    destination: await session.address(paths.at(-1) ?? '.'),
    onConflict: options.onConflict,
    verify: options.verify,
  };
  if (options.dryRun) {
    const plan = await engine.files.planCopy(input);
    session.print(plan, () => formatPlan(plan, session));
    return;
  }
  const { job } = await copyAskingAbout(session, input);
  if (options.wait === false) {
    session.print({ job }, () => `Copying in the background as job ${job.id}.`);
    return;
  }
  const { watchJob } = await import('../watch-job.ts');
  await watchJob(session, job);
}

/** With `--on-conflict ask` the engine changes nothing and lists the conflicts; a person at a terminal is asked. */
async function copyAskingAbout(session: Session, input: CopyInput): Promise<{ job: Job }> {
  const engine = await session.engine();
  try {
    return await engine.files.copy(input);
  } catch (error) {
    const { toMooringError } = await import('#shared/contract/error.ts');
    const problem = toMooringError(error);
    if (problem.code !== 'CONFLICT' || input.onConflict !== 'ask' || session.isJson || !process.stdin.isTTY || !process.stdout.isTTY) {
      throw problem;
    }
    const { askConflictPolicy } = await import('../ask-conflict-policy.ts');
    const answer = await askConflictPolicy(problem.message);
    if (!answer) throw new MooringError('CANCELLED', 'Nothing was copied.');
    return engine.files.copy({ ...input, onConflict: answer });
  }
}

function formatPlan(plan: CopyPlan, session: Session): string {
  const size = (bytes: number) => formatSize(bytes, session.units);
  const lines = [
    `${plan.files} files, ${plan.folders} folders and ${plan.symlinks} links: ${size(plan.totalBytes)}, with ${size(plan.availableBytes)} free.`,
  ];
  if (!plan.fits) lines.push('That does not fit.');
  if (plan.conflictCount > 0)
    lines.push(`${plan.conflictCount} are there already:`, ...plan.conflicts.map(({ target }) => `  ${safeText(target)}`));
  if (plan.skipped.length > 0)
    lines.push('Not copied:', ...plan.skipped.map(({ path, message }) => `  ${safeText(path)}: ${safeText(message)}`));
  return lines.join('\n');
}
