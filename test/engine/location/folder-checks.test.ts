import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Indexer } from '#core/indexing/index-task.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { completed, currentLibrary, expectSameTree, nextEvent, treeInIndex, treeOnDisk } from './location-world.ts';

const FOLDERS = 200;
const MANY = 5001;

describe('folders that are opened and not watched', () => {
  let engine: TestEngine;
  let root: string;
  let locationId: string;
  let look: Indexer['applyChanges'];
  let applied: ReturnType<typeof watchIndexer>;

  const indexer = () => engine.services.indexers.for(currentLibrary(engine));
  const watchIndexer = () => vi.spyOn(indexer(), 'applyChanges');
  const open = (folder: string) => engine.client.entries.list({ path: path.join(root, folder), limit: 1 });
  const checked = () => applied.mock.calls.flatMap(([{ folders }]) => folders.map((folder) => String(folder.path)));
  const lastMetrics = () => applied.mock.results.at(-1)?.value as ReturnType<Indexer['applyChanges']>;

  beforeAll(async () => {
    engine = await startTestEngine();
    root = await makeTestDir('checked');
    for (let number = 0; number < FOLDERS; number++) mkdirSync(path.join(root, `folder ${number}`));
    mkdirSync(path.join(root, 'many'));
    for (let number = 0; number < MANY; number++) writeFileSync(path.join(root, 'many', String(number)), '');
    // A folder that has changed within the last seconds is looked at in any case.
    utimesSync(path.join(root, 'many'), 1_700_000_000, 1_700_000_000);
    await engine.client.libraries.create({ name: 'Home' });
    const { location, job } = await engine.client.locations.add({ path: root, watch: false });
    locationId = location.id;
    await completed(engine, job);
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    rmSync(root, { recursive: true });
  });
  beforeEach(() => {
    look = indexer().applyChanges.bind(indexer());
    applied = watchIndexer();
  });
  afterEach(() => applied.mockRestore());

  it('are looked at in the background, and what has changed in them is told', async () => {
    writeFileSync(path.join(root, 'folder 1/new.txt'), 'new');
    // The last of the scan before may be told only now.
    const told = nextEvent(engine, 'EntriesChanged', ({ created }) => created === 1);
    expect((await open('folder 1')).items).toEqual([]);
    expect((await told).locationId).toBe(locationId);
    expect((await open('folder 1')).items).toMatchObject([{ name: 'new.txt' }]);
    expect(checked()).toEqual([path.join(root, 'folder 1')]);
  });

  it('are let go when there are many, the last opened first, and a scan does not wait for them', async () => {
    // The first look lasts until all of them have been opened, however fast it would be.
    const { promise: areAllOpen, resolve: allAreOpen } = Promise.withResolvers<void>();
    applied.mockImplementationOnce(async (...call) => {
      await areAllOpen;
      return look(...call);
    });
    await Promise.all(Array.from({ length: FOLDERS - 2 }, (_, index) => open(`folder ${index + 2}`)));
    allAreOpen();
    const { job } = await engine.client.locations.rescan({ location: locationId, depth: 'full' });
    await completed(engine, job);
    expectSameTree(treeInIndex(currentLibrary(engine), locationId), await treeOnDisk(root));
    expect(checked().length).toBeLessThan(12);
    // What has been looked at just now is not looked at again.
    const other = Array.from({ length: FOLDERS }, (_, index) => `folder ${index}`).find(
      (name) => !checked().includes(path.join(root, name)),
    );
    await open(String(other));
    await vi.waitFor(() => expect(checked().at(-1)).toBe(path.join(root, String(other))), { timeout: 10_000 });
  });

  it('are not compared entry by entry when they are large and their own time is the same', async () => {
    await open('many');
    await vi.waitFor(async () => expect(await lastMetrics()).toMatchObject({ entriesSeen: 0, unchanged: 1 }), { timeout: 10_000 });
  });

  it('are compared when they are large and their own time is another', async () => {
    writeFileSync(path.join(root, 'many/new'), 'new');
    await vi.waitFor(
      async () => {
        await open('many');
        expect(await lastMetrics()).toMatchObject({ entriesSeen: MANY + 1, created: 1 });
      },
      { timeout: 10_000, interval: 100 },
    );
  });
});
