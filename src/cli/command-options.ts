import { type Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from './arguments.ts';
import { parseSize } from './parse-size.ts';

/** Options of every command that changes files. */
export function changing(command: Command): Command {
  return command
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--library <library>', 'library that shall remember it; left out, the current one');
}

/** Of those that may take long. */
export function waiting(command: Command): Command {
  return command
    .option('--wait', 'wait for the end, which is the default; Ctrl+C stops waiting, not the job')
    .option('--no-wait', 'print the job and leave it to run');
}

export interface PageOptions {
  limit?: number;
  cursor?: string;
}

export function paged(command: Command): Command {
  return command.option('--limit <n>', 'at most so many', wholeNumber(1, 1000)).option('--cursor <cursor>', 'go on after an earlier page');
}

export function pageInput({ limit, cursor }: PageOptions): PageOptions {
  return { ...(limit ? { limit } : {}), ...(cursor !== undefined ? { cursor } : {}) };
}

const SLOWEST = 1024;

/** `20MB` in bytes per second; `none` is null. */
export function speedLimit(text: string): number | null {
  if (text === 'none') return null;
  const bytes = parseSize(text.replace(/\/s$/i, ''));
  if (bytes !== null && bytes >= SLOWEST) return bytes;
  throw new InvalidArgumentError(`Give bytes per second, such as 20MB or 500kB (at least ${SLOWEST}), or none.`);
}
