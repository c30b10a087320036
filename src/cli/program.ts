import { Command, Option } from 'commander';
import { packageVersion } from '#core/host/package-root.ts';
import { addActionCommands } from './commands/action.ts';
import { addDaemonCommands } from './commands/daemon.ts';
import { addEntryCommands } from './commands/entry.ts';
import { addEventCommands } from './commands/events.ts';
import { addFileCommands } from './commands/file.ts';
import { addIndexingCommands } from './commands/indexing.ts';
import { addJobCommands } from './commands/job.ts';
import { addLibraryCommands } from './commands/library.ts';
import { addLocationCommands } from './commands/location.ts';
import { addMonitorCommand } from './commands/monitor.ts';
import { addSearchCommands } from './commands/search.ts';
import { addSystemCommands } from './commands/system.ts';
import { addVolumeCommands } from './commands/volume.ts';

/** The whole command line. `isJson`: usage errors are not printed here, so that stdout has one JSON document and stderr nothing. */
export function createProgram(isJson: boolean): Command {
  const program = new Command('mooring')
    .description('A file manager for people whose files live on many drives.')
    .version(packageVersion())
    .option('--json', 'print one JSON document and nothing else')
    .option('--data-dir <folder>', 'data folder to use (also MOORING_DATA_DIR)')
    .option('--instance <name>', 'instance to talk to; instances share nothing')
    .option('--no-start', 'fail when Mooring is not running instead of starting it')
    .option('--no-color', 'no colour (also NO_COLOR)')
    .option('-v, --verbose', 'say more on stderr')
    .addOption(new Option('--units <units>', 'units of sizes').choices(['si', 'iec']))
    .exitOverride()
    .configureOutput({ outputError: silent, ...(isJson ? { writeErr: silent } : {}) })
    .showSuggestionAfterError(true);
  addDaemonCommands(program);
  addLibraryCommands(program);
  addVolumeCommands(program);
  addLocationCommands(program);
  addIndexingCommands(program);
  addEntryCommands(program);
  addSearchCommands(program);
  addFileCommands(program);
  addActionCommands(program);
  addJobCommands(program);
  addSystemCommands(program);
  addEventCommands(program);
  addMonitorCommand(program);
  return program;
}

function silent(): void {
  // `run-cli.ts` prints usage errors itself, in one form for all errors.
}
