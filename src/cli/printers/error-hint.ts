import type { ErrorCode, MooringError } from '#shared/contract/error.ts';

/** What to type next, where the engine can only say it in words. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  LIBRARY_NOT_OPEN: '`mooring library create NAME` makes one, `mooring library list` shows those that there are.',
  LIBRARY_NOT_FOUND: '`mooring library list` shows those that there are.',
  LOCATION_NOT_FOUND: '`mooring location list` shows those that there are.',
  LOCATION_OVERLAPS: '`--allow-overlap` confirms it.',
  JOB_NOT_FOUND: '`mooring job list` shows those that there are.',
};

/** The message of an error, with what to type next where it does not say so itself. */
export function withHint({ code, message }: Pick<MooringError, 'code' | 'message'>): string {
  const hint = HINTS[code];
  return hint === undefined || message.includes('mooring ') ? message : `${message} ${hint}`;
}
