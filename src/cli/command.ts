import type { Command } from 'commander';
import { toMooringError } from '#shared/contract/error.ts';
import { type GlobalOptions, printError, Session } from './session.ts';

/**
 * Makes a handler a commander action: it gets a session, the command's arguments and its own options; what it throws is
 * printed as an error and ends with exit code 1.
 */
export function action<Options = object>(
  handler: (session: Session, args: (string | undefined)[], options: Options) => Promise<void>,
): (...params: unknown[]) => Promise<void> {
  return async (...params) => {
    const command = params.at(-1) as Command;
    const session = openSession(command.optsWithGlobals<GlobalOptions>());
    if (!session) return;
    try {
      // The command's own options alone: `--color` of `volume set` is not the `--no-color` that every command has.
      await handler(session, command.args, command.opts<Options & object>());
    } catch (error) {
      session.fail(error);
    } finally {
      await session.close();
    }
  };
}

function openSession(options: GlobalOptions): Session | null {
  try {
    return new Session(options);
  } catch (error) {
    // The name of an instance or of a data folder is part of how the command was called.
    printError(toMooringError(error), options.json === true);
    process.exitCode = 2;
    return null;
  }
}
