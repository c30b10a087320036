import type { DomainEvent, DomainEventOf, DomainEventType } from '#shared/contract/event.ts';
import { EventQueue } from './event-queue.ts';

/** A domain event before the bus has numbered and dated it. */
export type NewEvent = { [T in DomainEventType]: Omit<DomainEventOf<T>, 'id' | 'at'> }[DomainEventType];

export interface EventFilter {
  types?: readonly DomainEventType[];
  /** Events of this library, and those that belong to none. */
  libraryId?: string;
}

/**
 * The one event bus of an engine. `on` is for the engine's own parts and is called synchronously; `subscribe` is for
 * clients, whose pace is not ours: each has a bounded queue and is told when it lost events.
 */
export class EventBus {
  #nextId = 1;
  #listeners = new Map<DomainEventType, Set<(event: never) => void>>();
  #queues = new Set<{ filter: EventFilter; queue: EventQueue }>();
  #published = 0;
  #lost = 0;
  #isClosed = false;
  readonly #onListenerError: (error: unknown, type: DomainEventType) => void;

  constructor(onListenerError: (error: unknown, type: DomainEventType) => void) {
    this.#onListenerError = onListenerError;
  }

  publish(event: NewEvent): DomainEvent {
    const numbered = { ...event, id: this.#nextId++, at: new Date().toISOString() } as DomainEvent;
    this.#published++;
    for (const listener of this.#listeners.get(event.type) ?? []) this.#callListener(listener, numbered);
    for (const { filter, queue } of this.#queues) {
      if (matches(filter, numbered)) queue.push(numbered);
    }
    return numbered;
  }

  /** Calls `listener` for each event of one type, synchronously, until the returned function is called. A listener that throws stops nothing. */
  on<T extends DomainEventType>(type: T, listener: (event: DomainEventOf<T>) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Events from now on, until `signal` aborts, the consumer returns, or the bus closes. */
  subscribe(filter: EventFilter = {}, signal?: AbortSignal): AsyncGenerator<DomainEvent, void> {
    const queue = new EventQueue((count) => this.#lostEvents(count));
    const entry = { filter, queue };
    this.#queues.add(entry);
    const cancel = () => queue.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted || this.#isClosed) cancel();
    const iterator = queue.drain();
    const finish = () => {
      this.#queues.delete(entry);
      signal?.removeEventListener('abort', cancel);
      queue.cancel();
    };
    // A generator's `finally` does not run when it is closed before its first `next`; these wrappers always do.
    return {
      next: async () => {
        const result = await iterator.next();
        if (result.done) finish();
        return result;
      },
      return: async () => {
        finish();
        return iterator.return();
      },
      throw: async (error) => {
        finish();
        return iterator.throw(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      [Symbol.asyncDispose]: async () => finish(),
    };
  }

  statistics(): { published: number; lost: number; subscribers: number } {
    return { published: this.#published, lost: this.#lost, subscribers: this.#queues.size };
  }

  /** Ends every subscription once it has read what was published until now. */
  close(): void {
    this.#isClosed = true;
    for (const { queue } of this.#queues) queue.end();
    this.#queues.clear();
    this.#listeners.clear();
  }

  #lostEvents(count: number): DomainEvent {
    this.#lost += count;
    return { type: 'EventsLost', count, id: this.#nextId++, at: new Date().toISOString() };
  }

  #callListener(listener: (event: never) => void, event: DomainEvent): void {
    try {
      listener(event as never);
    } catch (error) {
      this.#onListenerError(error, event.type);
    }
  }
}

function matches(filter: EventFilter, event: DomainEvent): boolean {
  if (filter.types && !filter.types.includes(event.type)) return false;
  return !filter.libraryId || !event.libraryId || event.libraryId === filter.libraryId;
}
