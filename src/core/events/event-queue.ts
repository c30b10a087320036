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
  #state: 'open' | 'ending' | 'cancelled' = 'open';
  #wake: (() => void) | null = null;
  readonly #lostEvent: (count: number) => DomainEvent;

  constructor(lostEvent: (count: number) => DomainEvent) {
    this.#lostEvent = lostEvent;
  }

  push(event: DomainEvent): void {
    if (this.#state !== 'open') return;
    const key = coalescingKey(event) ?? event.id;
    this.#events.delete(key);
    if (this.#events.size >= CAPACITY) {
      this.#lostCount += this.#events.size;
      this.#events.clear();
    }
    this.#events.set(key, event);
    this.#wake?.();
  }

  /** Nothing more will come; what waits is still handed out. */
  end(): void {
    if (this.#state === 'open') this.#state = 'ending';
    this.#wake?.();
  }

  /** Nothing more is wanted. */
  cancel(): void {
    this.#state = 'cancelled';
    this.#events.clear();
    this.#wake?.();
  }

  async *drain(): AsyncGenerator<DomainEvent, void> {
    let handedOut = 0;
    while (this.#state !== 'cancelled') {
      if (this.#lostCount > 0) {
        const count = this.#lostCount;
        this.#lostCount = 0;
        yield this.#lostEvent(count);
      }
      const next = this.#events.entries().next();
      if (next.done) {
        if (this.#state === 'ending') return;
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
