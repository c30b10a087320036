import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { expectTruth } from './index-truth.ts';
import { IndexWorld } from './index-world.ts';

/** More than two of the batches in which a folder comes. */
const FILES = 9000;

it('keeps rows of a folder that comes in several batches, with changes across their borders', async () => {
  await using world = await IndexWorld.make();
  const root = world.addLocation('large');
  const name = (number: number) => `${root.path}/many/file ${number}`;
  mkdirSync(`${root.path}/many`);
  for (let number = 0; number < FILES; number++) writeFileSync(name(number), '');
  await world.scan(root);
  const before = world.index(root);
  for (let number = 3900; number < 4100; number += 3) rmSync(name(number));
  renameSync(name(10), name(8500.5));
  renameSync(name(8990), name(5.5));
  renameSync(name(3901), name(4000.5));
  writeFileSync(name(4040.5), 'new');
  writeFileSync(name(7999), 'longer');
  expect(await world.scan(root)).toMatchObject({ created: 1, removed: 67, moved: 3 });
  expectTruth(world, [root]);
  const after = world.index(root);
  const id = (index: typeof before, number: number) => index.get(`/many/file ${number}`)?.id;
  expect([id(after, 8500.5), id(after, 5.5), id(after, 4000.5)]).toEqual([id(before, 10), id(before, 8990), id(before, 3901)]);
  for (const number of [0, 3998, 4001, 7999, 8999]) expect(id(after, number), String(number)).toBe(id(before, number));
});
