import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { displayName } from '#core/fs/native-path.ts';
import { expectSameTree, treeOnDisk } from '../location/location-world.ts';
import { WatchWorld } from './watch-world.ts';

const worlds: WatchWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world[Symbol.asyncDispose]();
});

async function makeWorld(): Promise<WatchWorld> {
  const world = await WatchWorld.make();
  worlds.push(world);
  return world;
}

async function expectIndexed(world: WatchWorld, name: string): Promise<void> {
  expectSameTree(world.tree(name), await treeOnDisk(displayName(world.location(name).root.path), []));
}

it('says that it is watching when all watches are set, and has it caught up from then on', async () => {
  const world = await makeWorld();
  await world.addLocation('a');
  const watching = world.watch();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('off');
  await world.settled();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('watching');
  expect(world.catchUps).toBe(1);
});

it('waits for the first scan of a location', async () => {
  const world = await makeWorld();
  await world.addLocation('a', { isScanned: false });
  const watching = world.watch();
  await world.settled();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('off');
  world.set('a', { isScanned: true });
  await world.settled();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('watching');
});

it('brings creations, changes, renames and removals into the index', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a');
  mkdirSync(join(root, 'photos/2019'), { recursive: true });
  for (let file = 0; file < 20; file++) writeFileSync(join(root, `photos/2019/${file}.jpg`), 'x');
  world.watch();
  await world.settled();
  await expectIndexed(world, 'a');
  const id = world.entryId('a', 'photos/2019/3.jpg');
  renameSync(join(root, 'photos'), join(root, 'pictures'));
  writeFileSync(join(root, 'pictures/2019/4.jpg'), 'longer');
  rmSync(join(root, 'pictures/2019/5.jpg'));
  await world.settled();
  await expectIndexed(world, 'a');
  expect(world.entryId('a', 'pictures/2019/3.jpg')).toBe(id);
});

it('takes in and lets go what a changed .gitignore says', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a');
  mkdirSync(join(root, 'work/build'), { recursive: true });
  writeFileSync(join(root, 'work/build/made'), 'x');
  writeFileSync(join(root, 'work/note'), 'x');
  const before = world.location('a').root;
  world.set('a', { root: { ...before, rules: { ...before.rules, honourGitignore: true } } });
  world.watch();
  await world.settled();
  const paths = () => [...world.tree('a').keys()].toSorted();
  const all = ['', 'work', 'work/build', 'work/build/made', 'work/note'];
  expect(paths()).toEqual(all);
  writeFileSync(join(root, 'work/.gitignore'), 'build\n');
  await world.settled();
  expect(paths()).toEqual(['', 'work', 'work/.gitignore', 'work/note']);
  rmSync(join(root, 'work/.gitignore'));
  await world.settled();
  expect(paths()).toEqual(all);
});

it('keeps the identity of what moves from one location to another', async () => {
  const world = await makeWorld();
  const [a, b] = [await world.addLocation('a'), await world.addLocation('b')];
  mkdirSync(join(a, 'folder'));
  writeFileSync(join(a, 'folder/file'), 'x');
  world.watch();
  await world.settled();
  const id = world.entryId('a', 'folder/file');
  renameSync(join(a, 'folder'), join(b, 'folder'));
  await world.settled();
  await expectIndexed(world, 'a');
  await expectIndexed(world, 'b');
  expect(world.entryId('b', 'folder/file')).toBe(id);
});

it('lets changes wait while a scan of their location runs, and looks at those of others', async () => {
  const world = await makeWorld();
  const [a, b] = [await world.addLocation('a'), await world.addLocation('b')];
  world.isCatchingUp = false;
  const watching = world.watch();
  await world.settled();
  world.set('a', { isScanning: true });
  writeFileSync(join(a, 'file'), '');
  writeFileSync(join(b, 'file'), '');
  const settled = watching.settled();
  while (!world.entryId('b', 'file')) await new Promise((resolve) => setImmediate(resolve));
  expect(world.entryId('a', 'file')).toBeUndefined();
  world.set('a', { isScanning: false });
  await settled;
  await expectIndexed(world, 'a');
});

it('makes one change of many changes of a file', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a');
  writeFileSync(join(root, 'other'), '');
  world.watch();
  await world.settled();
  for (let time = 0; time < 100; time++) writeFileSync(join(root, 'file'), String(time));
  rmSync(join(root, 'file'));
  writeFileSync(join(root, 'file'), 'new');
  await world.settled();
  expect(world.tasks).toHaveLength(1);
  expect(world.tasks[0]?.folders).toEqual([{ path: root, names: ['file'] }]);
  await expectIndexed(world, 'a');
});

it('starts anew when its thread dies, and has caught up what happened meanwhile', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a');
  const watching = world.watch();
  await world.settled();
  await world.kill();
  writeFileSync(join(root, 'meanwhile'), '');
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('off');
  await world.settled();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('watching');
  await expectIndexed(world, 'a');
  writeFileSync(join(root, 'later'), '');
  await world.settled();
  await expectIndexed(world, 'a');
  expect(world.workers).toHaveLength(2);
});

it('lets go of a library and of its database, and takes it up again', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a');
  const watching = world.watch();
  await world.settled();
  await watching.releaseLibrary(world.libraryId);
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('off');
  writeFileSync(join(root, 'meanwhile'), '');
  watching.returnLibrary(world.libraryId);
  await world.settled();
  await expectIndexed(world, 'a');
});

it('lets go of a volume until it is gone, or given back', async () => {
  const world = await makeWorld();
  await world.addLocation('a');
  const { uuid, volumeFingerprint } = world.location('a');
  const watching = world.watch();
  await world.settled();
  await watching.releaseVolume(volumeFingerprint);
  world.changed();
  await world.settled();
  expect(watching.stateOf(world.libraryId, uuid)).toBe('off');
  watching.returnVolume(volumeFingerprint);
  await world.settled();
  expect(watching.stateOf(world.libraryId, uuid)).toBe('watching');
  await watching.releaseVolume(volumeFingerprint);
  const location = world.location('a');
  world.watched.clear();
  world.changed();
  await world.settled();
  world.watched.set('a', location);
  world.changed();
  await world.settled();
  expect(watching.stateOf(world.libraryId, uuid)).toBe('watching');
});

it('goes on elsewhere when a location has another place', async () => {
  const world = await makeWorld();
  const before = await world.addLocation('a');
  world.watch();
  await world.settled();
  const path = `${before}-elsewhere`;
  renameSync(before, path);
  world.set('a', { root: { ...world.location('a').root, path } });
  writeFileSync(join(path, 'file'), '');
  await world.settled();
  await expectIndexed(world, 'a');
});

it('polls network volumes, and has it noted that their folder is gone and back', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a', { isNetwork: true });
  const watching = world.watch();
  await world.settled();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('polling');
  renameSync(root, `${root}-away`);
  await expect.poll(() => world.catchUps, { timeout: 10_000 }).toBe(2);
  expect([...world.tree('a').keys()]).toEqual(['']);
  renameSync(`${root}-away`, root);
  await expect.poll(() => world.catchUps, { timeout: 10_000 }).toBe(3);
});

it('lets go of a folder that is gone, keeps its index, and watches it again', async () => {
  const world = await makeWorld();
  const root = await world.addLocation('a');
  const watching = world.watch();
  await world.settled();
  renameSync(root, `${root}-away`);
  await watching.settled();
  expect(watching.stateOf(world.libraryId, world.location('a').uuid)).toBe('off');
  expect([...world.tree('a').keys()]).toEqual(['']);
  renameSync(`${root}-away`, root);
  writeFileSync(join(root, 'file'), '');
  await expect.poll(() => watching.stateOf(world.libraryId, world.location('a').uuid), { timeout: 10_000 }).toBe('watching');
  await world.settled();
  await expectIndexed(world, 'a');
});
