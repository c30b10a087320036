import type { Logger } from '#core/log/logger.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { DomainEvent, DomainEventType } from '#shared/contract/event.ts';
import type { EngineConnection } from './engine-connection.ts';

/** Of everything that happens, what windows, tray and notifications show. */
const TYPES: DomainEventType[] = [
  'VolumeAdded',
  'VolumeRemoved',
  'VolumeUpdated',
  'VolumeMountChanged',
  'VolumeTracked',
  'VolumeUntracked',
  'LibraryOpened',
  'LibraryClosed',
  'LibrarySwitched',
  'JobStarted',
  'JobPaused',
  'JobResumed',
  'JobProgress',
  'JobCompleted',
  'JobFailed',
  'JobCancelled',
  'ConfigChanged',
];

export interface EngineEventHandlers {
  /** A new engine is there: whatever is shown has to be asked for again. */
  onConnected(client: EngineClient): void;
  onEvent(event: DomainEvent, client: EngineClient): void;
}

/** Follows the events of each engine in turn. `EventsLost` always comes too. */
export function followEngineEvents(connection: EngineConnection, handlers: EngineEventHandlers, log: Logger): void {
  connection.onConnected(async (client, signal) => {
    try {
      const events = await client.events.subscribe({ types: TYPES }, { signal });
      handlers.onConnected(client);
      for await (const event of events) handlers.onEvent(event, client);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'The events of the engine ended');
    }
  });
}
