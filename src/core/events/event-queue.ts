import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '#shared/contract/event.ts';

const CAPACITY = 2000;
/** Events handed out before the event loop gets a turn, so that a cancellation can be seen. */
const BURST = 200;

/**
 * What waits for one subscriber. Progress replaces progress of the same job, an update of a volume the former one.
 * Past its capacity the queue drops what it holds and says how much: memory never grows with a slow reader.
 */
export class EventQueue {
  #events = new Map<number | string, DomainEvent>();
  #lostCount = 0;
  #closed = false;
  #wake: (() => void) | null = null;
  readonly #lostEvent: (count: number) => DomainEvent;

  constructor(lostEvent: (count: number) => DomainEvent) {
    this.#lostEvent = lostEvent;
  }

  push(event: DomainEvent): void {
    if (this.#closed) return;
    const key = coalescingKey(event) ?? event.id;
    this.#events.delete(key);
    if (this.#events.size >= CAPACITY) {
      this.#lostCount += this.#events.size;
      this.#events.clear();
    }
    this.#events.set(key, event);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async *drain(): AsyncGenerator<DomainEvent, void> {
    let handedOut = 0;
    while (!this.#closed) {
      if (this.#lostCount > 0) {
        const count = this.#lostCount;
        this.#lostCount = 0;
        yield this.#lostEvent(count);
      }
      const next = this.#events.entries().next();
      if (next.done) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = null;
        continue;
      }
      const [key, event] = next.value;
      this.#events.delete(key);
      yield event;
      if (++handedOut % BURST === 0) await nextTurn();
    }
  }
}

function coalescingKey(event: DomainEvent): string | null {
  if (event.type === 'JobProgress') return `job ${event.jobId}`;
  if (event.type === 'VolumeUpdated') return `volume ${event.volume.fingerprint} ${event.libraryId ?? ''}`;
  return null;
}
