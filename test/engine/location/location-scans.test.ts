import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryUuid } from '#core/entry/entry-uuid.ts';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import {
  completed,
  currentLibrary,
  entryIds,
  expectSameTree,
  makeSmallTree,
  namesIn,
  nextEvent,
  record,
  settled,
  treeInIndex,
  treeOnDisk,
} from './location-world.ts';

const missing = loopMountAbility().reason;

describe.skipIf(missing !== null)(`scanning a location (${missing ?? 'on a real drive'})`, () => {
  let engine: TestEngine;
  let stick: DiskImage;
  let root: string;
  let locationId: string;

  beforeAll(async () => {
    engine = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 64, label: 'Stick' });
    root = path.join(await stick.mount(), 'files');
    mkdirSync(root);
    await makeSmallTree(root);
    await engine.client.libraries.create({ name: 'Home' });
    // What is watched is found by the watcher: here it is scans that are tried.
    const { location, job } = await engine.client.locations.add({ path: root, watch: false });
    locationId = location.id;
    await completed(engine, job);
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const index = () => treeInIndex(currentLibrary(engine), locationId);
  const rescan = async (depth: 'quick' | 'full') => {
    const { job } = await engine.client.locations.rescan({ location: locationId, depth });
    return (await completed(engine, job)).output;
  };

  it('has indexed what is there, and says what it did', async () => {
    expectSameTree(index(), await treeOnDisk(root));
    const { items } = await engine.client.jobs.list({ limit: 10 });
    expect(items[0]).toMatchObject({
      name: 'location-scan',
      status: 'completed',
      isResumable: true,
      output: { created: 9, foldersListed: 5, entriesSeen: 9, bytesSeen: 5517, problems: 0 },
      progress: { fraction: 1, itemsDone: 9, itemsTotal: 9, bytesDone: 5517, currentItem: null },
    });
  });

  it('finds in a quick scan what was added, removed and renamed, keeps what moved, and tells it in few events', async () => {
    const before = entryIds(currentLibrary(engine), locationId);
    const [heard, startMs] = [record(engine), performance.now()];
    writeFileSync(path.join(root, 'photos/new.jpg'), 'new');
    rmSync(path.join(root, 'documents/letter.txt'));
    renameSync(path.join(root, 'photos/2024'), path.join(root, 'documents/moved'));
    expect(await rescan('quick')).toMatchObject({ moved: 1, removed: 1 });
    expectSameTree(index(), await treeOnDisk(root));
    const after = entryIds(currentLibrary(engine), locationId);
    expect(after.get('documents/moved/summer/sea.jpg')).toBe(before.get('photos/2024/summer/sea.jpg'));
    const moves = heard.flatMap((event) => (event.type === 'EntryMoved' ? event.moves : []));
    const { device, libraries } = engine.services;
    expect(moves).toEqual([
      {
        uuid: entryUuid(libraries.resolve().id, before.get('photos/2024') ?? 0),
        from: `sd://${device.id}${root}/photos/2024`,
        to: `sd://${device.id}${root}/documents/moved`,
      },
    ]);
    const changed = heard.filter((event) => event.type === 'EntriesChanged');
    // At most four a second.
    expect(changed.length).toBeLessThanOrEqual(2 + (performance.now() - startMs) / 250);
    expect(changed.flatMap(({ folders }) => folders)).toContain(`sd://${device.id}${root}/photos`);
  });

  it('finds in a full scan what was changed in place', async () => {
    writeFileSync(path.join(root, 'readme.md'), 'longer than before');
    expect(await rescan('full')).toMatchObject({ modified: 1, created: 0, removed: 0 });
    expect(await rescan('full')).toMatchObject({ created: 0, modified: 0, moved: 0, removed: 0 });
    expectSameTree(index(), await treeOnDisk(root));
  });

  it('looks at one folder of it, to the depth that is asked for', async () => {
    writeFileSync(path.join(root, 'one.txt'), '1');
    mkdirSync(path.join(root, 'photos/deep/deeper'), { recursive: true });
    writeFileSync(path.join(root, 'photos/deep/deeper/two.txt'), '2');
    const scan = async (input: object) => {
      const { job } = await engine.client.indexing.scan({ path: path.join(root, 'photos'), ...input });
      return completed(engine, job);
    };
    await scan({ scope: 'current' });
    expect(namesIn(index()).filter((name) => name.startsWith('photos/'))).toEqual(['photos/deep', 'photos/new.jpg']);
    await scan({ maxDepth: 1 });
    expect(namesIn(index())).toContain('photos/deep/deeper');
    expect(namesIn(index())).not.toContain('photos/deep/deeper/two.txt');
    await scan({});
    expect(namesIn(index())).toContain('photos/deep/deeper/two.txt');
    expect(namesIn(index())).not.toContain('one.txt');
    await expectError('PATH_NOT_FOUND', engine.client.indexing.scan({ path: path.join(root, 'absent') }));
    await expectError('NOT_A_FOLDER', engine.client.indexing.scan({ path: path.join(root, 'one.txt') }));
    await expectError('LOCATION_NOT_FOUND', engine.client.indexing.scan({ path: '/usr' }));
    await rescan('full');
    expectSameTree(index(), await treeOnDisk(root));
  });

  it('brings the index in line with changed rules by as little as is needed', async () => {
    writeFileSync(path.join(root, '.hidden'), 'x');
    await rescan('quick');
    const update = (rules: object) => engine.client.locations.update({ location: locationId, rules });
    const same = await update({ skipHidden: false });
    expect(same.job).toBeNull();

    const stricter = await update({ skipHidden: true, onlyExtensions: ['JPG', 'jpg'] });
    expect(stricter.location.rules).toMatchObject({ skipHidden: true, onlyExtensions: ['jpg'], skipSystemJunk: true });
    expect(stricter.job?.input).toMatchObject({ prune: true, depth: 'none' });
    await completed(engine, stricter.job ?? { id: '' });
    const files = [...index()].filter(([, { kind }]) => kind === 1).map(([name]) => name);
    expect(files.every((name) => name.endsWith('.jpg'))).toBe(true);
    expect(files).toHaveLength(3);
    expect(await engine.client.locations.get({ location: locationId })).toMatchObject({ totalFileCount: 3, totalBytes: 5003 });

    const looser = await update({ skipHidden: false, onlyExtensions: [] });
    await completed(engine, looser.job ?? { id: '' });
    expectSameTree(index(), await treeOnDisk(root));
  });

  it('leaves everything out, or nothing, when rules say so', async () => {
    const all = await engine.client.locations.update({ location: locationId, rules: { excludeGlobs: ['*'] } });
    await completed(engine, all.job ?? { id: '' });
    expect(await settled(engine, locationId)).toMatchObject({
      scanState: 'complete',
      totalFileCount: 0,
      totalFolderCount: 0,
      totalBytes: 0,
    });
    await rescan('full');
    expect(namesIn(index())).toEqual([]);
    const none = await engine.client.locations.update({ location: locationId, rules: { excludeGlobs: ['*.nothing-ends-like-this'] } });
    await completed(engine, none.job ?? { id: '' });
    expectSameTree(index(), await treeOnDisk(root));
    await expectError('INVALID_INPUT', engine.client.locations.update({ location: locationId, rules: { excludeGlobs: [''] } }));
  });

  it('changes what else is said of it, and tells it', async () => {
    const told = nextEvent(engine, 'LocationUpdated', ({ location }) => location.name === 'Mine');
    const { location, job } = await engine.client.locations.update({ location: locationId, name: 'Mine', mode: 'content' });
    expect(job).toBeNull();
    expect(location).toMatchObject({ name: 'Mine', mode: 'content' });
    await told;
  });

  it('rests while it is paused, and catches up afterwards', async () => {
    expect(await engine.client.locations.pause({ location: locationId })).toMatchObject({ scanState: 'paused', watchState: 'off' });
    await expectError('CONFLICT', engine.client.locations.rescan({ location: locationId }));
    await expectError('CONFLICT', engine.client.indexing.scan({ path: root }));
    writeFileSync(path.join(root, 'while-paused.txt'), 'x');
    await engine.client.locations.resume({ location: locationId });
    await settled(engine, locationId);
    expectSameTree(index(), await treeOnDisk(root));
  });

  it('is returned instead of being doubled', async () => {
    const [first, second] = await Promise.all([
      engine.client.locations.rescan({ location: locationId, depth: 'full' }),
      engine.client.locations.rescan({ location: locationId, depth: 'quick' }),
    ]);
    expect(second.job.id).toBe(first.job.id);
    await completed(engine, first.job);
  });

  it('can be started by the name of its job', async () => {
    const { job } = await engine.client.jobs.dispatch({ name: 'location-scan', input: { locationId, depth: 'full' } });
    expect(job.volumes).toHaveLength(1);
    await completed(engine, job);
    await expectError('INVALID_INPUT', engine.client.jobs.dispatch({ name: 'location-scan', input: { locationId: 'x' } }));
    await expectError('INVALID_INPUT', engine.client.jobs.dispatch({ name: 'location-scan', input: { locationId, below: '%zz' } }));
    await expectError(
      'LOCATION_NOT_FOUND',
      engine.client.jobs.dispatch({ name: 'location-scan', input: { locationId: crypto.randomUUID() } }),
    );
  });

  it('forgets a location and its index, and leaves its files alone', async () => {
    const disk = await treeOnDisk(root);
    const removed = nextEvent(engine, 'LocationRemoved');
    await engine.client.locations.rescan({ location: locationId, depth: 'full' });
    expect(await engine.client.locations.remove({ location: locationId })).toEqual({ id: locationId, name: 'Mine' });
    expect((await removed).locationId).toBe(locationId);
    await expectError('LOCATION_NOT_FOUND', engine.client.locations.get({ location: locationId }));
    expectSameTree(await treeOnDisk(root), disk);
    const library = currentLibrary(engine);
    await engine.services.indexers.for(library).release();
    // What was cut off by that is finished when the library opens again.
    await engine.client.libraries.close({});
    await engine.client.libraries.open({ library: library.path });
    const entriesLeft = () =>
      currentLibrary(engine).read((db) => db.get<{ count: number }>('SELECT count(*) AS count FROM entries'))?.count;
    await expect.poll(entriesLeft, { timeout: 30_000 }).toBe(0);
  });
});
