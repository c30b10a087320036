import { type Command, Option } from 'commander';
import type { ConflictPolicy, VerifyChoice } from '#shared/contract/file.ts';
import { action } from '../command.ts';
import { changing, type PageOptions, paged, pageInput, speedLimit, waiting } from '../command-options.ts';
import { formatSize } from '../printers/figures.ts';
import { loadPlaces } from '../printers/places.ts';
import { formatReport, reportHeader, reportLine } from '../printers/transfer-report.ts';
import { type RunOptions, runAction } from '../run-action.ts';
import type { Session } from '../session.ts';

/** Not taken from the contract's schemas, which are as long to load as all the rest of the command line. */
const POLICIES = Object.keys({ ask: true, skip: true, overwrite: true, newer: true, rename: true } satisfies Record<ConflictPolicy, true>);
const CHECKS = Object.keys({ auto: true, none: true, size: true, hash: true } satisfies Record<VerifyChoice, true>);
const LINES_AT_ONCE = 1000;

interface TransferOptions extends RunOptions {
  onConflict: ConflictPolicy;
  skipIdentical?: boolean;
  verify: VerifyChoice;
  renameUnfit?: boolean;
  limitSpeed?: number | null;
}

/** `mooring file copy|move|duplicate|report|limit-speed` */
export function addTransferCommands(file: Command): void {
  for (const [verb, description] of [
    ['copy', 'copy files and folders into a folder'],
    ['move', 'move files and folders into a folder; to another drive they are copied, verified, and then removed'],
  ] as const) {
    transferring(file.command(`${verb} <source> <more...>`))
      .usage('[options] <source...> <folder>')
      .description(description)
      .action(
        action<TransferOptions>(async (session, args, options) => {
          const paths = args.flatMap((arg) => arg ?? []);
          const { onConflict, verify, skipIdentical = false, renameUnfit, limitSpeed = null, ...run } = options;
          const input = {
            sources: await addresses(session, paths.slice(0, -1)),
            destination: await session.address(paths.at(-1) ?? '.'),
            ...{ onConflict, verify, skipIdentical, bytesPerSecond: limitSpeed },
            unfitNames: renameUnfit ? ('rename' as const) : ('skip' as const),
          };
          await runAction(session, { type: `file.${verb}`, ...input }, run);
        }),
      );
  }

  waiting(changing(file.command('duplicate <source...>')))
    .description('copy files and folders beside themselves, as “name (2).ext”')
    .action(
      action<RunOptions>(async (session, sources, options) =>
        runAction(session, { type: 'file.duplicate', sources: await addresses(session, sources) }, options),
      ),
    );

  paged(file.command('report <job>'))
    .description('every file of a copy or move, with its checksum')
    .option('--csv', 'all of it as comma-separated values')
    .action(
      action<PageOptions & { csv?: boolean }>(async (session, [job = ''], { csv, ...options }) => {
        if (csv) return printCsv(session, job);
        const page = await (await session.engine()).files.report({ job, ...pageInput(options) });
        const at = await loadPlaces(session);
        session.print(page, () => formatReport(page, session, at));
      }),
    );

  file
    .command('limit-speed')
    .argument('<job>')
    // Looked at here, so that a wrong one is wrong usage.
    .argument('<rate>', 'bytes per second, such as 20MB, or none', speedLimit)
    .description('change how fast a copy or move writes')
    .action(
      action(async (session, [job = '', rate = '']) => {
        const limited = await (await session.engine()).files.limitSpeed({ job, bytesPerSecond: speedLimit(rate) });
        const { bytesPerSecond } = limited;
        session.print(limited, () =>
          bytesPerSecond === null
            ? 'It writes as fast as it can.'
            : `It writes at most ${formatSize(bytesPerSecond, session.units)} a second.`,
        );
      }),
    );
}

function transferring(command: Command): Command {
  return waiting(changing(command))
    .addOption(new Option('--on-conflict <what>', 'what to do where a name is taken').choices(POLICIES).default('ask'))
    .option('--skip-identical', 'leave files alone that are there already with the same bytes')
    .addOption(
      new Option('--verify <how>', 'how to check the copies; auto reads them again on other drives that are removable')
        .choices(CHECKS)
        .default('auto'),
    )
    .option('--rename-unfit', 'give names that the target cannot have the ones that --dry-run proposes, instead of leaving those files out')
    .option('--limit-speed <rate>', 'write at most so many bytes per second: 20MB', speedLimit);
}

export async function addresses(session: Session, paths: readonly (string | undefined)[]): Promise<string[]> {
  return Promise.all(paths.flatMap((path) => (path === undefined ? [] : [session.address(path)])));
}

/** As it comes: a report may be long. */
async function printCsv(session: Session, job: string): Promise<void> {
  const engine = await session.engine();
  let page = await engine.files.report({ job, limit: LINES_AT_ONCE });
  session.printPart(reportHeader());
  for (;;) {
    session.printPart(page.items.map(reportLine).join(''));
    if (page.nextCursor === null) return;
    page = await engine.files.report({ job, limit: LINES_AT_ONCE, cursor: page.nextCursor });
  }
}
