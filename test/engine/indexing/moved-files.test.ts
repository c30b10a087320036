import { linkSync, mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IndexedRoot } from '#core/indexing/index-task.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';

let world: IndexWorld;
let root: IndexedRoot;
let at: (name: string) => string;
beforeEach(async () => {
  world = await IndexWorld.make();
  root = world.addLocation('one');
  at = (name) => `${root.path}/${name}`;
});
afterEach(() => world[Symbol.asyncDispose]());

const idOf = (name: string) => world.index(root).get(`/${name}`)?.id;
/** Of a part of the location, after which what has vanished is not forgotten at once. */
const scan = () => world.scan(root, { maxDepth: 1000 });

it('a file keeps the row of the name that it had last, also when the folder of that name is gone and another name went before', async () => {
  mkdirSync(at('folder'));
  writeFileSync(at('folder/file'), 'x');
  linkSync(at('folder/file'), at('link'));
  await scan();
  const id = idOf('folder/file');
  rmSync(at('link'));
  await scan();
  renameSync(at('folder/file'), at('moved'));
  rmdirSync(at('folder'));
  await scan();
  expect(idOf('moved')).toBe(id);
});

it('a file keeps the row of its name rather than that of another one which went before', async () => {
  mkdirSync(at('z'));
  writeFileSync(at('z/file'), 'x');
  linkSync(at('z/file'), at('link'));
  await scan();
  const id = idOf('z/file');
  rmSync(at('link'));
  await scan();
  // What replaces it is met first.
  mkdirSync(at('z/y'));
  renameSync(at('z/file'), at('z/y/moved'));
  writeFileSync(at('z/file'), 'other');
  await scan();
  expect(idOf('z/y/moved')).toBe(id);
  expect(idOf('z/file')).not.toBe(id);
});

it('a file that overwrites another keeps its row, although a new file has its name already', async () => {
  mkdirSync(at('folder'));
  writeFileSync(at('file'), 'first');
  writeFileSync(at('folder/target'), 'second');
  await scan();
  const [id, overwritten] = [idOf('file'), idOf('folder/target')];
  renameSync(at('file'), at('folder/target'));
  writeFileSync(at('file'), 'third');
  await scan();
  expect(idOf('folder/target')).toBe(id);
  expect([id, overwritten]).not.toContain(idOf('file'));
  const metrics = await world.scan(root);
  expect(metrics).toMatchObject({ created: 0, modified: 0, moved: 0, removed: 0 });
});

it('a file that has replaced a link to another keeps its row when that one gets a further link', async () => {
  writeFileSync(at('other'), 'x');
  linkSync(at('other'), at('saved'));
  await scan();
  const id = idOf('saved');
  writeFileSync(at('saved~'), 'y');
  renameSync(at('saved~'), at('saved'));
  await scan();
  expect(idOf('saved')).toBe(id);
  linkSync(at('other'), at('further'));
  await scan();
  expect(idOf('saved')).toBe(id);
});

it.each([
  ['to where its file is now', 'archive'],
  ['to itself', 'photos'],
])('a file keeps its row when its folder has become a link %s, of which there is no news yet', async (_where, target) => {
  mkdirSync(at('photos'));
  mkdirSync(at('archive'));
  writeFileSync(at('photos/file'), 'x');
  await scan();
  const id = idOf('photos/file');
  renameSync(at('photos/file'), at('archive/file'));
  rmdirSync(at('photos'));
  symlinkSync(at(target), at('photos'));
  await world.applyChanges([root], [{ path: at('archive'), names: ['file'] }]);
  await world.applyChanges([root], [{ path: String(root.path), names: ['photos'] }]);
  expect(idOf('archive/file')).toBe(id);
  expectTruth(world, [root]);
});

it('a file keeps its row when its location has become a link to where it is now', async () => {
  const two = world.addLocation('two');
  writeFileSync(at('file'), 'x');
  await scan();
  await world.scan(two);
  const id = idOf('file');
  renameSync(at('file'), `${two.path}/file`);
  rmdirSync(String(root.path));
  symlinkSync(String(two.path), String(root.path));
  await world.scan(two);
  expect(world.index(two).get('/file')?.id).toBe(id);
});

it('a moved folder, which a quick scan need not read, still holds a file of which another link has been found first', async () => {
  mkdirSync(at('folder'));
  mkdirSync(at('a/deep'), { recursive: true });
  writeFileSync(at('folder/file'), 'x');
  for (const name of ['folder', 'a/deep', 'a']) utimesSync(at(name), 1, 1_000_000_000);
  await scan();
  linkSync(at('folder/file'), at('a/link'));
  renameSync(at('folder'), at('a/deep/folder'));
  await world.scan(root, { depth: 'quick' });
  expectTruth(world, [root]);
});
