import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DomainEvent } from '#shared/contract/event.ts';
import { indexByHand } from '#test/instruments/index-by-hand.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { createLibraryDatabase } from '../db/library-database.ts';
import { readMigrations } from '../db/migrations.ts';
import { EventBus } from '../events/event-bus.ts';
import type { IndexChanges } from '../indexing/index-task.ts';
import { IndexChangeEvents } from './index-change-events.ts';
import type { LocationLibrary } from './location-rows.ts';

const folder = await makeTestDir('changes');
const database = createLibraryDatabase(path.join(folder, 'database.db'), readMigrations());
const library: LocationLibrary = {
  id: '0193aaaa-0000-7000-8000-000000000002',
  read: (fn) => database.read(fn),
  transact: (fn) => database.transact(fn),
};
const locationUuid = indexByHand(database, { folder, volumeFingerprint: 'a'.repeat(64), pathInVolume: '', deviceId: library.id });
afterAll(() => database.close());
let told: DomainEvent[];
let changes: IndexChangeEvents;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  const events = new EventBus((error) => {
    throw error;
  });
  events.on('EntriesChanged', (event) => told.push(event));
  events.on('EntryMoved', (event) => told.push(event));
  changes = new IndexChangeEvents({ events, deviceId: 'd' });
});
afterEach(() => {
  changes.close();
  vi.useRealTimers();
});

const commit = (change: Partial<IndexChanges> = {}): IndexChanges => ({
  locationId: 1,
  created: 1,
  modified: 0,
  removed: 0,
  folders: ['/a'],
  hasMoreFolders: false,
  moved: 0,
  moves: [],
  ...change,
});

it('tells the first change at once and sums up what follows, at most four times a second', () => {
  for (let count = 0; count < 1000; count++) {
    changes.report(library, commit({ folders: [`/a/${count % 3}`] }));
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(1000);
  const events = told.filter((event) => event.type === 'EntriesChanged');
  expect(events[0]).toMatchObject({ created: 1, locationId: locationUuid, libraryId: library.id, folders: ['sd://d/a/0'] });
  expect(events.length).toBeLessThanOrEqual(5);
  expect(events.reduce((sum, { created }) => sum + created, 0)).toBe(1000);
  expect(events[1]?.folders.toSorted()).toEqual(['sd://d/a/0', 'sd://d/a/1', 'sd://d/a/2']);
});

it('tells what is held back when it is asked to', () => {
  changes.report(library, commit());
  changes.report(library, commit({ removed: 2 }));
  expect(told).toHaveLength(1);
  changes.flush(library, 1);
  expect(told.at(-1)).toMatchObject({ created: 1, removed: 2 });
});

it('names a hundred folders and says when there are more', () => {
  changes.report(library, commit());
  changes.report(library, commit({ folders: Array.from({ length: 101 }, (_, index) => `/many/${index}`) }));
  changes.flush(library, 1);
  const last = told.at(-1);
  expect(last?.type === 'EntriesChanged' && [last.folders.length, last.hasMoreFolders]).toEqual([100, true]);
});

it('names what has moved, with its identity', () => {
  const moves = [{ entryId: 7, from: Buffer.from([0x2f, 0xff]), to: '/b' }];
  changes.report(library, commit({ moved: 1, moves }));
  expect(told[0]).toMatchObject({ type: 'EntryMoved', moves: [{ from: 'sd://d/%FF', to: 'sd://d/b' }] });
});
