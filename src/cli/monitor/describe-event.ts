import type { DomainEvent } from '#shared/contract/event.ts';
import { safeText } from '../printers/safe-text.ts';

/** What an event is about, in a few words; empty where its type says everything. */
export function describeEvent(event: DomainEvent): string {
  if (event.type === 'VolumeMountChanged') {
    return safeText(`${event.volume.name} ${event.isMounted ? `at ${event.mountPoint ?? '?'}` : 'is gone'}`);
  }
  if (event.type === 'EventsLost') return `${event.count}`;
  if ('volume' in event) return safeText(event.volume.name);
  if ('library' in event) return safeText(event.library?.name ?? 'none');
  if ('job' in event) return event.job.name;
  return 'message' in event ? safeText(event.message) : '';
}
