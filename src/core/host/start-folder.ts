import { parse, resolve } from 'node:path';

/** A folder that nobody wants to unmount. */
export const NEUTRAL_FOLDER = parse(process.execPath).root;

/**
 * Lets go of the folder that the process was started from: a process that stays would keep the drive busy which that
 * folder is on. To be called when every relative path of the command line has been resolved; those in the environment
 * are made absolute here, for processes that are started later.
 */
export function leaveStartFolder(): void {
  for (const name of ['MOORING_DATA_DIR', 'MOORING_RUNTIME_DIR']) {
    const path = process.env[name];
    if (path) process.env[name] = resolve(path);
  }
  process.chdir(NEUTRAL_FOLDER);
}
