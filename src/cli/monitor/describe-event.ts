import type { DomainEvent, DomainEventOf } from '#shared/contract/event.ts';
import { shownPath } from '../printers/address.ts';
import { pausedShort } from '../printers/job-state.ts';
import { safeText } from '../printers/safe-text.ts';

/** What an event is about, in a few words; empty where its type says everything. */
export function describeEvent(event: DomainEvent): string {
  if (event.type === 'VolumeMountChanged') {
    return safeText(`${event.volume.name} ${event.isMounted ? `at ${event.mountPoint ?? '?'}` : 'is gone'}`);
  }
  if (event.type === 'EventsLost') return `${event.count}`;
  if (event.type === 'EntriesChanged') return describeChanges(event);
  if (event.type === 'EntryMoved') return event.moves.map(({ from, to }) => `${shownPath(from)} → ${shownPath(to)}`).join(', ');
  if ('location' in event) return safeText(event.location.name);
  if (event.type === 'JobPaused') return `${safeText(event.job.name)} ${pausedShort(event.job)}`;
  if ('volume' in event) return safeText(event.volume.name);
  if ('library' in event) return safeText(event.library?.name ?? 'none');
  if ('job' in event) return safeText(event.job.name);
  return 'message' in event ? safeText(event.message) : '';
}

function describeChanges({ folders, created, modified, moved, removed }: DomainEventOf<'EntriesChanged'>): string {
  const counts = Object.entries({ new: created, changed: modified, moved, gone: removed }).filter(([, count]) => count > 0);
  return [counts.map(([what, count]) => `${count} ${what}`).join(', '), ...folders.slice(0, 1).map(shownPath)].join('  ');
}
