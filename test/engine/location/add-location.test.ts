import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '#test/instruments/expect-error.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';
import { bindMount } from '#test/instruments/mounts.ts';
import { startTestEngine, type TestEngine } from '#test/instruments/test-engine.ts';
import { completed, makeSmallTree, nextEvent, settled } from './location-world.ts';

const missing = loopMountAbility().reason;

describe.skipIf(missing !== null)(`adding a location (${missing ?? 'on a real drive'})`, () => {
  let engine: TestEngine;
  let stick: DiskImage;
  let root: string;

  beforeAll(async () => {
    engine = await startTestEngine();
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 32, label: 'Stick' });
    root = await stick.mount();
    await makeSmallTree(root);
    await engine.client.libraries.create({ name: 'Home' });
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await stick.dispose();
  });

  const add = (place: string, more: object = {}) => engine.client.locations.add({ path: place, ...more });
  const count = async () => (await engine.client.locations.list({})).items.length;

  it('refuses what is no folder that can be read, and changes nothing then', async () => {
    writeFileSync(path.join(root, 'file.txt'), 'x');
    symlinkSync('loop', path.join(root, 'loop'));
    symlinkSync('nowhere', path.join(root, 'dangling'));
    await expectError('PATH_NOT_FOUND', add(path.join(root, 'absent')));
    await expectError('PATH_NOT_FOUND', add(path.join(root, 'dangling')));
    await expectError('PATH_NOT_FOUND', add(path.join(root, 'loop')));
    await expectError('NOT_A_FOLDER', add(path.join(root, 'file.txt')));
    await expectError('INVALID_INPUT', add('relative/folder'));
    await expectError('INVALID_INPUT', add(`${root}\0`));
    await expectError('NOT_SUPPORTED', add('sd://01890a5d-ac96-774b-bcce-b302099a8057/tmp'));
    await expectError('VOLUME_NOT_FOUND', add(`sd://volume/${'f'.repeat(64)}/a`));
    expect(await count()).toBe(0);
    expect((await engine.client.volumes.get({ volume: root })).tracking).toBeNull();
  });

  it('refuses what the system makes up, the data folder, and libraries', async () => {
    for (const place of ['/proc', '/proc/self', '/sys/kernel']) await expectError('LOCATION_NOT_ALLOWED', add(place));
    const library = await engine.client.libraries.get({});
    for (const place of [engine.dataDir, path.join(engine.dataDir, 'libraries'), library.path, path.join(library.path, 'backups')]) {
      await expectError('LOCATION_NOT_ALLOWED', add(place));
    }
    mkdirSync(path.join(root, 'Other.sdlibrary/thumbnails'), { recursive: true });
    await expectError('LOCATION_NOT_ALLOWED', add(path.join(root, 'Other.sdlibrary')));
    await expectError('LOCATION_NOT_ALLOWED', add(path.join(root, 'Other.sdlibrary/thumbnails')));
  });

  it('refuses rules and modes that are none', async () => {
    await expectError('INVALID_INPUT', add(root, { mode: 'thorough' }));
    await expectError('INVALID_INPUT', add(root, { rules: { onlyExtensions: ['.jpg'] } }));
    await expectError('INVALID_INPUT', add(root, { rules: { unknownRule: true } }));
    await expectError('INVALID_INPUT', add(root, { rules: { minFileBytes: -1 } }));
    await expectError('INVALID_INPUT', add(root, { name: '   ' }));
  });

  it('follows symbolic links, tracks the volume, and says that it was added', async () => {
    symlinkSync(path.join(root, 'photos'), path.join(root, 'link'));
    const added = nextEvent(engine, 'LocationAdded');
    const { location, job } = await add(path.join(root, 'link'), { name: 'My photos', mode: 'deep' });
    expect(location).toMatchObject({ name: 'My photos', pathInVolume: 'photos', isOnline: true, mode: 'deep', jobId: job.id });
    expect((await added).location.id).toBe(location.id);
    expect((await engine.client.volumes.get({ volume: root })).tracking).not.toBeNull();
    await completed(engine, job);
    const done = await settled(engine, location.id);
    expect(done).toMatchObject({ scanState: 'complete', totalFileCount: 3, totalFolderCount: 2, totalBytes: 5010 });
  });

  it('refuses the same place, and asks before it goes in or around another', async () => {
    await expectError('LOCATION_ALREADY_EXISTS', add(path.join(root, 'photos'), { allowOverlap: true }));
    const { details, message } = await expectError('LOCATION_OVERLAPS', add(path.join(root, 'photos/2024')));
    expect(message).toBe(
      'This folder lies in the location “My photos” (photos). What they share would be indexed twice. Choose another folder, or confirm that the two may overlap.',
    );
    expect(details).toMatchObject({ locationIds: [(await engine.client.locations.get({ location: 'My photos' })).id] });
    await expectError('LOCATION_OVERLAPS', add(root));
    const { location, job } = await add(root, { allowOverlap: true });
    expect(location).toMatchObject({ pathInVolume: '', name: 'Stick' });
    await completed(engine, job);
  });

  it('knows a folder again that a bind mount shows under another path', async () => {
    const place = path.join(engine.dataDir, '..', `bound-${path.basename(engine.dataDir)}`);
    await using _mount = await bindMount(path.join(root, 'documents'), place);
    const { location, job } = await add(place, { allowOverlap: true });
    expect(location.pathInVolume).toBe('documents');
    await completed(engine, job);
    await expectError('LOCATION_ALREADY_EXISTS', add(path.join(root, 'documents')));
  });

  it('finds locations by id, name, and any path in them', async () => {
    const { id } = await engine.client.locations.get({ location: 'My photos' });
    const find = async (location: string) => (await engine.client.locations.get({ location })).id;
    const { fingerprint } = await engine.client.volumes.get({ volume: root });
    expect(await find(id.toUpperCase())).toBe(id);
    expect(await find(path.join(root, 'photos/2024/summer/beach.jpg'))).toBe(id);
    expect(await find(path.join(root, 'link/2024'))).toBe(id);
    expect(await find(`sd://volume/${fingerprint}/photos/2024`)).toBe(id);
    expect(await find(path.join(root, 'readme.md'))).toBe(await find('Stick'));
    await expectError('LOCATION_NOT_FOUND', find('/usr'));
    await expectError('LOCATION_NOT_FOUND', find('no such name'));
    await expectError('LOCATION_NOT_FOUND', find('01890a5d-ac96-774b-bcce-b302099a8057'));
    expect((await engine.client.locations.list({ volume: fingerprint })).items).toHaveLength(3);
  });

  it('takes a volume that is read-only', async () => {
    await using sealed = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const place = await sealed.mount();
    await makeSmallTree(place);
    await sealed.unmount();
    const readOnly = await sealed.mount(undefined, { readOnly: true });
    const { location, job } = await add(readOnly);
    await completed(engine, job);
    expect(await settled(engine, location.id)).toMatchObject({ scanState: 'complete', totalFileCount: 5 });
  });

  it('adds one place once when several ask at once', async () => {
    mkdirSync(path.join(root, 'once'));
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => add(path.join(root, 'once'), { allowOverlap: true })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
