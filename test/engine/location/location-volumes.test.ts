import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { makeTestDir } from '#test/instruments/test-run.ts';
import {
  completed,
  currentLibrary,
  entryIds,
  expectSameTree,
  makeSmallTree,
  nextEvent,
  settled,
  treeInIndex,
  treeOnDisk,
  watched,
} from './location-world.ts';

const missing = loopMountAbility().reason;

describe.skipIf(missing !== null)(`a location on a drive that comes and goes (${missing ?? 'real drives'})`, () => {
  let engine: TestEngine;
  let stick: DiskImage;
  let root: string;
  let locationId: string;

  beforeEach(async () => {
    engine = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'Stick' });
    root = await stick.mount(path.join(await makeTestDir('mount'), 'stick'));
    await makeSmallTree(root);
    await engine.client.libraries.create({ name: 'Home' });
    const { location, job } = await engine.client.locations.add({ path: root });
    locationId = location.id;
    await completed(engine, job);
    await watched(engine, locationId);
  });
  afterEach(async () => {
    await engine[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const get = (location = locationId) => engine.client.locations.get({ location });
  const index = () => treeInIndex(currentLibrary(engine), locationId);
  const goesAway = () => nextEvent(engine, 'LocationUpdated', ({ location }) => location.id === locationId && !location.isOnline);
  const comesBack = () => nextEvent(engine, 'LocationUpdated', ({ location }) => location.id === locationId && location.isOnline);
  const caughtUp = () =>
    nextEvent(engine, 'JobCompleted', ({ job }) => job.input.locationId === locationId && job.input.depth === 'catch-up');

  async function uuidOf(name: string): Promise<string> {
    const { items } = await engine.client.entries.list({ path: path.join(root, path.dirname(name)) });
    return items.find((entry) => entry.name === path.basename(name))?.uuid ?? `no uuid for ${name}`;
  }

  async function unplug(): Promise<void> {
    const gone = goesAway();
    await stick.unplug();
    await gone;
  }

  it('is remembered while the drive is away, and found by where it was', async () => {
    const before = await get();
    const known = index();
    await unplug();
    const away = await get();
    expect(away).toMatchObject({ isOnline: false, watchState: 'offline', scanState: 'complete' });
    expect(away).toMatchObject({ totalFileCount: before.totalFileCount, totalBytes: before.totalBytes });
    expect(away.path).toBe(`sd://volume/${before.volumeFingerprint}/`);
    expect((await get(path.join(root, 'photos'))).id).toBe(locationId);
    await expectError('VOLUME_OFFLINE', engine.client.locations.rescan({ location: locationId }));
    await expectError('VOLUME_OFFLINE', engine.client.indexing.scan({ path: `sd://volume/${before.volumeFingerprint}/photos` }));
    expectSameTree(index(), known);
  });

  it('goes on where the drive is mounted next, with the same entries', async () => {
    const ids = entryIds(currentLibrary(engine), locationId);
    await unplug();
    const back = comesBack();
    const done = caughtUp();
    const elsewhere = await stick.mount(path.join(await makeTestDir('mount'), 'elsewhere'));
    writeFileSync(path.join(elsewhere, 'new.txt'), 'new');
    expect((await back).location.path).toContain('/elsewhere');
    await done;
    await settled(engine, locationId);
    await engine.client.locations.rescan({ location: locationId, depth: 'full' });
    await settled(engine, locationId);
    expectSameTree(index(), await treeOnDisk(elsewhere));
    const now = entryIds(currentLibrary(engine), locationId);
    for (const [name, id] of ids) expect([name, now.get(name)]).toEqual([name, id]);
  });

  it('keeps the uuids of what was moved while the drive was away, and of all below it', async () => {
    const before = await Promise.all(['photos/2024', 'photos/2024/list.txt', 'photos/2024/summer/sea.jpg'].map(uuidOf));
    await unplug();
    await changeUnseen(stick, 'mv photos/2024/list.txt . && mv photos/2024 documents/pictures');
    const done = caughtUp();
    await stick.mount(root);
    await done;
    await settled(engine, locationId);
    expectSameTree(index(), await treeOnDisk(root));
    const after = await Promise.all(['documents/pictures', 'list.txt', 'documents/pictures/summer/sea.jpg'].map(uuidOf));
    expect(after).toEqual(before);
  });

  it('finds what was changed on another computer, also in place', async () => {
    await unplug();
    const elsewhere = await makeTestDir('other-computer');
    await stick.mount(elsewhere);
    await completedAll();
    await unplug();
    const quiet = await startTestEngine();
    await quiet[Symbol.asyncDispose]();
    await stick.mount(root);
    await settledAfterCatchUp();
    expectSameTree(index(), await treeOnDisk(root));

    async function completedAll(): Promise<void> {
      await comesBackAt(elsewhere);
      writeFileSync(path.join(elsewhere, 'readme.md'), 'longer than before');
      rmSync(path.join(elsewhere, 'documents'), { recursive: true });
    }
    async function comesBackAt(place: string): Promise<void> {
      await engine.services.volumes.refresh();
      expect((await get()).path).toContain(place);
    }
    async function settledAfterCatchUp(): Promise<void> {
      await engine.services.volumes.refresh();
      // Until then it may be the scan of before that goes on, which was past what has changed since.
      await watched(engine, locationId);
      const { job } = await engine.client.locations.rescan({ location: locationId, depth: 'full' });
      await completed(engine, job);
      await settled(engine, locationId);
    }
  });

  it('is not touched by another drive at the same place', async () => {
    const known = index();
    await unplug();
    await using other = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'Stick' });
    await other.mount(root);
    mkdirSync(path.join(root, 'photos'));
    writeFileSync(path.join(root, 'photos/other.jpg'), 'other');
    await engine.services.volumes.refresh();
    expect(await get()).toMatchObject({ isOnline: false });
    await expectError('LOCATION_NOT_FOUND', get(path.join(root, 'photos')));
    await expectError('LOCATION_NOT_FOUND', engine.client.indexing.scan({ path: root }));
    const { location, job } = await engine.client.locations.add({ path: root });
    await completed(engine, job);
    expect(location.id).not.toBe(locationId);
    expect((await get(path.join(root, 'photos'))).id).toBe(location.id);
    expectSameTree(index(), known);
    const gone = nextEvent(engine, 'LocationUpdated', (event) => event.location.id === location.id && !event.location.isOnline);
    await other.unplug();
    await gone;
    await stick.mount(root);
    await engine.services.volumes.refresh();
    await settled(engine, locationId);
    expect(await get()).toMatchObject({ isOnline: true });
    expect(await get(location.id)).toMatchObject({ isOnline: false, totalFileCount: 1 });
    expectSameTree(index(), known);
  });

  it('is not touched by a clone of its drive', async () => {
    const known = index();
    await unplug();
    await using clone = await stick.clone();
    await clone.mount(root);
    rmSync(path.join(root, 'photos'), { recursive: true });
    await engine.services.volumes.refresh();
    expect(await get()).toMatchObject({ isOnline: false });
    expectSameTree(index(), known);
  });

  it('whose folder is gone keeps its entries and says so, until the folder is back', async () => {
    const { location, job } = await engine.client.locations.add({ path: path.join(root, 'photos'), allowOverlap: true });
    await completed(engine, job);
    await watched(engine, location.id);
    const known = treeInIndex(currentLibrary(engine), location.id);
    renameSync(path.join(root, 'photos'), path.join(root, 'pictures'));
    const rescan = await engine.client.locations.rescan({ location: location.id, depth: 'full' });
    const failed = await engine.services.jobs.ended(rescan.job.id);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'LOCATION_GONE' } });
    expect(await settled(engine, location.id)).toMatchObject({ scanState: 'error', error: { code: 'LOCATION_GONE' } });
    expectSameTree(treeInIndex(currentLibrary(engine), location.id), known);
    renameSync(path.join(root, 'pictures'), path.join(root, 'photos'));
    const again = await engine.client.locations.rescan({ location: location.id, depth: 'full' });
    await completed(engine, again.job);
    expect(await settled(engine, location.id)).toMatchObject({ scanState: 'complete', error: null });
  });

  it('may be one of two libraries', async () => {
    const second = await engine.client.libraries.create({ name: 'Work' });
    const { location, job } = await engine.client.locations.add({ path: root, library: 'Work' });
    await completed(engine, job);
    expect((await get(location.id)).libraryId).toBe(second.id);
    await engine.client.locations.remove({ location: location.id, library: 'Work' });
    expect((await engine.client.locations.get({ location: locationId, library: 'Home' })).totalFileCount).toBe(5);
  });

  it('holds a library, whose inside is left out', async () => {
    await engine.client.libraries.create({ name: 'On the stick', path: root });
    const { location, job } = await engine.client.locations.add({ path: root });
    await completed(engine, job);
    await settled(engine, location.id);
    const names = [...treeInIndex(currentLibrary(engine), location.id).keys()];
    expect(names.filter((name) => name.includes('.sdlibrary'))).toEqual(['On the stick.sdlibrary']);
    expect(names).toContain('photos/2024/summer/sea.jpg');
    await engine.client.libraries.close({ library: 'On the stick' });
  });

  it('lets go of its drive when that is unmounted, also while it is scanned, and goes on when it is back', async () => {
    const { job } = await engine.client.locations.rescan({ location: locationId, depth: 'full' });
    expect(await engine.client.volumes.unmount({ volume: root })).toMatchObject({ status: 'completed' });
    stick.mountPoint = null;
    expect(await get()).toMatchObject({ isOnline: false });
    expect(['completed', 'paused']).toContain(engine.services.jobs.get(job.id).status);
    await stick.mount(root);
    await engine.services.volumes.refresh();
    expect(await engine.services.jobs.ended(job.id)).toMatchObject({ status: 'completed' });
    await settled(engine, locationId);
    expectSameTree(index(), await treeOnDisk(root));
  });

  it('is kept or removed when its drive is not tracked any more', async () => {
    await engine.client.volumes.untrack({ volume: root });
    expect(await get()).toMatchObject({ id: locationId, isOnline: true, totalFileCount: 5 });
    await engine.client.volumes.track({ volume: root });
    const removed = nextEvent(engine, 'LocationRemoved');
    await engine.client.volumes.untrack({ volume: root, locations: 'remove' });
    expect((await removed).locationId).toBe(locationId);
    expect((await engine.client.locations.list({})).items).toEqual([]);
  });
});

/** As on another computer: mounted where nobody else sees it. */
async function changeUnseen(stick: DiskImage, script: string): Promise<void> {
  const place = await makeTestDir('elsewhere');
  const mountAndRun = `mount -o loop -- "$1" "$2" && cd -- "$2" && ${script} && cd / && umount -- "$2"`;
  execFileSync('unshare', ['--mount', 'bash', '-c', mountAndRun, 'bash', stick.path, place]);
}
