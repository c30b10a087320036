import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { loadDevice } from '#core/device/device.ts';
import { Entries, type ListInput } from '#core/entry/entries.ts';
import type { EntriesOptions } from '#core/entry/entries-options.ts';
import { entryIdOf } from '#core/entry/entry-uuid.ts';
import type { Library } from '#core/library/library.ts';
import { Entry } from '#shared/contract/entry.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import { VolumeWorld } from '#test/engine/volume/volume-world.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { indexByHand } from '#test/instruments/index-by-hand.ts';
import { createDiskImage, type DiskImage } from '#test/instruments/loop-volume.ts';

const missing = loopMountAbility().reason;
const order: Omit<ListInput, 'path'> = { sort: 'name', order: 'asc', foldersFirst: true, showHidden: true, limit: 200 };
const ODD = Buffer.from([0x6f, 0x64, 0x64, 0xff]);

describe.skipIf(missing !== null)(`folders of a drive that is indexed (${missing ?? 'on real mounts'})`, () => {
  let world: VolumeWorld;
  let library: Library;
  let stick: DiskImage;
  let mountPoint: string;
  let fingerprint: string;
  let deviceId: string;
  let entries: Entries;
  let checked: unknown[];

  const makeEntries = (options: Partial<EntriesOptions> = {}) => {
    const made = new Entries({ volumes: world.volumes, device: { id: deviceId }, libraries: world.libraries, ...options });
    onTestFinished(() => made.close());
    return made;
  };
  const list = (where: string, input: Partial<ListInput> = {}) => entries.list({ ...order, path: where, ...input });
  const address = (within: string | Buffer) => formatVolumePath(fingerprint, within);
  const mountAgain = async () => {
    mountPoint = await stick.mount();
    await world.volumes.ensureFresh();
  };
  const unplug = async () => {
    await stick.unplug();
    await world.volumes.ensureFresh();
  };
  const indexStick = () => indexByHand(library, { folder: mountPoint, volumeFingerprint: fingerprint, pathInVolume: '', deviceId });

  beforeEach(async () => {
    world = await VolumeWorld.open();
    library = await world.createLibrary('Home');
    stick = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'Stick' });
    await mountAgain();
    mkdirSync(path.join(mountPoint, 'photos/2024'), { recursive: true });
    writeFileSync(path.join(mountPoint, 'photos/2024/a.JPG'), 'picture', { mode: 0o640 });
    writeFileSync(Buffer.concat([Buffer.from(`${mountPoint}/photos/`), ODD]), 'odd');
    writeFileSync(path.join(mountPoint, 'photos/.hidden'), '');
    symlinkSync('2024', path.join(mountPoint, 'photos/link'));
    fingerprint = (await world.tracker.track(mountPoint)).fingerprint;
    deviceId = (await loadDevice(world.dataDir)).id;
    checked = [];
    entries = makeEntries({ checks: { isWatched: () => false, checkFolder: (folder) => checked.push(folder) } });
  });
  afterEach(async () => {
    await stick.dispose();
    await world[Symbol.asyncDispose]();
  });

  it('are the same from the disk and from the index, but for what only the index knows', async () => {
    const fromDisk = await list(path.join(mountPoint, 'photos'));
    expect(fromDisk).toMatchObject({ source: 'disk', isOffline: false, locationId: null });
    const locationId = indexStick();
    const fromIndex = await list(path.join(mountPoint, 'photos'));
    expect(fromIndex).toMatchObject({ source: 'index', isOffline: false, locationId, totalCount: 4, nextCursor: null });
    const forget = (entry: Entry) => ({
      ...entry,
      uuid: null,
      ...(entry.kind === 'folder' ? { sizeBytes: null } : {}),
      childCount: null,
      fileCount: null,
      folderCount: null,
    });
    expect([fromIndex.folder, ...fromIndex.items].map(forget)).toEqual([fromDisk.folder, ...fromDisk.items]);
    expect(fromIndex.items.map((entry) => Entry.parse(entry))).toEqual(fromIndex.items);
    expect(fromIndex.folder).toMatchObject({ sizeBytes: 10, childCount: 4, fileCount: 4, folderCount: 1 });
    expect(fromIndex.items[0]).toMatchObject({ name: '2024', sizeBytes: 7, childCount: 1 });
    const uuids = fromIndex.items.map(({ uuid }) => uuid ?? '');
    expect(new Set(uuids).size).toBe(4);
    expect(uuids.every((uuid) => entryIdOf(library.id, uuid) !== null)).toBe(true);
  });

  it('are looked at again when nothing watches them, once for all pages', async () => {
    const locationId = indexStick();
    const { nextCursor } = await list(path.join(mountPoint, 'photos'), { limit: 2 });
    await list(path.join(mountPoint, 'photos'), { limit: 2, cursor: nextCursor ?? '' });
    expect(checked).toEqual([{ libraryId: library.id, locationId, path: path.join(mountPoint, 'photos'), childCount: 4 }]);
    entries = makeEntries({ checks: { isWatched: () => true, checkFolder: (folder) => checked.push(folder) } });
    await list(path.join(mountPoint, 'photos'));
    expect(checked).toHaveLength(1);
  });

  it('can be browsed while the drive is away, and say so', async () => {
    const locationId = indexStick();
    const before = await list(path.join(mountPoint, 'photos'));
    const first = await list(path.join(mountPoint, 'photos'), { limit: 2 });
    await unplug();
    const page = await list(address('/photos'));
    expect(page).toMatchObject({ source: 'index', isOffline: true, locationId, totalCount: 4 });
    expect(page.items.map(({ name, uuid, sizeBytes }) => [name, uuid, sizeBytes])).toEqual(
      before.items.map(({ name, uuid, sizeBytes }) => [name, uuid, sizeBytes]),
    );
    expect(page.items.map((entry) => entry.path)).toEqual([
      address('/photos/2024'),
      address('/photos/.hidden'),
      address('/photos/link'),
      address(Buffer.concat([Buffer.from('/photos/'), ODD])),
    ]);
    expect((await list(address('/'))).folder.name).toBe('Stick');
    // A cursor from before goes on after.
    const rest = await list(address('/photos'), { limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest.items.map(({ name }) => name)).toEqual(before.items.slice(2).map(({ name }) => name));
    expect(await entries.get(address('/photos/2024/a.JPG'))).toMatchObject({ name: 'a.JPG', sizeBytes: 7, mode: 0o640, extension: 'jpg' });
    expect(checked).toHaveLength(2);
  });

  it('are found by the path they had, until something else is there', async () => {
    indexStick();
    const was = mountPoint;
    await unplug();
    rmSync(was, { recursive: true, force: true });
    expect(await list(path.join(was, 'photos'))).toMatchObject({ isOffline: true, totalCount: 4 });
    expect(await entries.get(path.join(was, 'photos/2024/a.JPG'))).toMatchObject({ path: address('/photos/2024/a.JPG'), sizeBytes: 7 });
    await expect(list(path.join(was, 'nothing'))).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    mkdirSync(path.join(was, 'photos'), { recursive: true });
    onTestFinished(() => rmSync(was, { recursive: true, force: true }));
    expect(await list(path.join(was, 'photos'))).toMatchObject({ source: 'disk', isOffline: false, totalCount: 0 });
  });

  it('are found at another mount point under the same address', async () => {
    indexStick();
    const before = await list(address('/photos'));
    expect(before).toMatchObject({ source: 'index', isOffline: false });
    await unplug();
    await mountAgain();
    const after = await list(address('/photos'));
    expect(after).toMatchObject({ source: 'index', isOffline: false });
    expect(after.items.map(({ uuid }) => uuid)).toEqual(before.items.map(({ uuid }) => uuid));
    expect(after.items[0]?.path).toBe(`sd://${deviceId}${mountPoint}/photos/2024`);
  });

  it('are read from the disk where the index has not been, with what it knows of them', async () => {
    indexStick();
    mkdirSync(path.join(mountPoint, 'new'));
    library.transact((tx) => tx.run(`UPDATE entries SET child_count = NULL, listed_ms = NULL WHERE name = 'photos'`));
    expect(await list(path.join(mountPoint, 'new'))).toMatchObject({ source: 'disk', totalCount: 0, locationId: expect.any(String) });
    const page = await list(path.join(mountPoint, 'photos'));
    expect(page.source).toBe('disk');
    expect(page.folder).toMatchObject({ uuid: expect.any(String), sizeBytes: null });
    expect(page.items.every(({ uuid }) => uuid !== null)).toBe(true);
    expect(page.items[0]).toMatchObject({ name: '2024', sizeBytes: 7 });
    expect(await entries.get(path.join(mountPoint, 'photos/2024'))).toMatchObject({
      sizeBytes: 7,
      childCount: 1,
      uuid: expect.any(String),
    });
  });

  it('are known where they are seen from above, as a folder or as a drive', async () => {
    const photos = () =>
      indexByHand(library, { folder: path.join(mountPoint, 'photos'), volumeFingerprint: fingerprint, pathInVolume: 'photos', deviceId });
    const seen = async (where: string, name: string) => (await list(where, { limit: 1000 })).items.find((entry) => entry.name === name);
    const known = { uuid: expect.any(String), sizeBytes: 10, childCount: 4, fileCount: 4, folderCount: 1 };
    expect(await seen(mountPoint, 'photos')).toMatchObject({ uuid: null, sizeBytes: null });
    photos();
    expect(await list(mountPoint)).toMatchObject({ source: 'disk', locationId: null });
    expect(await seen(mountPoint, 'photos')).toMatchObject(known);
    expect((await seen(mountPoint, 'photos'))?.uuid).toBe((await entries.get(path.join(mountPoint, 'photos'))).uuid);
    expect(await seen(mountPoint, 'lost+found')).toMatchObject({ uuid: null, sizeBytes: null });
    const drive = () => seen(path.dirname(mountPoint), path.basename(mountPoint));
    expect(await drive()).toMatchObject({ uuid: null, sizeBytes: null });
    indexStick();
    expect(await drive()).toMatchObject({ ...known, childCount: 2, folderCount: 3 });
    await unplug();
    mkdirSync(mountPoint, { recursive: true });
    expect(await drive()).toMatchObject({ uuid: null, sizeBytes: null });
  });

  it('that nobody has indexed cannot be seen while the drive is away', async () => {
    await unplug();
    await expect(list(address('/photos'))).rejects.toMatchObject({
      code: 'VOLUME_OFFLINE',
      message: expect.stringContaining('“Stick” is not plugged in. It was last seen at'),
    });
    await expect(entries.get(address('/photos'))).rejects.toMatchObject({ code: 'VOLUME_OFFLINE' });
    await expect(list(formatVolumePath('f'.repeat(64), '/photos'))).rejects.toMatchObject({ code: 'VOLUME_NOT_FOUND' });
  });

  it('are not shown for another drive at the same place', async () => {
    indexStick();
    const was = mountPoint;
    await unplug();
    const other = await createDiskImage({ fileSystem: 'ext4', sizeMb: 8, label: 'Other' });
    onTestFinished(() => other.dispose());
    await other.mount(was);
    await world.volumes.ensureFresh();
    expect(await list(was)).toMatchObject({ source: 'disk', locationId: null, items: [{ name: 'lost+found', uuid: null }] });
    await other.unmount();
  });

  it('are counted in the statistics of the library and of the volume, once where locations overlap', async () => {
    expect(await library.statistics()).toMatchObject({ totalFiles: 0, totalSize: 0, locations: 0 });
    expect(world.at(mountPoint)?.tracking).toMatchObject({ totalFiles: null, totalDirectories: null });
    rmSync(path.join(mountPoint, 'lost+found'), { recursive: true });
    indexStick();
    indexByHand(library, { folder: path.join(mountPoint, 'photos'), volumeFingerprint: fingerprint, pathInVolume: 'photos', deviceId });
    expect(await library.statistics()).toMatchObject({ totalFiles: 4, totalSize: 10, locations: 2 });
    expect(world.at(mountPoint)?.tracking).toMatchObject({ totalFiles: 4, totalDirectories: 2 });
  });
});
