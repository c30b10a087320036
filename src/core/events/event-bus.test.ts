import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '#shared/contract/event.ts';
import type { Volume } from '#shared/contract/volume.ts';
import { EventBus, type NewEvent } from './event-bus.ts';

const JOBS = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
const FINGERPRINTS = ['a'.repeat(64), 'b'.repeat(64)];

function createBus(): EventBus {
  return new EventBus((error) => {
    throw error;
  });
}

function progress(jobId: string, itemsDone: number): NewEvent {
  const unknown = {
    fraction: null,
    currentItem: null,
    itemsTotal: null,
    bytesTotal: null,
    bytesPerSecond: null,
    secondsLeft: null,
    warnings: 0,
  };
  return { type: 'JobProgress', jobId, progress: { ...unknown, phase: 'copying', itemsDone, bytesDone: 0 } };
}

function volumeUpdated(fingerprint: string, availableBytes: number): NewEvent {
  return { type: 'VolumeUpdated', volume: { fingerprint, availableBytes } as Volume };
}

function notice(message: string): NewEvent {
  return { type: 'CoreNotice', code: 'TEST', message };
}

async function readAll(events: AsyncIterable<DomainEvent>): Promise<DomainEvent[]> {
  const all: DomainEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What a client that applies every event ends up with. */
function finalState(events: readonly { type: string }[]): { progress: object; volumes: object; rest: string[] } {
  const state = { progress: {} as Record<string, number>, volumes: {} as Record<string, number>, rest: [] as string[] };
  for (const event of events as DomainEvent[]) {
    if (event.type === 'JobProgress') state.progress[event.jobId] = event.progress.itemsDone;
    else if (event.type === 'VolumeUpdated') state.volumes[event.volume.fingerprint] = event.volume.availableBytes;
    else if (event.type === 'CoreNotice') state.rest.push(event.message);
  }
  return state;
}

const anyEvent = fc.oneof(
  fc.record({ job: fc.constantFrom(...JOBS), done: fc.nat(1000) }).map(({ job, done }) => progress(job, done)),
  fc.record({ print: fc.constantFrom(...FINGERPRINTS), free: fc.nat(1000) }).map(({ print, free }) => volumeUpdated(print, free)),
  fc.string().map(notice),
);

describe('EventBus', () => {
  it('coalesces so that a reader of any pace ends with the same state as one that saw everything', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: anyEvent.map((event) => ({ publish: event })) },
      { weight: 1, arbitrary: fc.constant('read' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 300 }), async (steps) => {
        const bus = createBus();
        const events = bus.subscribe();
        const published: NewEvent[] = [];
        const seen: DomainEvent[] = [];
        let waiting = 0;
        for (const next of steps) {
          if (next !== 'read') {
            published.push(next.publish);
            bus.publish(next.publish);
            waiting++;
          } else if (waiting > 0) {
            const { value } = await events.next();
            if (value) seen.push(value);
            waiting = 0;
          }
        }
        bus.close();
        seen.push(...(await readAll(events)));
        expect(finalState(seen)).toEqual(finalState(published));
        expect(seen.map((event) => event.id)).toEqual(seen.map((event) => event.id).toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  it('tells a subscriber that is too slow how many events it has lost, and goes on', async () => {
    const bus = createBus();
    const events = bus.subscribe();
    for (let number = 0; number < 5000; number++) bus.publish(notice(String(number)));
    const first = await events.next();
    expect(first.value).toMatchObject({ type: 'EventsLost' });
    const lost = first.value?.type === 'EventsLost' ? first.value.count : 0;
    bus.close();
    const rest = await readAll(events);
    expect(lost + rest.length).toBe(5000);
    expect(rest.length).toBeLessThanOrEqual(2000);
    expect(finalState(rest).rest.at(-1)).toBe('4999');
    expect(bus.statistics().lost).toBe(lost);
  });

  it('never loses an event to progress, however much of it comes', async () => {
    const bus = createBus();
    const events = bus.subscribe();
    bus.publish(notice('before'));
    for (let done = 0; done < 10_000; done++) bus.publish(progress(JOBS[done % 2] ?? '', done));
    bus.close();
    expect(await readAll(events)).toMatchObject([
      { type: 'CoreNotice' },
      { type: 'JobProgress', progress: { itemsDone: 9998 } },
      { type: 'JobProgress', progress: { itemsDone: 9999 } },
    ]);
  });

  it('ends a subscription that waits when its signal aborts', async () => {
    const bus = createBus();
    const controller = new AbortController();
    const events = bus.subscribe({}, controller.signal);
    const next = events.next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(bus.statistics().subscribers).toBe(0);
  });

  it('can be cancelled while it is reading a flood that never ends', async () => {
    const bus = createBus();
    const controller = new AbortController();
    const events = bus.subscribe({}, controller.signal);
    bus.publish(notice('first'));
    let read = 0;
    setImmediate(() => controller.abort());
    for await (const _event of events) {
      read++;
      bus.publish(notice('again'));
    }
    expect(read).toBeGreaterThan(0);
  });

  it('forgets a subscriber that returns before its first event', async () => {
    const bus = createBus();
    const events = bus.subscribe();
    await events.return();
    expect(bus.statistics().subscribers).toBe(0);
  });

  it('ends a subscription at once that begins after the bus was closed', async () => {
    const bus = createBus();
    bus.close();
    expect(await readAll(bus.subscribe())).toEqual([]);
  });

  it('filters by type, and by library without hiding what belongs to none', async () => {
    const bus = createBus();
    const mine = '018f0000-0000-7000-8000-00000000000a';
    const ofLibrary = bus.subscribe({ libraryId: mine });
    const ofType = bus.subscribe({ types: ['CoreShutdown'] });
    bus.publish({ ...notice('mine'), libraryId: mine });
    bus.publish({ ...notice('other'), libraryId: '018f0000-0000-7000-8000-00000000000b' });
    bus.publish({ type: 'CoreShutdown' });
    bus.close();
    expect((await readAll(ofLibrary)).map(({ type }) => type)).toEqual(['CoreNotice', 'CoreShutdown']);
    expect((await readAll(ofType)).map(({ type }) => type)).toEqual(['CoreShutdown']);
  });

  it('calls listeners at once, and goes on when one of them throws', () => {
    const failures: unknown[] = [];
    const bus = new EventBus((error) => failures.push(error));
    const heard: string[] = [];
    bus.on('CoreNotice', () => {
      throw new Error('listener');
    });
    const stop = bus.on('CoreNotice', (event) => heard.push(event.message));
    bus.publish(notice('one'));
    stop();
    bus.publish(notice('two'));
    expect(heard).toEqual(['one']);
    expect(failures).toHaveLength(2);
  });
});
