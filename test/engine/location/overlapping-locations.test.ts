import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Location } from '#shared/contract/location.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { currentLibrary, entryIds, expectSameTree, makeSmallTree, nextEvent, treeInIndex, treeOnDisk } from './location-world.ts';

const missing = loopMountAbility().reason;
/** Far more than it takes. */
const PATIENCE = { timeout: 20_000 };

describe.skipIf(missing !== null)(`a location within another (${missing ?? 'on a real drive'})`, () => {
  let engine: TestEngine;
  let stick: DiskImage;
  let root: string;
  let outer: Location;
  let inner: Location;

  beforeAll(async () => {
    engine = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'Stick' });
    root = path.join(await stick.mount(), 'files');
    mkdirSync(root);
    await makeSmallTree(root);
    await engine.client.libraries.create({ name: 'Home' });
    outer = await addWatched(root);
    inner = await addWatched(path.join(root, 'photos'));
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const addWatched = async (folder: string) => {
    const watched = nextEvent(
      engine,
      'LocationUpdated',
      ({ location }) => location.name === path.basename(folder) && location.watchState === 'watching' && location.scanState === 'complete',
    );
    await engine.client.locations.add({ path: folder, allowOverlap: true });
    return (await watched).location;
  };
  const ids = ({ id }: Location) => entryIds(currentLibrary(engine), id);
  const expectIndexed = async (location: Location, folder: string) => {
    const disk = await treeOnDisk(folder);
    await expect.poll(() => treeInIndex(currentLibrary(engine), location.id), PATIENCE).toEqual(disk);
    expectSameTree(treeInIndex(currentLibrary(engine), location.id), disk);
  };
  const expectBothIndexed = async () => {
    await expectIndexed(outer, root);
    await expectIndexed(inner, path.join(root, 'photos'));
  };
  const move = (from: string, to: string) => renameSync(path.join(root, from), path.join(root, to));
  const remove = async (location: Location) => {
    await engine.client.locations.remove({ location: location.id });
    const orphans = 'SELECT count(*) AS count FROM entries WHERE location_id NOT IN (SELECT id FROM locations)';
    await expect.poll(() => currentLibrary(engine).read((db) => db.get<{ count: number }>(orphans)?.count), PATIENCE).toBe(0);
  };
  const list = (folder: string) => engine.client.entries.list({ path: path.join(root, folder), limit: 100 });

  it('is known from both, each with entries, sizes and counts of its own', async () => {
    await expectBothIndexed();
    expect(await list('photos')).toMatchObject({ source: 'index', locationId: inner.id, folder: { sizeBytes: 5010, fileCount: 3 } });
    expect(await list('')).toMatchObject({ source: 'index', locationId: outer.id, folder: { sizeBytes: 5517, fileCount: 5 } });
  });

  it('follows with the other what changes, and what crosses the border', async () => {
    const before = { outer: ids(outer), inner: ids(inner) };
    move('photos/2024/list.txt', 'documents/list.txt');
    move('documents/letter.txt', 'photos/letter.txt');
    writeFileSync(path.join(root, 'photos/2024/summer/sea.jpg'), 'smaller');
    await expectBothIndexed();
    move('photos/2024/summer', 'summer');
    await expectBothIndexed();
    move('summer', 'photos/winter');
    await expectBothIndexed();
    const after = ids(outer);
    expect(after.get('documents/list.txt')).toBe(before.outer.get('photos/2024/list.txt'));
    expect(after.get('photos/letter.txt')).toBe(before.outer.get('documents/letter.txt'));
    expect(after.get('photos/winter/sea.jpg')).toBe(before.outer.get('photos/2024/summer/sea.jpg'));
    expect(ids(inner).get('2024')).toBe(before.inner.get('2024'));
  });

  it('can be removed, and the one around it stays as it is, and watched', async () => {
    const before = ids(outer);
    await remove(inner);
    expect(ids(outer)).toEqual(before);
    expect(await list('photos')).toMatchObject({ source: 'index', locationId: outer.id });
    writeFileSync(path.join(root, 'photos/2024/later.jpg'), 'later');
    await expectIndexed(outer, root);
  });

  it('stays as it is, and watched, when the one around it is removed', async () => {
    inner = await addWatched(path.join(root, 'photos'));
    await expectBothIndexed();
    const before = ids(inner);
    await remove(outer);
    expect(ids(inner)).toEqual(before);
    rmSync(path.join(root, 'photos/2024'), { recursive: true });
    await expectIndexed(inner, path.join(root, 'photos'));
    expect(await list('photos')).toMatchObject({ source: 'index', locationId: inner.id });
    expect(await list('documents')).toMatchObject({ source: 'disk', locationId: null });
  });
});
