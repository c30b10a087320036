import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { locations } from '#core/db/schema.ts';
import type { ScanCheckpoint } from '#core/indexing/index-task.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';
import { expectSums } from './sums.ts';

const FOLDERS = 40;
const FILES = 10;

function fill(folder: string): void {
  for (let folders = 0; folders < FOLDERS; folders++) {
    const path = `${folder}/${folders % 7}/${folders % 3}/folder ${folders}`;
    mkdirSync(path, { recursive: true });
    for (let files = 0; files < FILES; files++) writeFileSync(`${path}/file ${files}`, 'x'.repeat(files));
  }
}

/** Wants to write all the time, so that the indexer commits often. Ends when it is disposed. */
function keepWriting(world: IndexWorld) {
  const timer = setInterval(() => world.database.transact((tx) => tx.select().from(locations).all()), 1);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

it.each(['full', 'quick'] as const)('ends as an uninterrupted %s scan does, stopped after each commit', async (depth) => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('big');
  fill(String(root.path));
  using _writing = keepWriting(world);
  let resumeFrom: ScanCheckpoint | null = null;
  let stops = 0;
  for (let isDone = false; !isDone; ) {
    const abort = new AbortController();
    const seen = world.changes.length;
    // The first time it goes on only when it has been stopped; the others are over before, it may be.
    const want = stops === 0 ? world.database.wantToWrite() : null;
    const watching = setInterval(() => {
      if (world.changes.length === seen) return;
      abort.abort();
      want?.[Symbol.dispose]();
      clearInterval(watching);
    }, 1);
    isDone = await world.scan(root, { depth, resumeFrom }, abort.signal).then(
      () => true,
      (error) => {
        expect(error.code).toBe('CANCELLED');
        return false;
      },
    );
    clearInterval(watching);
    expectSums(world);
    stops += 1;
    resumeFrom = world.checkpoint;
  }
  expect(stops).toBeGreaterThan(1);
  expectTruth(world, [root]);
  expect(world.changes.reduce((sum, { created }) => sum + created, 0)).toBe(world.index(root).size - 1);
});

it('keeps what is known of a location whose root has gone, or whose drive has', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('stick');
  writeFileSync(`${root.path}/kept`, '');
  await world.scan(root);
  rmSync(String(root.path), { recursive: true });
  await expectError('LOCATION_GONE', world.scan(root));
  rmSync(world.mountPoint, { recursive: true });
  await expectError('VOLUME_OFFLINE', world.scan(root));
  expect(world.index(root).has('/kept')).toBe(true);
});

it('removes the entries of a location, and none of another', async () => {
  await using world = await IndexWorld.make();
  const [one, two] = [world.addLocation('one'), world.addLocation('two')];
  fill(String(one.path));
  fill(String(two.path));
  await world.scan(one);
  await world.scan(two);
  await world.indexer.removeEntries(one.locationId);
  expect(world.index(one).size).toBe(0);
  expectTruth(world, [two]);
});

it('rejects with what went wrong when the database cannot be opened', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('one');
  rmSync(world.database.path);
  await expectError('PERMISSION_DENIED', world.scan(root));
});
