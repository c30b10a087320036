import { CommanderError } from 'commander';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { createProgram } from './program.ts';
import { printError } from './session.ts';

const EXIT_WRONG_USAGE = 2;

/** Runs one command line; sets the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function runCli(args: string[]): Promise<void> {
  endWithTheReader();
  const isJson = args.includes('--json');
  const program = createProgram(isJson);
  try {
    if (args[0] === 'complete' && args[1] === '--') {
      const { complete } = await import('./complete.ts');
      return await complete(program, args.slice(2));
    }
    addCompletionCommand(program);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) endUsage(error, isJson);
    else {
      printError(toMooringError(error), isJson);
      process.exitCode = 1;
    }
  }
}

function endUsage(error: CommanderError, isJson: boolean): void {
  // `--help` and `--version` were answered.
  if (error.exitCode === 0) return;
  process.exitCode = EXIT_WRONG_USAGE;
  const isBareGroup = error.code === 'commander.help';
  if (isBareGroup && !isJson) return;
  const message = isBareGroup ? 'This command needs a subcommand; --help lists them.' : sentence(error.message);
  printError(new MooringError('INVALID_INPUT', message), isJson);
}

/** Commander's `error: unknown option '--x'` as a sentence. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?)]$/.test(text) ? '' : '.'} See --help.`;
}

/** `mooring events | head -1`: nobody reads any more, which is an end and no error. A full disk behind `> file` is one. */
function endWithTheReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`mooring: The output could not be written (${error.code ?? error.message}).\n`);
    process.exit(1);
  });
  // Where nobody takes remarks, there is nobody to tell.
  process.stderr.on('error', () => undefined);
}
