import { cpSync, mkdirSync, readdirSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangedFolder, IndexedRoot } from '#core/indexing/index-task.ts';
import { seededRandom } from '#test/instruments/seeded-random.ts';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';

let world: IndexWorld;
/** Locations on two volumes. */
let roots: [IndexedRoot, IndexedRoot];
beforeEach(async () => {
  world = await IndexWorld.make();
  const other = path.join(world.folder, 'other');
  mkdirSync(other);
  roots = [world.addLocation('one'), world.addLocation('two', {}, other)];
});
afterEach(() => world[Symbol.asyncDispose]());

const one = (name: string) => `${roots[0].path}/${name}`;
const two = (name: string) => `${roots[1].path}/${name}`;
const idOf = (place: string) => {
  const root = roots.find((each) => place.startsWith(`${each.path}/`));
  return root && world.index(root).get(place.slice(String(root.path).length))?.id;
};
const scan = async () => {
  for (const root of roots) await world.scan(root);
};
/** As a move to another volume leaves it: another file with the same bytes. */
const moveFile = (from: string, to: string) => {
  cpSync(from, to, { preserveTimestamps: true });
  unlinkSync(from);
};
const hintsFor = (...places: string[]): ChangedFolder[] =>
  places.map((place) => ({ path: path.dirname(place), names: [path.basename(place)] }));
const look = (...places: string[]) => world.applyChanges(roots, hintsFor(...places));

it('a file that was moved to another volume keeps its row, and is told of as moved and as nothing else', async () => {
  mkdirSync(one('a'));
  mkdirSync(two('b'));
  writeFileSync(one('a/file'), 'content');
  await scan();
  const id = idOf(one('a/file'));
  moveFile(one('a/file'), two('b/renamed.txt'));
  world.changes.length = 0;
  expect(await world.relocate(roots, [{ from: one('a/file'), to: two('b/renamed.txt') }])).toMatchObject({ moved: 1 });
  await look(one('a/file'), two('b/renamed.txt'));
  expect(idOf(two('b/renamed.txt'))).toBe(id);
  expectTruth(world, roots);
  expect(world.changes.flatMap(({ moves }) => moves)).toEqual([{ entryId: Number(id), from: one('a/file'), to: two('b/renamed.txt') }]);
  expect(
    world.changes.map(({ created, removed }) => ({ created, removed })).filter(({ created, removed }) => created + removed > 0),
  ).toEqual([]);
});

it('a file that was noticed at its new place before, or to be gone from its old one, still keeps its row', async () => {
  writeFileSync(one('early'), 'content');
  mkdirSync(one('folder'));
  writeFileSync(one('folder/late'), 'content');
  await scan();
  const ids = [idOf(one('early')), idOf(one('folder/late'))];
  moveFile(one('early'), two('early'));
  moveFile(one('folder/late'), two('late'));
  rmdirSync(one('folder'));
  await look(two('early'), one('folder'));
  const second = idOf(two('early'));
  expect(second).not.toBe(ids[0]);
  await world.relocate(roots, [
    { from: one('early'), to: two('early') },
    { from: one('folder/late'), to: two('late') },
  ]);
  await look(one('early'), two('early'), two('late'));
  expect([idOf(two('early')), idOf(two('late'))]).toEqual(ids);
  expect(world.database.query(`SELECT id FROM entries WHERE id = ${second}`)).toEqual([]);
  expectTruth(world, roots);
});

it('a folder that was moved with all that was in it keeps its row and theirs', async () => {
  mkdirSync(one('photos/summer'), { recursive: true });
  writeFileSync(one('photos/summer/sea.jpg'), 'sea');
  writeFileSync(one('photos/list'), 'list');
  await scan();
  const names = ['photos', 'photos/summer', 'photos/summer/sea.jpg', 'photos/list'];
  const ids = names.map((name) => idOf(one(name)));
  cpSync(one('photos'), two('photos'), { recursive: true, preserveTimestamps: true });
  await look(two('photos'));
  rmSync(one('photos'), { recursive: true });
  const deepestFirst = names.toReversed().map((name) => ({ from: one(name), to: two(name) }));
  await world.relocate(roots, deepestFirst);
  await world.applyChanges(roots, [{ path: two('photos'), names: null, recursive: true }, ...hintsFor(one('photos'), two('photos'))]);
  expect(names.map((name) => idOf(two(name)))).toEqual(ids);
  expectTruth(world, roots);
});

it('what is not in the index, or has no folder yet, is left to be looked at', async () => {
  await scan();
  mkdirSync(two('new'));
  writeFileSync(two('new/file'), 'content');
  expect(await world.relocate(roots, [{ from: one('unknown'), to: two('new/file') }])).toMatchObject({ moved: 0 });
  await look(two('new'));
  expectTruth(world, roots);
});

it('a move that was told of and never happened is put right by looking', async () => {
  writeFileSync(one('file'), 'content');
  await scan();
  await world.relocate(roots, [{ from: one('file'), to: two('file') }]);
  await look(one('file'), two('file'));
  expectTruth(world, roots);
});

it('after any order of moves, news of them, and looks, the index is what is there, and whatever was moved has kept its row', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= 30; seed++) {
    for (const root of roots) fill(root, seed);
    await scan();
    const ids = new Map(files.map((name) => [name, idOf(one(name))]));
    const folderIds = await moveInAnyOrder(seededRandom(seed));
    expectTruth(world, roots);
    expect(files.map((name) => idOf(two(`moved/${name.slice(2)}`)))).toEqual(files.map((name) => ids.get(name)));
    for (const [to, id] of folderIds) expect(idOf(to)).toBe(id);
  }
});

const files = ['x/1', 'x/2', 'x/3', 'x/y/1', 'x/y/2', 'x/y/3'];

/** Makes a root hold the same small tree, with other contents. */
function fill({ path: root }: IndexedRoot, seed: number): void {
  for (const name of readdirSync(String(root))) rmSync(`${root}/${name}`, { recursive: true });
  for (const folder of ['x', 'x/y', 'z']) {
    mkdirSync(`${root}/${folder}`);
    for (const name of ['1', '2', '3']) writeFileSync(`${root}/${folder}/${name}`, `${seed} ${folder} ${name}`);
  }
}

/** Moves `x` to the other volume, and lets the index hear of it in an order of its own. @returns the rows of folders, by where they are now */
async function moveInAnyOrder(random: () => number): Promise<Map<string, bigint>> {
  const isNow = (inHowMany: number) => random() * inHowMany < 1;
  const moves = files.map((name) => ({ from: one(name), to: two(`moved/${name.slice(2)}`) }));
  mkdirSync(two('moved/y'), { recursive: true });
  for (const [index, { from, to }] of moves.entries()) {
    moveFile(from, to);
    if (isNow(3)) await look(from);
    if (isNow(3)) await look(to);
    if (isNow(3)) await world.relocate(roots, moves.slice(0, index + 1));
  }
  for (const folder of [one('x/y'), one('x')]) rmdirSync(folder);
  if (isNow(2)) await look(one('x'));
  const folders = [
    { from: one('x/y'), to: two('moved/y') },
    { from: one('x'), to: two('moved') },
  ];
  const known = folders.flatMap(({ from, to }): [string, bigint][] => {
    const id = idOf(from);
    return id === undefined ? [] : [[to, id]];
  });
  await look(two('moved'), two('moved/y'));
  await world.relocate(roots, [...moves, ...folders]);
  await look(...[...moves, ...folders].flatMap(({ from, to }) => [from, to]));
  await world.applyChanges(roots, [{ path: two('moved'), names: null, recursive: true }]);
  return new Map(known);
}
