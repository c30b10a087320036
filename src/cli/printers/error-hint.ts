import type { ErrorCode, MooringError } from '#shared/contract/error.ts';

/** What to type next, where the engine can only say it in words. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  LIBRARY_NOT_OPEN: 'Try `mooring library create NAME` or `mooring library list`.',
  LIBRARY_NOT_FOUND: 'Try `mooring library list`.',
  LOCATION_NOT_FOUND: 'Try `mooring location list`.',
  LOCATION_OVERLAPS: '`--allow-overlap` confirms it.',
  SAVED_SEARCH_NOT_FOUND: 'Try `mooring saved-search list`.',
  ACTION_NOT_FOUND: 'Try `mooring action list`.',
  JOB_NOT_FOUND: 'Try `mooring job list`.',
};

/** The message of an error, with what to type next where it does not say so itself. */
export function withHint({ code, message }: Pick<MooringError, 'code' | 'message'>): string {
  const hint = HINTS[code];
  return hint === undefined || message.includes('mooring ') ? message : `${message} ${hint}`;
}
