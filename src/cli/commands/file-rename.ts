import { type Command, Option } from 'commander';
import { MooringError } from '#shared/contract/error.ts';
import type { RenameRule } from '#shared/contract/file.ts';
import { wholeNumber } from '../arguments.ts';
import { action } from '../command.ts';
import { changing } from '../command-options.ts';
import { canAsk, confirm } from '../confirm.ts';
import { formatPreview } from '../printers/action-preview.ts';
import { placesOf } from '../printers/places.ts';
import { type RunOptions, runAction } from '../run-action.ts';
import { addresses } from './file-transfer.ts';

const LETTERS = Object.keys({ keep: true, lower: true, upper: true, title: true } satisfies Record<RenameRule['letters'], true>);
const MOST = 1_000_000_000;

interface RuleOptions extends RunOptions, GivenRule {
  yes?: boolean;
}

interface GivenRule {
  find?: string;
  replace?: string;
  regex?: boolean;
  ignoreCase?: boolean;
  template?: string;
  letters?: RenameRule['letters'];
  start?: number;
  step?: number;
}

const HELP = `
In a template {name} is the name without its extension, {ext} the extension without its dot, {n} a number ({n:3} with three digits),
{date} and {time} those of the last change. --find and --replace are done first.
  mooring file rename-many *.jpg --template 'Rome {n:3}.{ext}'
  mooring file rename-many *.txt --find draft --replace final`;

/** `mooring file rename|rename-many` */
export function addRenameCommands(file: Command): void {
  changing(file.command('rename <path> <name>'))
    .description('give a file or folder another name')
    .action(
      action<RunOptions>(async (session, [path = '', name = ''], options) =>
        runAction(session, { type: 'file.rename', items: [{ path: await session.address(path), name }] }, options),
      ),
    );

  changing(file.command('rename-many <path...>'))
    .description('give many files new names by a rule, all or none of them')
    .option('--find <text>', 'what to replace in names')
    .option('--replace <text>', 'what to put there; left out, nothing')
    .option('--regex', '--find is an expression, with $1 … in --replace')
    .option('--ignore-case', '--find also finds it in other letter case')
    .option('--template <template>', 'what the whole name is made of')
    .addOption(new Option('--letters <case>', 'letter case of the name').choices(LETTERS))
    .option('--start <n>', 'first number of {n}', wholeNumber(0, MOST))
    .option('--step <n>', 'steps of {n}', wholeNumber(1, MOST))
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', HELP)
    .action(
      action<RuleOptions>(async (session, paths, { dryRun, library, yes, ...ruleOptions }) => {
        const renaming = { type: 'file.rename-many' as const, sources: await addresses(session, paths), rule: ruleOf(ruleOptions) };
        if (!yes && !dryRun && canAsk(session)) {
          const engine = await session.engine();
          const preview = await engine.actions.preview({ action: renaming });
          const { items } = await engine.volumes.list({ all: true });
          session.note(formatPreview(preview, session, placesOf(items), items));
          await confirm(session, 'Rename them?');
        }
        await runAction(session, renaming, { ...(dryRun ? { dryRun } : {}), ...(library === undefined ? {} : { library }) });
      }),
    );
}

function ruleOf({ regex, ignoreCase, ...given }: GivenRule) {
  if (given.find === undefined && given.template === undefined && given.letters === undefined) {
    throw new MooringError('INVALID_INPUT', 'No rule: give --find, --template or --letters. --help has examples.');
  }
  return { ...given, ...(regex ? { isRegex: true } : {}), ...(ignoreCase ? { isCaseSensitive: false } : {}) };
}
