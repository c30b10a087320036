import type { SystemInfo } from '#shared/contract/system.ts';
import type { EventBus } from '../events/event-bus.ts';

export type Notice = SystemInfo['notices'][number];

const CAPACITY = 50;

/** What the user has to be told although nobody asked: kept for clients that connect later, and published as `CoreNotice`. */
export class Notices {
  #notices: Notice[] = [];
  readonly #events: EventBus;

  constructor(events: EventBus) {
    this.#events = events;
  }

  get all(): readonly Notice[] {
    return this.#notices;
  }

  add(code: string, message: string): void {
    this.#notices = [...this.#notices, { code, message, at: new Date().toISOString() }].slice(-CAPACITY);
    this.#events.publish({ type: 'CoreNotice', code, message });
  }
}
