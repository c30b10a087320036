import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toSdPath } from '#core/fs/native-path.ts';
import type { DomainEvent } from '#shared/contract/event.ts';
import { TransferInput } from '#shared/contract/file.ts';
import { loopMountAbility } from '#test/instruments/host-abilities.ts';
import { createDiskImage } from '#test/instruments/loop-volume.ts';
import {
  completed,
  currentLibrary,
  entryIds,
  expectSameTree,
  makeSmallTree,
  nextEvent,
  record,
  settled,
  treeInIndex,
  treeOnDisk,
  watched,
} from '../../location/location-world.ts';
import { type ChangeWorld, expectCompleted, startChangeWorld } from '../change-world.ts';

/** Makes a folder a location, and waits until it is scanned. */
async function addLocation({ engine }: ChangeWorld, root: string, watch: boolean): Promise<string> {
  const { libraries, locations } = engine.client;
  if ((await libraries.list()).items.length === 0) await libraries.create({ name: 'Test' });
  const { location, job } = await locations.add({ path: root, watch });
  await completed(engine, job);
  await (watch ? watched : settled)(engine, location.id);
  return location.id;
}

/** Whether the index holds what is there, right now: nobody is waited for. */
async function expectFollowed({ engine }: ChangeWorld, root: string, location: string): Promise<void> {
  expectSameTree(treeInIndex(currentLibrary(engine), location), await treeOnDisk(root));
}

/** Makes a file as another program would, and waits until the watcher has told of it. */
async function noticed({ engine }: ChangeWorld, file: string): Promise<void> {
  const folder = toSdPath(path.dirname(file), engine.services.device.id);
  const told = nextEvent(engine, 'EntriesChanged', ({ folders, created }) => created > 0 && folders.includes(folder));
  writeFileSync(file, '');
  await told;
}

/** Events of a location are held back for a moment: one that follows them, of a folder in which nothing else has changed, is told after them. */
async function heldBackIsTold({ engine, folder }: ChangeWorld): Promise<void> {
  const parent = path.join(folder, 'photos/2024/summer');
  const told = nextEvent(engine, 'EntriesChanged', ({ folders }) => folders.includes(toSdPath(parent, engine.services.device.id)));
  await engine.client.actions.run({ action: { type: 'file.create-file', parent, name: 'end' } });
  await told;
}

function sums(events: readonly DomainEvent[]): { created: number; moved: number; removed: number } {
  const told = { created: 0, moved: 0, removed: 0 };
  for (const event of events) {
    if (event.type !== 'EntriesChanged') continue;
    told.created += event.created;
    told.moved += event.moved;
    told.removed += event.removed;
  }
  return told;
}

for (const watch of [false, true]) {
  describe(watch ? 'a watched location' : 'a location that nobody watches', () => {
    it('is in line with the disk when an action is over, and entries keep their ids', async () => {
      await using world = await startChangeWorld();
      await makeSmallTree(world.folder);
      const location = await addLocation(world, world.folder, watch);
      const at = (name: string) => path.join(world.folder, name);
      const ids = entryIds(currentLibrary(world.engine), location);
      const follow = () => expectFollowed(world, world.folder, location);

      expectCompleted(
        await world.run({
          type: 'file.rename',
          items: [
            { path: at('photos'), name: 'pictures' },
            { path: at('readme.md'), name: 'read.md' },
          ],
        }),
      );
      await follow();
      const after = entryIds(currentLibrary(world.engine), location);
      expect(after.get('pictures/2024/summer/sea.jpg')).toBe(ids.get('photos/2024/summer/sea.jpg'));
      expect(after.get('read.md')).toBe(ids.get('readme.md'));

      expectCompleted(await world.run({ type: 'file.create-folder', parent: at('documents'), name: 'new' }));
      await follow();
      expectCompleted(await world.run({ type: 'file.create-file', parent: at('documents/new'), name: 'a.txt' }));
      await follow();
      const thrown = expectCompleted(await world.run({ type: 'file.trash', sources: [at('pictures/2024'), at('documents/letter.txt')] }));
      await follow();
      expectCompleted(await world.undo(thrown));
      await follow();
      expectCompleted(await world.run({ type: 'file.delete', sources: [at('pictures')] }));
      await follow();
    });

    it('tells of each change once', async () => {
      await using world = await startChangeWorld();
      await makeSmallTree(world.folder);
      const location = await addLocation(world, world.folder, watch);
      const heard = record(world.engine);
      const at = (name: string) => path.join(world.folder, name);
      await world.run({ type: 'file.create-folder', parent: world.folder, name: 'new' });
      await world.run({ type: 'file.rename', items: [{ path: at('readme.md'), name: 'b.md' }] });
      await world.run({ type: 'file.trash', sources: [at('documents/letter.txt')] });
      await expectFollowed(world, world.folder, location);
      // What the watcher has noticed of all this it has looked at before it comes to the last.
      for (const name of watch ? ['first', 'last'] : []) await noticed(world, at(name));
      await expectFollowed(world, world.folder, location);
      await heldBackIsTold(world);
      expect(sums(heard)).toEqual({ created: watch ? 4 : 2, moved: 1, removed: 1 });
    });
  });
}

it('follows what is told while a location is being scanned', async () => {
  await using world = await startChangeWorld();
  for (let folder = 0; folder < 300; folder++) {
    mkdirSync(path.join(world.folder, `folder ${folder}`));
    for (let file = 0; file < 20; file++) writeFileSync(path.join(world.folder, `folder ${folder}/${file}`), '');
  }
  const location = await addLocation(world, world.folder, false);
  const { job } = await world.engine.client.locations.rescan({ location, depth: 'full' });
  const items = Array.from({ length: 300 }, (_, folder) => ({ path: path.join(world.folder, `folder ${folder}`), name: `f${folder}` }));
  await world.run({ type: 'file.rename', items });
  await completed(world.engine, job);
  const library = currentLibrary(world.engine);
  expect(library.id).toBe(job.libraryId);
  await world.engine.services.fileChanges.follow.changed([{ folder: world.folder, names: [] }]);
  await expectFollowed(world, world.folder, location);
});

it('what is indexed in memory is followed, too', async () => {
  await using world = await startChangeWorld();
  await makeSmallTree(world.folder);
  const { client } = world.engine;
  const { job } = await client.indexing.scan({ path: world.folder, persistence: 'ephemeral' });
  await completed(world.engine, job);
  const listed = async () => {
    const { items, source } = await client.entries.list({ path: world.folder });
    return { source, names: items.map(({ name }) => name) };
  };
  expect(await listed()).toEqual({ source: 'memory', names: ['documents', 'photos', 'readme.md'] });
  await world.run({ type: 'file.rename', items: [{ path: path.join(world.folder, 'readme.md'), name: 'a.md' }] });
  await world.run({ type: 'file.trash', sources: [path.join(world.folder, 'photos')] });
  expect(await listed()).toEqual({ source: 'memory', names: ['documents', 'a.md'] });
});

describe.skipIf(!loopMountAbility().allows)('between two volumes', () => {
  it('an entry keeps its uuid, whatever the watcher has noticed of the move before', async () => {
    await using one = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    await using two = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    const [from, to] = [await one.mount(), await two.mount()];
    await using world = await startChangeWorld();
    await makeSmallTree(from);
    const locations = [await addLocation(world, from, true), await addLocation(world, to, true)];
    const library = currentLibrary(world.engine);
    const ids = entryIds(library, locations[0] ?? '');
    const { follow } = world.engine.services.fileChanges;
    cpSync(path.join(from, 'photos'), path.join(to, 'photos'), { recursive: true, preserveTimestamps: true });
    await noticed(world, path.join(to, 'marker'));
    rmSync(path.join(from, 'photos'), { recursive: true });
    const names = [
      'photos/2024/list.txt',
      'photos/2024/summer/sea.jpg',
      'photos/2024/summer/beach.jpg',
      'photos/2024/summer',
      'photos/2024',
      'photos',
    ];
    const changes = names.flatMap((name) =>
      [from, to].map((root) => ({ folder: path.dirname(path.join(root, name)), names: [path.basename(name)] })),
    );
    await follow.changed(
      changes,
      names.map((name) => ({ from: path.join(from, name), to: path.join(to, name) })),
    );
    const after = entryIds(library, locations[1] ?? '');
    expect(names.map((name) => after.get(name))).toEqual(names.map((name) => ids.get(name)));
    await expectFollowed(world, from, locations[0] ?? '');
    await expectFollowed(world, to, locations[1] ?? '');

    const moved = ['documents', 'readme.md'];
    const input = TransferInput.parse({ sources: moved.map((name) => path.join(from, name)), destination: to });
    expectCompleted(await world.run({ type: 'file.move', ...input }));
    await expectFollowed(world, from, locations[0] ?? '');
    await expectFollowed(world, to, locations[1] ?? '');
    const below = [...ids.keys()].filter((name) => moved.some((top) => name === top || name.startsWith(`${top}/`)));
    const ended = entryIds(library, locations[1] ?? '');
    expect(below.length).toBeGreaterThan(2);
    expect(
      below.map((name) => ended.get(name)),
      'also when a job has moved it',
    ).toEqual(below.map((name) => ids.get(name)));
  });

  it('what is mounted below a location is not taken for a part of it', async () => {
    await using image = await createDiskImage({ fileSystem: 'ext4', sizeMb: 16 });
    await using world = await startChangeWorld();
    await makeSmallTree(world.folder);
    const mountPoint = await image.mount(path.join(world.folder, 'drive'));
    const location = await addLocation(world, world.folder, false);
    const before = treeInIndex(currentLibrary(world.engine), location);
    writeFileSync(path.join(mountPoint, 'a'), 'a');
    expectCompleted(await world.run({ type: 'file.rename', items: [{ path: path.join(mountPoint, 'a'), name: 'b' }] }));
    expectSameTree(treeInIndex(currentLibrary(world.engine), location), before);
    renameSync(path.join(mountPoint, 'b'), path.join(mountPoint, 'c'));
  });
});
