import { readFileSync } from 'node:fs';
import type { WatchLimit } from './watch-messages.ts';

/** What the limit is now; null where it cannot be told. */
export function readWatchLimit(limit: WatchLimit): number | null {
  if (limit === null) return null;
  try {
    return Number(readFileSync(`/proc/sys/fs/inotify/${limit}`, 'utf8'));
  } catch {
    // Not Linux, or a system without /proc.
    return null;
  }
}

/** What the user is told, with the remedy. */
export function describeWatchLimit(limit: WatchLimit): string {
  if (limit === null) {
    return 'The system does not let Mooring watch all of your locations. They are looked at every now and then instead.';
  }
  const suggested = limit === 'max_user_watches' ? 1_048_576 : 1024;
  return (
    `The system’s limit fs.inotify.${limit}${currentValue(limit)} does not let Mooring watch all of your locations. They are looked at every now and then ` +
    `instead. To change that, an administrator can run “sysctl fs.inotify.${limit}=${suggested}”, and keep it with a line ` +
    `“fs.inotify.${limit}=${suggested}” in /etc/sysctl.d/60-mooring.conf.`
  );
}

function currentValue(limit: WatchLimit): string {
  const value = readWatchLimit(limit);
  return value === null ? '' : ` (${value})`;
}
